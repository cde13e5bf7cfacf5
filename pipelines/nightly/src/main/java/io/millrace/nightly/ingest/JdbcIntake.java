package io.millrace.nightly.ingest;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Settings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A database's tables, once a business date: all of a table, or what its watermark and the comparison of its keys show
 * to have changed. A database shows its present only, so no date before the last one taken in is read.
 */
final class JdbcIntake implements Intake {

    private final Night night;
    private final String source;
    private final Settings.Source settings;
    private final SourceSystem system;

    JdbcIntake(Night night, String source, Settings.Source settings, SourceSystem system) {
        this.night = night;
        this.source = source;
        this.settings = settings;
        this.system = system;
        if (settings.database() == null) {
            throw Failure.configuration("sources." + source + " is of the system " + system.name()
                    + ", which is read from a database: it needs database");
        }
    }

    @Override
    public String pending() {
        return source + " of " + night.date() + ": " + system.tables().keySet();
    }

    @Override
    public List<String> refusals() {
        return List.of();
    }

    @Override
    public List<Accepted> accept() {
        List<Accepted> accepted = new ArrayList<>();
        system.tables().forEach((name, table) -> {
            if (isDue(name)) {
                accepted.add(accept(name, table));
            }
        });
        return accepted;
    }

    private boolean isDue(String table) {
        String date = night.date().toString();
        return night.ledger().extracts().stream()
                .noneMatch(e -> e.source().equals(source)
                        && e.table().equals(table)
                        && (e.state() == Extract.State.LANDED || e.state() == Extract.State.REFINED)
                        && e.businessDate().compareTo(date) >= 0);
    }

    private Accepted accept(String name, SourceTable table) {
        Queries queries = new Queries(settings.database(), source, name, table, night.date());
        Optional<Extract> last = lastLanded(name);
        String date = night.date().toString();
        String id = Intake.id(source, name, date, "query");
        Extract before = night.ledger().extract(id).orElse(null);
        // What cannot be read back is not known, and everything is read.
        Watermark low = table.watermark() == null
                ? null
                : last.flatMap(e -> Watermark.of(e.watermark())).orElse(null);
        // What a killed run had read up to may be all that is in bronze; later rows are read again, and merged.
        String high = before != null ? before.watermark() : high(name, table, queries);
        boolean everything = low == null;
        SourceTable.Mode mode =
                everything && table.mode() != SourceTable.Mode.SLICE ? SourceTable.Mode.FULL : table.mode();
        Extract extract = new Extract(
                id,
                source,
                name,
                date,
                settings.database().url() + " " + name,
                null,
                0,
                "",
                mode.name().toLowerCase(Locale.ROOT),
                Extract.State.ACCEPTED,
                null,
                null,
                null,
                before == null ? night.ledger().nextDelivery() : before.delivery(),
                last.isEmpty(),
                high == null && low != null ? low.toString() : high,
                0,
                0,
                0,
                0,
                0,
                0,
                night.runId(),
                null,
                null);
        night.ledger().record(extract);
        return new Accepted(extract, List.of(), before != null, new Changed(name, table, queries, extract, low));
    }

    /** How far the table goes, up to the end of the business date: what is later is read again; null if no row has a watermark. */
    private String high(String name, SourceTable table, Queries queries) {
        if (table.watermark() == null) {
            return null;
        }
        String column = "q." + table.watermark();
        String text = queries.one(queries.select(List.of("max(" + column + ")"), "", List.of()))[0];
        if (text == null) {
            return null;
        }
        LocalDate day = night.date();
        if (text.strip().equalsIgnoreCase("infinity")) {
            return day.plusDays(1).atStartOfDay().toString();
        }
        return Watermark.of(text)
                .map(mark -> mark.atMost(day).toString())
                .orElseThrow(() -> Failure.configuration(
                        "sources.%s: the watermark %s of table %s is neither a number nor a moment: '%s'"
                                .formatted(source, table.watermark(), name, text)));
    }

