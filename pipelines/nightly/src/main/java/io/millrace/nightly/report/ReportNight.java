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
import org.apache.spark.sql.Row;

/** The night that a page tells of: its tables, its configuration, and how its stages ended. */
public final class ReportNight implements AutoCloseable {

    /** Lines of a table that are read; the query gives the rest. */
    public static final int MOST = 100;

    private final Night night;
    private final NightTables tables;
    private final NightState state;
    private final Formats formats;
    private final Map<String, Optional<LocalDate>> before = new HashMap<>();

    ReportNight(Night night, Stage stage) {
        this.night = night;
        this.tables = NightTables.of(night, stage);
        this.state = NightState.of(night.ledger(), night.date(), stage.name());
        this.formats = new Formats(night.settings().report());
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
     * {@code :night} is the business date.
     */
    public List<Row> rows(String sql) {
        return tables.sql(dated(sql)).collectAsList();
    }

    /** A query for {@code millrace sql} that gives what a table shows a part of: braces go, dates are written out. */
    public String query(String sql) {
        return dated(sql).replaceAll("[{}]", "").replaceAll("\\s+", " ").strip();
    }

    private String dated(String sql) {
        return sql.replace(":night", "DATE'" + date() + "'");
    }

    /** The last night before this one of which a dated table has rows. */
    public Optional<LocalDate> before(String table) {
        return before.computeIfAbsent(
                table,
                t -> rows("SELECT max(business_date) FROM {%s} WHERE business_date < :night".formatted(t)).stream()
                        .filter(row -> !row.isNullAt(0))
                        .map(row -> row.getDate(0).toLocalDate())
                        .findFirst());
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
