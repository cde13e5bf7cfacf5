package io.millrace.nightly.anomaly;

import io.millrace.nightly.decide.Decided;
import io.millrace.nightly.decide.Decision;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Tells of each anomaly once, and again if it has become more severe: what goes on for weeks is one row at the ERP and not twenty. */
public final class Alerts implements Decision {

    private static final String ANOMALIES = "gold.anomaly";

    /** Least severe first. */
    private static final List<String> SEVERITIES = List.of("info", "warning", "critical");

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public String about() {
        return "tell of what is newly strange";
    }

    @Override
    public List<String> decidesFrom() {
        return List.of(ANOMALIES, decides());
    }

    @Override
    public String decides() {
        return "gold.alert";
    }

    @Override
    public List<String> key() {
        return List.of("subject_type", "subject_code", "metric", "started_at");
    }

    /** What is strange is decided where anomalies are scored. */
    @Override
    public Object heeds(Settings settings) {
        return "";
    }

    @Override
    public Optional<Section> section() {
        return Optional.of(new AlertsSection());
    }

    @Override
    public Decided decide(NightTables in, Settings settings, RowMaker out) {
        String rank = "array_position(array('" + String.join("', '", SEVERITIES) + "'), %s.severity)";
        List<Row> strange = in.sql("""
                SELECT a.*, EXISTS (
                         SELECT 1 FROM {gold.alert} b
                         WHERE b.subject_type = a.subject_type AND b.subject_code = a.subject_code AND b.metric = a.metric
                           AND b.business_date >= a.first_seen AND %2$s >= %3$s) AS is_told
                FROM {gold.anomaly} a WHERE a.business_date = DATE'%1$s'
                ORDER BY a.subject_type, a.subject_code, a.metric, a.started_at""".formatted(in.date(), rank.formatted("b"), rank.formatted("a")))
                .collectAsList();
        List<Row> rows = strange.stream()
                .filter(row -> !row.<Boolean>getAs("is_told"))
                .map(row -> alert(out, row))
                .toList();
        Map<String, Long> bySeverity = strange.stream()
                .filter(row -> !row.<Boolean>getAs("is_told"))
                .collect(Collectors.groupingBy(row -> row.<String>getAs("severity"), Collectors.counting()));
        String note = SEVERITIES.stream()
                .filter(bySeverity::containsKey)
                .map(severity -> "%,d %s".formatted(bySeverity.get(severity), severity))
                .collect(Collectors.joining(", "));
        return Decided.of(in, decides(), strange.size(), rows, Map.of(), note.isEmpty() ? "nothing new" : note);
    }

    private static Row alert(RowMaker out, Row anomaly) {
        RowMaker.Draft draft = out.row();
        List.of(
                        "severity",
                        "audience",
                        "subject_type",
                        "subject_code",
                        "metric",
                        "started_at",
                        "observed",
                        "expected",
                        "score",
                        "reason")
                .forEach(column -> draft.put(column, anomaly.getAs(column)));
        return draft.put("model_versions", "anomalies " + anomaly.<String>getAs("model_version"))
                .done();
    }
}
