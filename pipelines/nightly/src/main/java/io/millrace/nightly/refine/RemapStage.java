package io.millrace.nightly.refine;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.Fill;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Maps again what bronze holds: all of a source, or one of its tables, after its mapping was corrected; or rows of the quarantine alone. */
public final class RemapStage implements Stage {

    private final String name;
    private final String source;
    private final String table;
    private final String only;
    private final List<String> report = new ArrayList<>();

    private RemapStage(String name, String source, String table, String only) {
        this.name = name;
        this.source = source;
        this.table = table;
        this.only = only;
    }

    /**
     * Every row of a source.
     *
     * @param source name of the source
     * @param table  its table, or the table of silver that is filled; null for all
     */
    public static RemapStage remap(String source, String table) {
        return new RemapStage("remap", source, table, null);
    }

    /**
     * Rows that stand in quarantine.
     *
     * @param table table of silver that refused them, null for all
     * @param rule  rule that they broke, null for any
     * @param date  business date of their extract, null for any
     */
    public static RemapStage redrive(String table, String rule, LocalDate date) {
        List<String> only = new ArrayList<>(List.of("true"));
        if (rule != null) {
            only.add("rule = '" + rule.replace("\\", "\\\\").replace("'", "\\'") + "'");
        }
        if (date != null) {
            only.add("business_date = DATE'" + date + "'");
        }
        return new RemapStage("redrive", null, table, String.join(" AND ", only));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String about() {
        return only == null ? "map anew what bronze holds" : "give rows in quarantine another chance";
    }

    @Override
    public List<String> reads() {
        return List.of("bronze.*");
    }

    @Override
    public List<String> writes() {
        return List.of("silver.*", "ops.quarantine");
    }

    @Override
    public String heeds(Night night) {
        return source + "." + table + " " + only;
    }

    /** What changed, or would change: a line for each table of which something does, and examples; empty if nothing does. */
    public List<String> report() {
        return List.copyOf(report);
    }

    /** Fills {@link #report} without changing anything. */
    public void look(Night night) {
        each(night, RemapTask::look);
    }

    @Override
    public Outcome run(Night night) {
        SeveralSources several = new SeveralSources(night);
        several.tables().forEach(several::separate);
        List<RemapTask.Changed> changes = each(night, RemapTask::run);
        several.tables().forEach(several::combine);
        Money.look(night);
        long rows = changes.stream()
                .mapToLong(c -> c.inserted() + c.updated() + c.deleted())
                .sum();
        long refused = changes.stream().mapToLong(RemapTask.Changed::refused).sum();
        return new Outcome(
                0,
                rows,
                refused,
                String.join(
                        "; ", report.stream().filter(l -> !l.startsWith(" ")).toList()));
    }

    private List<RemapTask.Changed> each(Night night, Function<RemapTask, RemapTask.Changed> work) {
        List<RemapTask.Changed> changes = new ArrayList<>();
        SeveralSources several = new SeveralSources(night);
        boolean isKnown = false;
        Set<String> waiting = only == null ? Set.of() : waiting(night);
        for (Map.Entry<String, SourceSystem> each : night.systems().entrySet()) {
            String name = each.getKey();
            SourceSystem system = each.getValue();
            Map<String, LocalDate> full = null;
            for (Map.Entry<String, Fill> filled : system.fills().entrySet()) {
                Fill fill = filled.getValue();
                String target = "silver." + filled.getKey();
                if (!isMeant(name, filled.getKey(), fill)) {
                    continue;
                }
                isKnown = true;
                if (only != null && !waiting.contains(name + " " + target)) {
                    continue;
                }
                if (fill.derived()) {
                    report.add(
                            "%s: made of several rows of %s.%s each, and left as it is; the next delivery fills it by the present mapping"
                                    .formatted(target, name, fill.from()));
                    continue;
                }
                if (full == null) {
                    full = new FullDeliveries(night, name, system, List.of()).newest();
                }
                FillTask task = new FillTask(night, name, night.contracts().get(target), several, fill, full);
                try (RemapTask remap = new RemapTask(night, task, extracts(night, name, fill), full, only)) {
                    RemapTask.Changed changed = work.apply(remap);
                    changes.add(changed);
                    if (!changed.isNothing()) {
                        report.addAll(changed.lines());
                    }
                }
            }
        }
        if (!isKnown) {
            throw Failure.usage("Nothing is filled from %s: sources are %s"
                    .formatted(
                            source == null ? table : table == null ? source : source + "." + table,
                            night.systems().keySet()));
        }
        return changes;
    }

    /** Sources and tables of which rows stand in quarantine. */
    private Set<String> waiting(Night night) {
        return night
                .lake()
                .read("ops.quarantine")
                .filter("redriven_on IS NULL")
                .filter(only)
                .selectExpr("concat(source, ' ', table_name)")
                .distinct()
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .collect(Collectors.toSet());
    }

    private boolean isMeant(String name, String target, Fill fill) {
        return (source == null || source.equals(name))
                && (table == null
                        || table.equals(target)
                        || table.equals("silver." + target)
                        || table.equals(fill.from()));
    }

    private static List<Extract> extracts(Night night, String source, Fill fill) {
        return night.ledger().extracts().stream()
                .filter(e -> e.source().equals(source) && e.table().equals(fill.from()))
                .filter(e -> e.state() == Extract.State.REFINED)
                .filter(e -> e.businessDate().compareTo(night.date().toString()) <= 0)
                .toList();
    }
}
