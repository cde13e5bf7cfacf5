package io.millrace.notebooks;

import io.millrace.contracts.ContractCatalog;
import io.millrace.features.FeatureStore;
import io.millrace.features.FeatureViews;
import io.millrace.lake.Lake;
import io.millrace.lake.LakeReader;
import io.millrace.lake.Sessions;
import io.millrace.nightly.chart.BarChart;
import io.millrace.nightly.chart.Chart;
import io.millrace.nightly.chart.Ink;
import io.millrace.nightly.chart.Svg;
import io.millrace.nightly.chart.TimeChart;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.settings.SettingsReader;
import io.millrace.nightly.simulate.ReorderReplay;
import io.millrace.nightly.simulate.ReplayResult;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A lake as a notebook sees it. What shows something gives HTML, for {@code display("text/html", ...)} of the kernel. Nothing is written, and a
 * night may run meanwhile.
 */
public final class Notebook implements AutoCloseable {

    /** Environment variable, or property of the JVM, that says which configuration is meant. */
    private static final String CONF = "MILLRACE_CONF";

    private static final Logger COMPILER = Logger.getLogger("org.codehaus.janino");

    private static final int ROWS = 20;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 320;
    private static final List<Ink> INKS = List.of(Ink.BLUE, Ink.ORANGE, Ink.GREEN, Ink.YELLOW, Ink.GREY);
    /** Columns that are the two edges of a band. */
    private static final String LOW = "p10";

    private static final String HIGH = "p90";

    private final Path conf;
    private final Settings settings;
    private final ContractCatalog contracts;
    private final FeatureViews views;
    private final LakeReader reader;
    private final Lake lake;

    private Notebook(Path conf) {
        this.conf = conf;
        this.settings = SettingsReader.read(conf, List.of());
        this.views = FeatureViews.load(ContractCatalog.load(), conf.resolve(FeatureViews.USERS));
        this.contracts = ContractCatalog.load().plus(views.contracts());
        this.reader = new LakeReader(settings.lake(), contracts);
        this.lake = new Lake(Sessions.reading("millrace notebook", settings.lake()), contracts, settings.lake());
    }

    /**
     * Opens the lake of the configuration that {@code MILLRACE_CONF} names, {@code conf} without one.
     *
     * @throws io.millrace.contracts.Failure of kind CONFIGURATION that lists what is wrong with it
     */
    public static Notebook open() {
        // A kernel logs all that java.util.logging is told, and Spark's compiler fails as it writes its finest lines.
        COMPILER.setLevel(Level.OFF);
        String named = System.getProperty(CONF, System.getenv(CONF));
        return new Notebook(Path.of(named == null ? "conf" : named));
    }

    /** The configuration. */
    public Settings settings() {
        return settings;
    }

    /** What each table is. */
    public ContractCatalog contracts() {
        return contracts;
    }

    /** The rows of a query, under the rules of {@code millrace sql}. */
    public Dataset<Row> query(String sql) {
        return reader.query(sql);
    }

    /** The one value of a query. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> T value(String sql) {
        return query(sql).head().getAs(0);
    }

    /** The first twenty rows of a query, as HTML. */
    public String table(String sql) {
        return table(query(sql));
    }

