package io.millrace.nightly.report;

import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.RunRecord;
import io.millrace.nightly.plan.StageRecord;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Command;
import io.millrace.nightly.report.Block.Figure;
import io.millrace.nightly.report.Block.Figures;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Level;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Notice;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** Whether what the night decided can be acted on: what was refused, held, set aside or is missing, and because of what. */
public final class SafetySection implements Section {

    private static final String QUARANTINE = "ops.quarantine";
    private static final String UNPUBLISHED = "ops.unpublished";

    @Override
    public String name() {
        return "safety";
    }

    @Override
    public String title() {
        return "Is it safe to use?";
    }

    @Override
    public List<String> reads() {
        return List.of(OrderBook.PLAN, QUARANTINE, UNPUBLISHED);
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.staging().database() == null;
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Row> held = OrderBook.lines(night, state -> state.equals("held") || state.equals("refused"));
        List<Row> quarantined = quarantined(night);
        List<Row> unpublished = unpublished(night);
        long rows = quarantined.stream().mapToLong(row -> row.getLong(3)).sum();
        long withheld = lines(held, "held") + lines(held, "refused");
        long kept = unpublished.isEmpty() ? 0 : unpublished.get(0).getLong(3);
        List<Block> blocks = new ArrayList<>();
        blocks.add(verdict(night, held, withheld, rows, kept));
        blocks.add(figures(night, withheld, rows));
        missing(night).forEach(blocks::add);
        refused(night, blocks);
        heldTable(night, held, withheld, blocks);
        quarantineTable(night, quarantined, rows, blocks);
        unpublishedTable(night, unpublished, kept, blocks);
        blocks.add(stages(night.state()));
        return blocks;
    }

    private static Notice verdict(
            ReportNight night, List<Row> held, long withheld, long quarantined, long unpublished) {
        NightState state = night.state();
        if (!state.isKnown()) {
            return new Notice(
                    Level.CARE,
                    "The ledger does not know of a run of this night, so this page cannot say how it ended; ops.run may.");
        }
        boolean isPlanRefused = lines(held, "refused") > 0;
        if (isPlanRefused
                || !state.blocked().isEmpty()
                || !state.failed().isEmpty()
                || !state.errors().isEmpty()) {
            return new Notice(
                    Level.BAD,
                    isPlanRefused
                            ? "Do not order by this plan: it was refused as a whole."
                            : "A part of this night is missing. What is below rests on what did come.");
        }
        List<String> looks = new ArrayList<>();
        look(looks, night, state.refused().size(), "refused extract", "refused extracts");
        look(looks, night, withheld, "held order", "held orders");
        look(looks, night, quarantined, "row set aside", "rows set aside");
        look(looks, night, unpublished, "decision that the ERP cannot hold", "decisions that the ERP cannot hold");
        return looks.isEmpty()
                ? new Notice(Level.GOOD, "Safe to use. Everything that was to come came, and every stage ended well.")
                : new Notice(Level.CARE, "Safe to use, beside what follows: %s.".formatted(String.join(", ", looks)));
    }

    private static long lines(List<Row> held, String state) {
        return held.stream()
                .filter(row -> row.getAs("state").equals(state))
                .mapToLong(row -> row.getAs("lines"))
                .max()
                .orElse(0);
    }

    private static void look(List<String> looks, ReportNight night, long n, String one, String many) {
        if (n > 0) {
            looks.add(night.formats().count(n) + " " + (n == 1 ? one : many));
        }
    }

    private static Figures figures(ReportNight night, long withheld, long quarantined) {
        NightState state = night.state();
        Formats formats = night.formats();
        long delivered =
                state.extracts().stream().mapToLong(Extract::rowsDelivered).sum();
        long taken = state.extracts().stream()
                .filter(e -> e.state() == Extract.State.REFINED)
                .count();
        return Figures.of(
                new Figure(
                        "Extracts taken in",
                        formats.count(taken),
                        "%s rows delivered".formatted(formats.count(delivered))),
                new Figure("Extracts refused", formats.count(state.refused().size()), ""),
                new Figure("Rows set aside", formats.count(quarantined), "in quarantine, by this night's runs"),
                new Figure("Orders held", formats.count(withheld), "a person decides"),
                new Figure(
                        "Stages that failed",
                        formats.count(state.failed().size()),
                        state.blocked().isEmpty()
                                ? ""
                                : "%s not started"
                                        .formatted(formats.count(state.blocked().size()))));
    }

    /** In the words of {@code status}. */
    private static List<Block> missing(ReportNight night) {
        List<Block> blocks = new ArrayList<>();
        NightState state = night.state();
        state.errors().forEach(error -> blocks.add(new Notice(Level.BAD, error)));
        state.failed().forEach(s -> blocks.add(new Notice(Level.BAD, "%s: %s".formatted(s.stage(), s.line()))));
        if (!state.blocked().isEmpty()) {
            blocks.add(new Notice(Level.BAD, "Not started: " + RunRecord.missing(state.blocked())));
        }
        if (night.settings().staging().database() == null) {
            blocks.add(new Notice(
                    Level.CARE, "No staging database is configured, so nothing of this reaches the ERP by itself."));
        }
        return blocks;
    }

