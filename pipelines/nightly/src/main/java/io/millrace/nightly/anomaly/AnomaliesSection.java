package io.millrace.nightly.anomaly;

import io.millrace.nightly.report.Block;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import io.millrace.nightly.report.ReportNight;
import io.millrace.nightly.report.Section;
import java.util.List;
import org.apache.spark.sql.Row;

/** What is strange tonight, told of before or not. */
final class AnomaliesSection implements Section {

    private static final String ANOMALIES = "gold.anomaly";

    @Override
    public String name() {
        return "anomalies";
    }

    @Override
    public String title() {
        return "What is strange";
    }

    @Override
    public List<String> reads() {
        return List.of(ANOMALIES);
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Row> kinds = night.has(ANOMALIES) ? night.rows("""
                        SELECT subject_type, metric, severity, count(*) AS seen, count_if(first_seen = :night) AS new,
                               count_if(ended_at IS NULL) AS going_on, max(score / threshold) AS most
                        FROM {gold.anomaly} WHERE business_date = :night
                        GROUP BY subject_type, metric, severity
                        ORDER BY most DESC, subject_type, metric, severity LIMIT %d""".formatted(ReportNight.MOST)) : List.of();
        if (kinds.isEmpty()) {
            return List.of(new Text(
                    (night.state().isDone("score-anomalies") ? "Nothing is strange. " : "Nothing was looked at. ")
                            + night.state().missing("score-anomalies")));
        }
        Lines lines = Table.of(
                "Anomalies of the last four weeks, the strangest kind first",
                new Column("Kind of thing", Kind.TEXT),
                new Column("What of it", Kind.TEXT),
                new Column("Severity", Kind.STATE),
                new Column("Seen", Kind.COUNT),
                new Column("New tonight", Kind.COUNT),
                new Column("Going on", Kind.COUNT),
                new Column("Times the threshold", Kind.QUANTITY));
        kinds.forEach(r -> lines.add(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(5), r.get(6)));
        return List.of(
                lines.of(
                        kinds.size(),
                        night.query("SELECT * FROM {gold.anomaly} WHERE business_date = :night ORDER BY score DESC")),
                new Text(night.state().missing("score-anomalies")));
    }
}
