package io.millrace.nightly.ingest;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Settings;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A database's tables, once a business date: all of a table, or what its watermark and the comparison of its keys show
 * to have changed. A database shows its present only, so no date before the last one taken in is read.
 */
final class JdbcIntake implements Intake {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]");

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
        String low =
                table.watermark() == null ? null : last.map(Extract::watermark).orElse(null);
        String high = table.watermark() == null
                ? null
                : queries.one(queries.select(List.of("max(q." + table.watermark() + ")"), "", List.of()))[0];
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
                before == null ? night.ledger().nextDelivery() : before.delivery(),
                last.isEmpty(),
                high == null ? low : high,
                0,
                0,
                0,
                0,
                0,
                night.runId());
        night.ledger().record(extract);
        return new Accepted(
                extract, List.of(), before != null, columns -> splits(name, table, queries, extract, low, columns));
    }

    private Optional<Extract> lastLanded(String table) {
        return night.ledger().extracts().stream()
                .filter(e -> e.source().equals(source) && e.table().equals(table))
                .filter(e -> e.state() == Extract.State.LANDED || e.state() == Extract.State.REFINED)
                .max((a, b) -> Long.compare(a.delivery(), b.delivery()));
    }

    private List<Split> splits(
            String name, SourceTable table, Queries queries, Extract extract, String low, List<String> bronzeColumns) {
        List<String> columns = List.copyOf(table.columns().keySet());
        int[] targets = Intake.targets(columns, bronzeColumns);
        Split.Stamp stamp = new Split.Stamp(
                source,
                null,
                name,
                extract.id(),
                night.runId(),
                Timestamp.from(night.startedAt()),
                Date.valueOf(extract.businessDate()),
                extract.delivery(),
                "U");
        List<Split> splits = new ArrayList<>(ranges(table, queries, columns, targets, stamp, low));
        if (low != null && !table.compare().isEmpty()) {
            splits.addAll(new KeyComparison(night, settings.database(), source, name, table, queries)
                    .splits(columns, targets, stamp));
        }
        return splits;
    }

    /** The rows at or above the watermark less the overlap, in ranges of the partition column. */
    private List<Split> ranges(
            SourceTable table, Queries queries, List<String> columns, int[] targets, Split.Stamp stamp, String low) {
        String since = low == null ? "" : "q." + table.watermark() + " >= ?";
        List<Object> values = low == null ? List.of() : List.of(lowered(low));
        List<Split> splits = new ArrayList<>();
        if (table.partition() == null || night.settings().jdbc().readers() == 1) {
            splits.add(split(queries, queries.select(columns, since, values), 1, targets, stamp));
            return splits;
        }
        String by = "q." + table.partition();
        String[] bounds = queries.one(queries.select(List.of("min(" + by + ")", "max(" + by + ")"), since, values));
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
            String condition = (since.isEmpty() ? "" : since + " AND ") + by + " >= ? AND " + by + " < ?";
            splits.add(split(queries, queries.select(columns, condition, bound), from, targets, stamp));
        }
        return splits;
    }

    private Split split(Queries queries, Queries.Bound bound, long first, int[] targets, Split.Stamp stamp) {
        return new QuerySplit(
                settings.database(),
                queries.what(),
                bound.sql(),
                bound.values(),
                night.settings().jdbc().fetchSize(),
                first,
                targets,
                stamp);
    }

    private Object lowered(String watermark) {
        if (watermark.matches("-?\\d+")) {
            return Long.valueOf(watermark);
        }
        LocalDateTime moment = watermark.length() == 10
                ? java.time.LocalDate.parse(watermark).atStartOfDay()
                : LocalDateTime.parse(watermark, MOMENT);
        return Timestamp.valueOf(moment.minus(night.settings().jdbc().overlap()));
    }
}