    /** The first twenty rows, as HTML. */
    public String table(Dataset<Row> rows) {
        List<Row> first = rows.takeAsList(ROWS + 1);
        StringBuilder html = new StringBuilder("<table><thead><tr>");
        Arrays.stream(rows.columns())
                .forEach(name -> html.append("<th>").append(escaped(name)).append("</th>"));
        html.append("</tr></thead><tbody>");
        first.stream().limit(ROWS).forEach(row -> {
            html.append("<tr>");
            IntStream.range(0, row.size())
                    .forEach(i -> html.append("<td>").append(cell(row.get(i))).append("</td>"));
            html.append("</tr>");
        });
        html.append("</tbody></table>");
        return first.size() > ROWS ? html + "<p>and more</p>" : html.toString();
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        boolean isFraction = value instanceof Double || value instanceof Float;
        return escaped(
                isFraction ? String.format(Locale.ROOT, "%,.3f", ((Number) value).doubleValue()) : value.toString());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /**
     * Figures over days, as SVG: the first column is a date, each other one a line. Columns {@code p10} and {@code p90} are a band.
     *
     * @param unit of the figures
     */
    public String lines(String title, String unit, String sql) {
        Dataset<Row> data = query(sql);
        List<Row> rows = data.collectAsList();
        List<LocalDate> days = rows.stream().map(row -> day(row.get(0))).toList();
        List<String> names = List.of(data.columns());
        List<TimeChart.Line> lines = new ArrayList<>();
        for (int i = 1; i < names.size(); i++) {
            if (!names.get(i).equals(LOW) && !names.get(i).equals(HIGH)) {
                lines.add(new TimeChart.Line(names.get(i), ink(lines.size()), days, values(rows, i)));
            }
        }
        List<TimeChart.Band> bands = names.contains(LOW) && names.contains(HIGH)
                ? List.of(new TimeChart.Band(
                        LOW + " to " + HIGH,
                        Ink.BLUE,
                        days,
                        values(rows, names.indexOf(LOW)),
                        values(rows, names.indexOf(HIGH))))
                : List.of();
        return plot(title, new TimeChart(unit, lines, bands));
    }

    /** Figures of things, as SVG: the first column is the thing, each other one a bar of it. */
    public String bars(String title, String unit, String sql) {
        return bars(title, unit, query(sql));
    }

    /** The same of rows that are there. */
    public String bars(String title, String unit, Dataset<Row> data) {
        List<Row> rows = data.collectAsList();
        List<BarChart.Part> parts = IntStream.range(1, data.columns().length)
                .mapToObj(i -> new BarChart.Part(data.columns()[i], ink(i - 1), values(rows, i)))
                .toList();
        List<String> things =
                rows.stream().map(row -> String.valueOf(row.get(0))).toList();
        return plot(title, new BarChart(unit, things, parts, BarChart.Form.LYING));
    }

    /** A chart of one's own, as SVG. */
    public String plot(String title, Chart chart) {
        return Svg.standalone(chart, title, WIDTH, Math.max(HEIGHT, chart.height()), Locale.ROOT);
    }

    private static Ink ink(int number) {
        return INKS.get(number % INKS.size());
    }

    private static LocalDate day(Object value) {
        return LocalDate.parse(value.toString().substring(0, "2026-01-01".length()));
    }

    private static double[] values(List<Row> rows, int column) {
        return rows.stream()
                .mapToDouble(row -> row.isNullAt(column) ? Double.NaN : ((Number) row.get(column)).doubleValue())
                .toArray();
    }

    /**
     * The features of every entity of a view as of some dates, each with what was known on that date.
     *
     * @param view as {@code millrace features list} names it
     */
    public Dataset<Row> trainingSet(String view, LocalDate... dates) {
        return new FeatureStore(lake).trainingSet(views.get(view), List.of(dates));
    }

    /**
     * Reorder policies on days that happened, as {@code millrace simulate reorder} has it.
     *
     * @param dates on which is decided
     * @param end   last day that is lived through
     * @param sets  keys of the configuration that are otherwise, as {@code reorder.shortage-rate=0.8}
     */
    public ReplayResult simulate(List<LocalDate> dates, LocalDate end, String... sets) {
        return new ReorderReplay(lake, SettingsReader.read(conf, List.of(sets))).run(dates, end);
    }

    /** Names and values side by side, as HTML. */
    public static String figures(List<String> names, List<?> values) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> "<tr><th>" + escaped(names.get(i)) + "</th><td>" + cell(values.get(i)) + "</td></tr>")
                .collect(Collectors.joining("", "<table><tbody>", "</tbody></table>"));
    }

    @Override
    public void close() {
        reader.close();
    }
}
