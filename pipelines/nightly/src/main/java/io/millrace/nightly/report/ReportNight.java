package io.millrace.nightly.report;

import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.registry.Promotion;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The night that a page tells of: its tables, its configuration, and how its stages ended. */
public final class ReportNight implements AutoCloseable {

    /** Lines of a table that are read; the query gives the rest. */
    public static final int MOST = 100;

    private final Night night;
    private final NightTables tables;
    private final NightState state;
    private final Formats formats;
    private final Map<String, List<Row>> asked = new HashMap<>();

    ReportNight(Night night, Stage stage) {
        this.night = night;
        this.tables = NightTables.of(night, stage);
        this.state = NightState.of(night.ledger(), night.date());
        this.formats =
                new Formats(night.settings().report().locale(), night.settings().currency());
    }

    /** The business date. */
    public LocalDate date() {
        return night.date();
    }

    public Settings settings() {
        return night.settings();
    }

    /** The tables that the sections declared, as the night saw them. */
    public NightTables tables() {
        return tables;
    }

    /** How the stages of the night ended. */
    public NightState state() {
        return state;
    }

    public Formats formats() {
        return formats;
    }

    /** Whether the night saw the table, whatever it holds. */
    public boolean has(String table) {
        return tables.exists(table);
    }

    /**
     * The rows of a query, to be kept few by its own LIMIT or grouping. Tables stand in braces as in {@link NightTables#sql},
     * {@code :night} is the business date. What two sections ask in the same words is read once. A query without LIMIT is better
     * sorted by whoever asks: ORDER BY alone reads its rows twice.
     */
    public List<Row> rows(String sql) {
        return asked.computeIfAbsent(dated(sql), query -> tables.sql(query).collectAsList());
    }

    /** The same over further rows, by the names that stand for them in braces. */
    public List<Row> rows(String sql, Map<String, Dataset<Row>> more) {
        return tables.sql(dated(sql), more).collectAsList();
    }

    /** A query for {@code millrace sql} that gives what a table shows a part of: braces go, dates are written out. */
    public String query(String sql) {
        return dated(sql).replaceAll("[{}]", "").replaceAll("\\s+", " ").strip();
    }

    private String dated(String sql) {
        return sql.replace(":night", "DATE'" + date() + "'");
    }

    /** The last night before this one that wrote a table. */
    public Optional<LocalDate> before(String table) {
        return before(table, date());
    }

    /** The last night before a day that wrote a table. */
    public Optional<LocalDate> before(String table, LocalDate day) {
        return night.ledger().nightBefore(table, day.toString()).map(LocalDate::parse);
    }

    /** The nights of the last days, this one included, the newest last. */
    List<NightBook> books(int days) {
        return NightBook.of(night.ledger(), date(), days);
    }

    /** What was decided about the champion of a model up to this night, the newest last. */
    public List<Promotion> promotions(String model) {
        return night.registry().history(model).stream()
                .filter(p -> !p.businessDate().isAfter(date()))
                .sorted(Comparator.comparing(Promotion::businessDate).thenComparing(Promotion::sequence))
                .toList();
    }

    /** Figures of a version of a model, as they were registered. */
    public Map<String, Double> metrics(String model, int version) {
        return night.registry().version(model, version).metrics();
    }

    @Override
    public void close() {
        tables.close();
    }
}