    private static void refused(ReportNight night, List<Block> blocks) {
        List<Extract> refused = night.state().refused();
        if (refused.isEmpty()) {
            return;
        }
        Lines lines = Table.of(
                "Extracts that were not taken in",
                new Column("Source", Kind.TEXT),
                new Column("Table", Kind.TEXT),
                new Column("File or query", Kind.TEXT),
                new Column("Why", Kind.SENTENCE));
        refused.stream()
                .limit(ReportNight.MOST)
                .forEach(e -> lines.add(e.source(), e.table(), place(e.location(), null), e.reason()));
        blocks.add(lines.of(refused.size(), night.query("SELECT * FROM ops.extract WHERE state = 'refused'")));
    }

    private static void heldTable(ReportNight night, List<Row> held, long all, List<Block> blocks) {
        if (held.isEmpty()) {
            return;
        }
        Lines lines = Table.of(
                "Orders that wait for a person",
                new Column("Product", Kind.TEXT),
                new Column("Site", Kind.TEXT),
                new Column("Quantity", Kind.QUANTITY),
                new Column("Value", Kind.MONEY),
                new Column("State", Kind.STATE),
                new Column("Why", Kind.SENTENCE));
        held.forEach(
                r -> lines.add(r.get(0), r.get(1), r.get(3), r.get(4), r.get(6), r.isNullAt(8) ? r.get(7) : r.get(8)));
        blocks.add(lines.of(
                all,
                night.query("SELECT * FROM {gold.reorder_plan} WHERE business_date = :night AND state IN ('held',"
                        + " 'refused')")));
        blocks.add(new Command("One is let go by:", "./millrace held release DECISION_ID --reason \"WHY\""));
        blocks.add(new Command("Their identifiers:", "./millrace held list --date " + night.date()));
    }

    /** Rules that rows broke, each with its first row. A run's id begins with its business date. */
    private static List<Row> quarantined(ReportNight night) {
        return night.has(QUARANTINE) ? night.rows("""
                        SELECT source, table_name, rule, count(*) AS rows,
                               min(struct(file, line, reason)) AS example
                        FROM {ops.quarantine}
                        WHERE run_id LIKE '%1$s-%%' AND (redriven_on IS NULL OR redriven_on > :night)
                        GROUP BY source, table_name, rule
                        ORDER BY rows DESC, source, table_name, rule LIMIT %2$d""".formatted(night.date(), ReportNight.MOST)) : List.of();
    }

    private static void quarantineTable(ReportNight night, List<Row> rules, long all, List<Block> blocks) {
        if (rules.isEmpty()) {
            return;
        }
        Lines lines = Table.of(
                "Rows in quarantine, by the rule that they broke, with the first of each",
                new Column("Table", Kind.TEXT),
                new Column("Rows", Kind.COUNT),
                new Column("Source", Kind.TEXT),
                new Column("First row", Kind.TEXT),
                new Column("What is wrong with it", Kind.SENTENCE));
        rules.forEach(r -> {
            Row example = r.getStruct(4);
            lines.add(
                    r.get(1),
                    r.get(3),
                    r.get(0),
                    place(example.getString(0), example.isNullAt(1) ? null : example.getLong(1)),
                    "%s (%s)".formatted(example.getString(2), r.getString(2)));
        });
        blocks.add(lines.all());
        blocks.add(new Command(
                "%s rows in all, with what was delivered:"
                        .formatted(night.formats().count(all)),
                "./millrace sql \"%s\""
                        .formatted(night.query(
                                "SELECT * FROM {ops.quarantine} WHERE run_id LIKE '%s-%%'".formatted(night.date())))));
    }

    private static List<Row> unpublished(ReportNight night) {
        return night.has(UNPUBLISHED) ? night.rows("""
                        SELECT kind, decision_id, reason, count(*) OVER () AS lines FROM {ops.unpublished}
                        WHERE business_date = :night
                        ORDER BY kind, decision_id LIMIT %d""".formatted(ReportNight.MOST)) : List.of();
    }

    private static void unpublishedTable(ReportNight night, List<Row> rows, long all, List<Block> blocks) {
        if (rows.isEmpty()) {
            return;
        }
        Lines lines = Table.of(
                "Decisions that the staging schema cannot hold",
                new Column("Kind", Kind.TEXT),
                new Column("Decision", Kind.TEXT),
                new Column("Why", Kind.SENTENCE));
        rows.forEach(r -> lines.add(r.get(0), r.get(1), r.get(2)));
        blocks.add(lines.of(all, night.query("SELECT * FROM {ops.unpublished} WHERE business_date = :night")));
    }

    private static Table stages(NightState state) {
        Lines lines = Table.of(
                "What each stage did",
                new Column("Stage", Kind.TEXT),
                new Column("Status", Kind.STATE),
                new Column("Seconds", Kind.QUANTITY),
                new Column("Rows in", Kind.COUNT),
                new Column("Rows out", Kind.COUNT),
                new Column("Quarantined", Kind.COUNT),
                new Column("Note", Kind.SENTENCE));
        for (StageRecord s : state.stages()) {
            lines.add(
                    s.stage(),
                    s.status().name().toLowerCase(Locale.ROOT),
                    s.seconds(),
                    s.rowsIn(),
                    s.rowsOut(),
                    s.rowsQuarantined(),
                    s.line());
        }
        return lines.folded();
    }

    /** File and line, without the folders that are the same for all. */
    private static String place(String location, Long line) {
        if (location == null) {
            return line == null ? "" : "row " + line;
        }
        String file = location.matches("(?s)[a-z0-9]+:/.*|/.*")
                ? location.substring(location.lastIndexOf('/') + 1)
                : location;
        return line == null ? file : file + " line " + line;
    }
}
