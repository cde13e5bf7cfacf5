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

/** What somebody should look at. */
final class AlertsSection implements Section {

    private static final String ALERTS = "gold.alert";

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public String title() {
        return "What to look at";
    }

    @Override
    public List<String> reads() {
        return List.of(ALERTS);
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Row> alerts = night.has(ALERTS) ? night.rows("""
                        SELECT severity, audience, subject_code, metric, started_at, reason, count(*) OVER () AS lines
                        FROM {gold.alert} WHERE business_date = :night
                        ORDER BY array_position(array('critical', 'warning', 'info'), severity), score DESC, subject_code, metric,
                                 started_at
                        LIMIT %d""".formatted(ReportNight.MOST)) : List.of();
        if (alerts.isEmpty()) {
            return List.of(new Text(
                    night.state().isDone("decide-alerts")
                            ? "Nothing is newly strange."
                            : "Nobody was alerted. " + night.state().missing("decide-alerts")));
        }
        Lines lines = Table.of(
                "What is newly strange, the worst first",
                new Column("Severity", Kind.STATE),
                new Column("For", Kind.TEXT),
                new Column("What", Kind.TEXT),
                new Column("Of it", Kind.TEXT),
                new Column("Since (UTC)", Kind.TIME),
                new Column("Why", Kind.SENTENCE));
        alerts.forEach(r -> lines.add(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(5)));
        return List.of(lines.of(
                alerts.get(0).getLong(6),
                night.query("SELECT * FROM {gold.alert} WHERE business_date = :night ORDER BY score DESC")));
    }
}
