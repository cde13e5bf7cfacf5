package io.millrace.nightly.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.TestLake;
import io.millrace.models.anomaly.AnomalyDetector;
import io.millrace.models.anomaly.Autoencoder;
import io.millrace.models.anomaly.Layers;
import io.millrace.models.metrics.Ranking;
import io.millrace.nightly.anomaly.StrangeCases.Search;
import io.millrace.nightly.train.SparkNetwork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class StrangeCasesTest {

    private static final Instant START = Instant.parse("2026-02-01T00:00:00Z");
    private static final int USUAL = 8_000;
    private static final int PLANTED = 40;
    private static final double FAR = 9;

    /** Three fields that follow one curve, and at the end some cases off it, with a value in the middle that is usual at both ends alone. */
    private static double[][] fields(double off) {
        SplittableRandom random = new SplittableRandom(3);
        return IntStream.range(0, USUAL + PLANTED)
                .mapToObj(i -> {
                    double x = i < USUAL ? 4 * random.nextDouble() - 2 : (i - USUAL - PLANTED / 2.0) / PLANTED;
                    double y = i < USUAL ? x * x - 2 + 0.05 * random.nextGaussian() : off;
                    return new double[] {x, y, -x + 0.05 * random.nextGaussian()};
                })
                .toArray(double[][]::new);
    }

    /** The same as hourly cases of ten series, in any order; the planted ones are the last hours of the last series. */
    private static List<Case> cases() {
        double[][] fields = fields(FAR);
        int each = fields.length / 10;
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            cases.add(new Case(
                    "S" + i / each, "m", START.plus(Duration.ofHours(i % each)), fields[i], new double[3], fields[i]));
        }
        Collections.shuffle(cases, new Random(1));
        return cases;
    }

    private static JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(TestLake.get().spark().sparkContext());
    }

    private static List<Instant> planted(StrangeCases strange) {
        return strange.strange().stream()
                .map(StrangeCases.Strange::what)
                .filter(c -> c.observed()[1] == FAR)
                .map(Case::at)
                .toList();
    }

    @Test
    void executorsFindWhatOneProcessFinds() {
        JavaRDD<Case> cases = spark().parallelize(cases(), 3).cache();
        Instant since = START.plus(Duration.ofHours(400));
        StrangeCases here = StrangeCases.among(cases, cases.count(), new Search(since, 5, 42, Integer.MAX_VALUE));
        StrangeCases there = StrangeCases.among(cases, cases.count(), new Search(since, 5, 42, 1_000));
        cases.unpersist();

        assertThat(planted(here)).hasSize(PLANTED).isSorted();
        assertThat(planted(there)).containsExactlyElementsOf(planted(here));
        assertThat(there.strange())
                .hasSizeLessThan(PLANTED + 25)
                .allMatch(s -> !s.what().at().isBefore(since));
        assertThat(there.last())
                .containsAllEntriesOf(
                        java.util.Map.of(new Case.Series("S9", "m"), here.last().get(new Case.Series("S9", "m"))));
        List<StrangeCases.Strange> run = there.runs(Duration.ofHours(1)).stream()
                .filter(r -> r.size() == PLANTED)
                .findFirst()
                .orElseThrow();
        assertThat(there.isOver(run, Duration.ofHours(1)))
                .as("it goes on to the end")
                .isFalse();
    }

    @Test
    void aNetworkThatWasTrainedOnExecutorsRanksAsOneThatWasTrainedHere() {
        double[][] rows = fields(1.5);
        int[] labels =
                IntStream.range(0, rows.length).map(i -> i < USUAL ? 0 : 1).toArray();
        JavaRDD<double[]> spread = spark().parallelize(List.of(rows), 3);
        List<Double> aucs = new ArrayList<>();
        double[] there = AnomalyDetector.among(
                        rows,
                        scaling -> {
                            double[][] scaled =
                                    Arrays.stream(rows).map(scaling::of).toArray(double[][]::new);
                            Autoencoder.Rounds rounds = new SparkNetwork(spread, 42).scaled(scaling);
                            return (network, layers, most) -> {
                                rounds.train(network, layers, most);
                                Layers after = Layers.of(network);
                                aucs.add(Ranking.auc(
                                        Arrays.stream(scaled)
                                                .mapToDouble(after::error)
                                                .toArray(),
                                        labels));
                            };
                        },
                        42)
                .scores(rows);
        double[] here = AnomalyDetector.among(rows, 42).scores(rows);

        assertThat(aucs).hasSize(20);
        assertThat(aucs.get(19)).isGreaterThan(0.95);
        assertThat(Ranking.auc(there, labels)).isGreaterThan(Ranking.auc(here, labels) - 0.01);
        assertThat(new SpearmansCorrelation().correlation(here, there)).isGreaterThan(0.95);
    }
}
