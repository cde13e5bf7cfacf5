package io.millrace.nightly.plan;

import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The ledger's records as rows of {@code ops.*}. */
final class OpsTables {

    private final Lake lake;

    OpsTables(Lake lake) {
        this.lake = lake;
    }

    /** One commit a table; the commits wait for each other's files and not for each other's processor time. */
    void append(Ledger.Unfolded unfolded, Once once) {
        SideBySide.each(List.of(
                () -> append("ops.run", unfolded.runs(), OpsTables::run, once),
                () -> append("ops.stage_run", unfolded.stages(), OpsTables::stage, once),
                () -> extracts(unfolded, once)));
    }

    /** An extract of an earlier run has its row already, where its rows were mapped anew: the new one takes its place. */
    private void extracts(Ledger.Unfolded unfolded, Once once) {
        Set<String> runs = unfolded.runs().stream().map(RunRecord::runId).collect(Collectors.toSet());
        Map<Boolean, List<Extract>> byRun = unfolded.extracts().stream()
                .collect(Collectors.partitioningBy(extract -> runs.contains(extract.runId())));
        append("ops.extract", byRun.get(true), OpsTables::extract, once);
        List<Row> again = byRun.get(false).stream().map(OpsTables::extract).toList();
        if (!again.isEmpty()) {
            lake.replaceRows("ops.extract", "extract_id", again, new Once(once.writer() + "/again", once.number()));
        }
    }

    private <T> void append(String table, List<T> records, Function<T, Row> row, Once once) {
        if (!records.isEmpty()) {
            lake.appendRows(table, records.stream().map(row).toList(), once);
        }
    }

    private static Row run(RunRecord r) {
        return RowFactory.create(
                r.runId(),
                date(r.businessDate()),
                r.command(),
                r.status().name().toLowerCase(Locale.ROOT),
                time(r.startedAt()),
                r.seconds(),
                r.resumed(),
                r.stagesRun(),
                r.stagesSkipped(),
                r.sparkJobs(),
                r.codeVersion(),
                r.error());
    }

    private static Row stage(StageRecord s) {
        return RowFactory.create(
                s.runId(),
                date(s.businessDate()),
                s.stage(),
                s.status().name().toLowerCase(Locale.ROOT),
                s.why(),
                Ledger.json(s.inputs()),
                Ledger.json(s.outputs()),
                s.rowsIn(),
                s.rowsOut(),
                s.rowsQuarantined(),
                time(s.startedAt()),
                s.seconds(),
                s.error());
    }

    private static Row extract(Extract e) {
        return RowFactory.create(
                e.id(),
                e.source(),
                e.table(),
                date(e.businessDate()),
                e.location(),
                e.sha256(),
                e.bytes(),
                e.mode(),
                e.state().name().toLowerCase(Locale.ROOT),
                e.reason(),
                e.drift(),
                e.absent() == null || e.absent().isEmpty() ? null : e.absent(),
                e.rowsDelivered(),
                e.rowsBronze(),
                e.rowsSilver(),
                e.rowsMerged(),
                e.rowsQuarantined(),
                e.rowsQuarantinedDerived(),
                e.runId());
    }

    private static java.sql.Date date(String text) {
        return java.sql.Date.valueOf(text);
    }

    private static Timestamp time(String text) {
        return Timestamp.from(Instant.parse(text));
    }
}
