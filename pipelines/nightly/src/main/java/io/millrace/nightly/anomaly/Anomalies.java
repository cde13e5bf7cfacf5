package io.millrace.nightly.anomaly;

import io.millrace.models.anomaly.AnomalyDetector;
import io.millrace.nightly.anomaly.StrangeCases.Strange;
import io.millrace.nightly.model.Champion;
import io.millrace.nightly.model.ScoredModel;
import io.millrace.nightly.model.Scores;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * Looks for what is unlike the rest of its kind, one detector for each subject. A night tells of the last four weeks, from a score on that usual
 * cases pass as often as the budget of false alarms allows; neighbouring strange readings are one anomaly.
 */
public final class Anomalies implements ScoredModel {

    private static final List<Subject> SUBJECTS =
            List.of(new SensorReadings(), new PurchaseLines(), new Deliveries(), new StockMoves(), new WeeklyDemand());
    /** Days that a night tells of. */
    private static final int TOLD = 28;
    /** Fewer cases do not show what is usual. */
    private static final int FEWEST = 200;

    private static final int MOST_FIELDS = 3;
    private static final double WARNING = 1.3;
    private static final double CRITICAL = 1.8;

    @Override
    public String name() {
        return "anomalies";
    }

    @Override
    public String about() {
        return "look for what is unlike the rest";
    }

    @Override
    public List<String> scoresFrom() {
        List<String> tables = new ArrayList<>(List.of("gold.anomaly"));
        SUBJECTS.forEach(subject -> tables.addAll(subject.tables()));
        return tables;
    }

    @Override
    public String scores() {
        return "gold.anomaly";
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.anomaly();
    }

    @Override
    public Optional<Section> section() {
        return Optional.of(new AnomaliesSection());
    }

    @Override
    public Scores score(NightTables in, Settings settings, Optional<Champion> champion, RowMaker out) {
        // What is older has ended its four weeks.
        List<Row> before = in.table(scores())
                .filter("business_date >= DATE'%s'".formatted(in.date().minusDays(TOLD)))
                .select("subject_type", "subject_code", "metric", "started_at", "ended_at", "first_seen")
                .collectAsList();
        List<Row> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Subject subject : SUBJECTS) {
            JavaRDD<Case> cases = in.cached(subject.cases(in).filter(Case::isComparable));
            long count = cases.count();
            if (count < FEWEST) {
                notes.add("%s: %,d cases, too few to know what is usual".formatted(subject.type(), count));
                continue;
            }
            List<Found> found = found(subject, cases, count, in.date(), settings);
            found.forEach(anomaly -> rows.add(row(out, subject, anomaly, in.date(), before)));
            notes.add("%s: %,d of %,d cases looked at".formatted(subject.type(), found.size(), count));
        }
        return new Scores(in.rows(scores(), rows), Map.of(), String.join(", ", notes));
    }

    /**
     * An anomaly.
     *
     * @param peak   its strangest case
     * @param isOver whether usual cases came after it
     * @param fields that carry the peak, the heaviest first, at least one, each with a value
     */
    private record Found(
            Case peak,
            double score,
            double threshold,
            Instant from,
            Instant to,
            boolean isOver,
            List<Integer> fields) {}

    private static List<Found> found(
            Subject subject, JavaRDD<Case> cases, long count, LocalDate date, Settings settings) {
        Instant since = date.minusDays(TOLD - 1L).atStartOfDay().toInstant(ZoneOffset.UTC);
        StrangeCases strange = StrangeCases.among(
                cases,
                count,
                new StrangeCases.Search(
                        since, settings.anomaly().falseAlarms() * TOLD, settings.seed(), StrangeCases.MOST_HERE));
        return strange.runs(subject.apart()).stream()
                .map(run -> {
                    Strange peak = peak(run);
                    return new Found(
                            peak.what(),
                            peak.score(),
                            strange.threshold(),
                            run.get(0).what().at(),
                            run.get(run.size() - 1).what().at(),
                            strange.isOver(run, subject.apart()),
                            fields(strange.detector(), peak.what()));
                })
                .toList();
    }

    /** The strangest case of a run, the first of equals. */
    static Strange peak(List<Strange> run) {
        return run.stream().reduce((a, b) -> b.score() > a.score() ? b : a).orElseThrow();
    }

    private static Row row(RowMaker out, Subject subject, Found found, LocalDate date, List<Row> before) {
        Case peak = found.peak();
        int heaviest = found.fields().get(0);
        double beyond = found.score() / found.threshold();
        LocalDate firstSeen = before.stream()
                .filter(r -> r.getString(0).equals(subject.type())
                        && r.getString(1).equals(peak.code())
                        && r.getString(2).equals(peak.metric())
                        && !r.<Timestamp>getAs(3).toInstant().isAfter(found.to())
                        && (r.isNullAt(4) || !r.<Timestamp>getAs(4).toInstant().isBefore(found.from())))
                .map(r -> r.getDate(5).toLocalDate())
                .min(LocalDate::compareTo)
                .orElse(date);
        return out.row()
                .put("subject_type", subject.type())
                .put("subject_code", peak.code())
                .put("metric", peak.metric())
                .put("started_at", found.from())
                .put("ended_at", found.isOver() ? found.to() : null)
                .put("first_seen", firstSeen)
                .put("severity", beyond >= CRITICAL ? "critical" : beyond >= WARNING ? "warning" : "info")
                .put("audience", subject.audience())
                .put("field", subject.fields().get(heaviest))
                .put("observed", peak.observed()[heaviest])
                .put("expected", peak.expected()[heaviest])
                .put("score", found.score())
                .put("threshold", found.threshold())
                .put("reason", reason(subject, found))
                .put("model_version", CodeVersion.get())
                .done();
    }

    /**
     * Fields that a case has and that carry its score. A score that no field carries alone is told by the one that is furthest from what
     * is usual.
     */
    static List<Integer> fields(AnomalyDetector detector, Case peak) {
        List<Integer> known = IntStream.range(0, peak.compared().length)
                .filter(j -> Double.isFinite(peak.compared()[j]))
                .boxed()
                .toList();
        List<Integer> carrying = detector.explain(peak.compared()).stream()
                .map(AnomalyDetector.Field::column)
                .filter(known::contains)
                .limit(MOST_FIELDS)
                .toList();
        return carrying.isEmpty()
                ? List.of(known.stream()
                        .max(Comparator.comparingDouble(j -> Math.abs(peak.compared()[j])))
                        .orElseThrow())
                : carrying;
    }

    private static String reason(Subject subject, Found found) {
        Case peak = found.peak();
        return found.fields().stream()
                .map(j -> String.format(
                        Locale.ROOT,
                        "%s is %.4g and usually %.4g",
                        subject.fields().get(j),
                        peak.observed()[j],
                        peak.expected()[j]))
                .collect(Collectors.joining("; ", peak.code() + ", " + peak.metric() + ": ", "."));
    }
}