    private Optional<Extract> lastLanded(String table) {
        return night.ledger().extracts().stream()
                .filter(e -> e.source().equals(source) && e.table().equals(table))
                .filter(e -> e.state() == Extract.State.LANDED || e.state() == Extract.State.REFINED)
                .max((a, b) -> Long.compare(a.delivery(), b.delivery()));
    }

    /** The rows at or above a watermark, or all; and what the comparison of all keys shows beside them. */
    private final class Changed implements Parts {

        private final String name;
        private final SourceTable table;
        private final Queries queries;
        private final Watermark low;
        private final Split.Stamp stamp;

        Changed(String name, SourceTable table, Queries queries, Extract extract, Watermark low) {
            this.name = name;
            this.table = table;
            this.queries = queries;
            this.low = low;
            this.stamp = Split.Stamp.of(night, extract, null, name);
        }

        @Override
        public List<Split> of(List<String> bronzeColumns) {
            return ranges(table, queries, own(), Intake.targets(own(), bronzeColumns), stamp, low);
        }

        @Override
        public Optional<Compared> compared(List<String> bronzeColumns, Set<String> notations) {
            if (low == null || table.compare().isEmpty()) {
                return Optional.empty();
            }
            return new KeyComparison(night, settings.database(), source, name, table, queries, stamp)
                    .rows(bronzeColumns, notations, this::whole);
        }

        /** These columns of the whole table, and no others. */
        private List<Split> whole(List<String> columns) {
            return ranges(table, queries, columns, Intake.targets(columns, columns), stamp, null);
        }

        private List<String> own() {
            return List.copyOf(table.columns().keySet());
        }
    }

    /**
     * The rows at or above the watermark less the overlap, in ranges of the partition column. A row without the one or the other is read
     * too: nobody could tell that it changed, or would ever ask for it.
     */
    private List<Split> ranges(
            SourceTable table, Queries queries, List<String> columns, int[] targets, Split.Stamp stamp, Watermark low) {
        String mark = "q." + table.watermark();
        String since = low == null ? "" : "(" + mark + " >= ? OR " + mark + " IS NULL)";
        List<Object> values = low == null
                ? List.of()
                : List.of(low.since(night.settings().jdbc().overlap()));
        List<Split> splits = new ArrayList<>();
        if (table.partition() == null || night.settings().jdbc().readers() == 1) {
            splits.add(split(queries, queries.select(columns, since, values), 0, targets, stamp));
            return splits;
        }
        String by = "q." + table.partition();
        String[] bounds = queries.one(queries.select(List.of("min(" + by + ")", "max(" + by + ")"), since, values));
        String and = since.isEmpty() ? "" : since + " AND ";
        splits.add(split(queries, queries.select(columns, and + by + " IS NULL", values), 0, targets, stamp));
        if (bounds[0] == null) {
            return splits;
        }
        long least = Long.parseLong(bounds[0]);
        long span = Long.parseLong(bounds[1]) - least + 1;
        int readers = (int) Math.min(night.settings().jdbc().readers(), span);
        for (int i = 0; i < readers; i++) {
            long from = least + span * i / readers;
            long to = least + span * (i + 1) / readers;
            List<Object> bound = new ArrayList<>(values);
            bound.add(from);
            bound.add(to);
            String condition = and + by + " >= ? AND " + by + " < ?";
            splits.add(split(queries, queries.select(columns, condition, bound), splits.size(), targets, stamp));
        }
        return splits;
    }

    /** @param range of which range of the table, from 0 */
    private Split split(Queries queries, Queries.Bound bound, int range, int[] targets, Split.Stamp stamp) {
        return new QuerySplit(
                settings.database(),
                queries.what(),
                bound.sql(),
                bound.values(),
                night.settings().jdbc().fetchSize(),
                QuerySplit.first(range),
                targets,
                stamp);
    }
}
