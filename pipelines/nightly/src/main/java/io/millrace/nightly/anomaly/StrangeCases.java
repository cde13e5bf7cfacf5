package io.millrace.nightly.anomaly;

import io.millrace.decisions.StableHash;
import io.millrace.models.anomaly.AnomalyDetector;
import io.millrace.nightly.train.SparkNetwork;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * The cases of a subject that pass the threshold of the budget. As many as one process holds well are looked at there. Of more the network of the
 * detector learns on the executors, from all of them, and everything else from a draw; then executors score, and what is strange is all that comes back.
 *
 * @param strange   by code, metric and time
 * @param last      the last case of each series that has a strange one
 * @param threshold from which on a score is told
 * @param detector  that found them
 */
record StrangeCases(List<Strange> strange, Map<Case.Series, Instant> last, double threshold, AnomalyDetector detector) {

    /** With more cases than these executors look at them. */
    static final int MOST_HERE = 250_000;

    /** Cases of which everything but the network learns, where there are more than {@link #MOST_HERE}. */
    private static final int DRAWN = 100_000;

    /** A case with its score. */
    record Strange(Case what, double score) implements Serializable {}

    /**
     * What a search heeds.
     *
     * @param since    cases before are learned from, and not told of
     * @param allowed  usual cases since then that may pass
     * @param seed     of everything that is drawn
     * @param mostHere cases, beyond which executors look at them
     */
    record Search(Instant since, double allowed, long seed, int mostHere) {}

    /**
     * Looks at cases.
     *
     * @param cases at least two, cached by whoever gives them
     * @param count of them
     */
    static StrangeCases among(JavaRDD<Case> cases, long count, Search search) {
        return count <= search.mostHere() ? here(cases.collect(), search) : onExecutors(cases, count, search);
    }

    private static StrangeCases here(List<Case> given, Search search) {
        List<Case> cases = given.stream().sorted(Case.ORDER).toList();
        double[][] compared = compared(cases);
        AnomalyDetector detector = AnomalyDetector.among(compared, search.seed());
        double[] scores = detector.scores(compared);
        long told = cases.stream().filter(c -> !c.at().isBefore(search.since())).count();
        double threshold = FalseAlarms.threshold(scores, search.allowed() / Math.max(1, told));
        List<Strange> strange = IntStream.range(0, scores.length)
                .filter(i -> scores[i] >= threshold && !cases.get(i).at().isBefore(search.since()))
                .mapToObj(i -> new Strange(cases.get(i), scores[i]))
                .toList();
        Map<Case.Series, Instant> last = new HashMap<>();
        cases.forEach(c -> last.put(c.series(), c.at()));
        return new StrangeCases(strange, last, threshold, detector);
    }

    private static StrangeCases onExecutors(JavaRDD<Case> cases, long count, Search search) {
        Instant since = search.since();
        long seed = search.seed();
        double share = Math.min(1, DRAWN / (double) count);
        double[][] draw =
                compared(cases
                        .filter(c -> StableHash.uniform(seed, c.code(), c.metric(), c.at().toString()) < share)
                        .collect()
                        .stream()
                        .sorted(Case.ORDER)
                        .toList());
        AnomalyDetector detector;
        try (SparkNetwork network = new SparkNetwork(cases.map(Case::compared), seed)) {
            detector = AnomalyDetector.among(draw, network, seed);
        }
        JavaRDD<Case> recent = cases.filter(c -> !c.at().isBefore(since));
        double threshold = FalseAlarms.threshold(detector.scores(draw), search.allowed() / Math.max(1, recent.count()));
        Broadcast<AnomalyDetector> shared =
                JavaSparkContext.fromSparkContext(cases.context()).broadcast(detector);
        List<Strange> strange = recent.map(c -> new Strange(c, shared.value().score(c.compared())))
                .filter(s -> s.score() >= threshold)
                .collect();
        Set<Case.Series> series = new HashSet<>();
        strange.forEach(s -> series.add(s.what().series()));
        Map<Case.Series, Instant> last = recent.filter(c -> series.contains(c.series()))
                .mapToPair(c -> new Tuple2<>(c.series(), c.at()))
                .reduceByKey((a, b) -> a.isAfter(b) ? a : b)
                .collectAsMap();
        shared.destroy();
        return new StrangeCases(
                strange.stream()
                        .sorted(Comparator.comparing(Strange::what, Case.ORDER))
                        .toList(),
                last,
                threshold,
                detector);
    }

    private static double[][] compared(List<Case> cases) {
        return cases.stream().map(Case::compared).toArray(double[][]::new);
    }

    /** Strange cases of one series that lie no further apart, the earliest first. */
    List<List<Strange>> runs(Duration apart) {
        List<List<Strange>> runs = new ArrayList<>();
        Strange before = null;
        for (Strange one : strange) {
            if (before == null
                    || !before.what().series().equals(one.what().series())
                    || Duration.between(before.what().at(), one.what().at()).compareTo(apart) > 0) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(one);
            before = one;
        }
        return runs;
    }

    /** Whether cases of its series came after a run by more than so much. */
    boolean isOver(List<Strange> run, Duration apart) {
        Case end = run.get(run.size() - 1).what();
        return apart.isZero() || last.get(end.series()).isAfter(end.at().plus(apart));
    }
}
