package io.millrace.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.metrics.PairedBootstrap.Gain;
import io.millrace.models.metrics.PairedBootstrap.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a difference of figures is worth, given how many cases it was measured on. */
class PairedBootstrapTest {

    private static final PairedBootstrap.Options OPTIONS = new PairedBootstrap.Options(400, 0.95, 42);

    /** Cases of several rows each, and two models: one sees the truth through little noise, one through much. */
    private record Cases(int[] labels, String[] entities, double[] sharp, double[] blunt) {

        static Cases of(int entities, int rowsEach, double sharpNoise, double bluntNoise, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = entities * rowsEach;
            Cases cases = new Cases(new int[rows], new String[rows], new double[rows], new double[rows]);
            for (int i = 0; i < rows; i++) {
                double truth = random.nextGaussian();
                cases.labels[i] = random.nextDouble() < probability(truth - 1) ? 1 : 0;
                cases.entities[i] = "c" + i % entities;
                cases.sharp[i] = rounded(truth + sharpNoise * random.nextGaussian());
                cases.blunt[i] = rounded(truth + bluntNoise * random.nextGaussian());
            }
            return cases;
        }

        /** To two digits, so that there are ties. */
        private static double rounded(double truth) {
            return Math.round(100 * probability(truth - 1)) / 100.0;
        }

        private static double probability(double logOdds) {
            return 1 / (1 + Math.exp(-logOdds));
        }

        PairedBootstrap bootstrap(PairedBootstrap.Options options) {
            return new PairedBootstrap(labels, entities, options);
        }
    }

    /** The rows of drawn entities written out, and each figure computed from them anew. */
    private static double slowLowerBound(Metric metric, Cases cases, PairedBootstrap.Options options) {
        List<String> entities = Arrays.stream(cases.entities).distinct().toList();
        SplittableRandom random = new SplittableRandom(options.seed());
        double[] gains = new double[options.resamples()];
        for (int r = 0; r < gains.length; r++) {
            List<Integer> rows = new ArrayList<>();
            for (int draw = 0; draw < entities.size(); draw++) {
                String drawn = entities.get(random.nextInt(entities.size()));
                IntStream.range(0, cases.labels.length)
                        .filter(i -> cases.entities[i].equals(drawn))
                        .forEach(rows::add);
            }
            int[] labels = rows.stream().mapToInt(i -> cases.labels[i]).toArray();
            double ours =
                    metric.of(rows.stream().mapToDouble(i -> cases.sharp[i]).toArray(), labels);
            double theirs =
                    metric.of(rows.stream().mapToDouble(i -> cases.blunt[i]).toArray(), labels);
            gains[r] = metric.isHigherBetter() ? ours - theirs : theirs - ours;
        }
        Arrays.sort(gains);
        return gains[(int) Math.floor((1 - options.confidence()) * gains.length)];
    }

    @ParameterizedTest
    @EnumSource
    void theBoundIsTheOneOfRowsWrittenOutAndMeasuredAnew(Metric metric) {
        Cases cases = Cases.of(60, 2, 0.3, 1, 5);
        Gain gain = cases.bootstrap(OPTIONS).gain(metric, cases.sharp, cases.blunt);
        double ours = metric.of(cases.sharp, cases.labels);
        double theirs = metric.of(cases.blunt, cases.labels);

        assertThat(gain.observed()).isCloseTo(Math.abs(ours - theirs), within(1e-12));
        assertThat(gain.atLeast()).isCloseTo(slowLowerBound(metric, cases, OPTIONS), within(1e-12));
        assertThat(gain.atLeast()).isLessThan(gain.observed());
    }

    @ParameterizedTest
    @EnumSource
    void whatPredictsTheSameIsNoBetter(Metric metric) {
        Cases cases = Cases.of(500, 1, 0.3, 1, 6);

        assertThat(cases.bootstrap(OPTIONS).gain(metric, cases.sharp, cases.sharp.clone()))
                .isEqualTo(new Gain(0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void aClearDifferenceOnManyCasesShowsOnOneSideOnly(Metric metric) {
        Cases cases = Cases.of(2000, 1, 0.1, 2, 7);
        PairedBootstrap bootstrap = cases.bootstrap(OPTIONS);

        assertThat(bootstrap.gain(metric, cases.sharp, cases.blunt).atLeast()).isPositive();
        assertThat(bootstrap.gain(metric, cases.blunt, cases.sharp).atLeast()).isNegative();
    }

    @Test
    void fiftyTwoCasesDoNotMakeAnAucOfJustAboveAHalfBetterThanChance() {
        // 52 customers, of whom 20 churned, in an order that is hardly better than none.
        int[] labels = new int[52];
        double[] scores = new double[52];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 13 < 5 ? 1 : 0;
            scores[i] = (i * 29 % 53 + (labels[i] == 1 ? 3.6 : 0)) / 60;
        }
        double[] chance = new double[52];
        Gain gain = PairedBootstrap.ofRows(labels, OPTIONS).gain(Metric.AUC, scores, chance);

        assertThat(gain.observed()).isCloseTo(0.025, within(1e-12));
        assertThat(gain.atLeast()).isNegative();
    }

    @Test
    void whereThereIsNoDifferenceFewCasesSeldomShowOne() {
        int shown = 0;
        int worlds = 400;
        for (int world = 0; world < worlds; world++) {
            Cases cases = Cases.of(52, 1, 1, 1, 100 + world);
            Gain gain = cases.bootstrap(new PairedBootstrap.Options(400, 0.95, world))
                    .gain(Metric.AUC, cases.sharp, cases.blunt);
            shown += gain.atLeast() > 0 ? 1 : 0;
        }
        // One in twenty is what 95 % confidence allows.
        assertThat(shown / (double) worlds).isBetween(0.01, 0.08);
    }

    @Test
    void rowsOfOneEntityAreNoFurtherEvidence() {
        Cases once = Cases.of(200, 1, 0.5, 1, 8);
        int[] labels = repeated(once.labels);
        String[] entities = IntStream.range(0, labels.length)
                .mapToObj(i -> once.entities[i / 4])
                .toArray(String[]::new);
        double[] sharp = repeated(once.sharp);
        double[] blunt = repeated(once.blunt);

        Gain gain = once.bootstrap(OPTIONS).gain(Metric.AUC, once.sharp, once.blunt);
        Gain copied = new PairedBootstrap(labels, entities, OPTIONS).gain(Metric.AUC, sharp, blunt);
        Gain independent = PairedBootstrap.ofRows(labels, OPTIONS).gain(Metric.AUC, sharp, blunt);

        assertThat(copied.atLeast()).isCloseTo(gain.atLeast(), within(1e-12));
        assertThat(independent.atLeast()).isGreaterThan(gain.atLeast() + 0.005);
    }

    private static double[] repeated(double[] values) {
        return IntStream.range(0, 4 * values.length)
                .mapToDouble(i -> values[i / 4])
                .toArray();
    }

    private static int[] repeated(int[] values) {
        return IntStream.range(0, 4 * values.length).map(i -> values[i / 4]).toArray();
    }

    @Test
    void theSameSeedGivesTheSameBound() {
        Cases cases = Cases.of(100, 1, 0.5, 1, 9);
        Gain first = cases.bootstrap(OPTIONS).gain(Metric.AUC, cases.sharp, cases.blunt);
        Gain again = cases.bootstrap(OPTIONS).gain(Metric.AUC, cases.sharp, cases.blunt);
        Gain other =
                cases.bootstrap(new PairedBootstrap.Options(400, 0.95, 43)).gain(Metric.AUC, cases.sharp, cases.blunt);

        assertThat(again).isEqualTo(first);
        assertThat(other.atLeast()).isNotEqualTo(first.atLeast());
    }

    @Test
    void aClassThatIsHardlyThereShowsNothing() {
        int[] labels = new int[200];
        labels[17] = 1;
        double[] scores = new double[200];
        scores[17] = 1;

        // A third of the resamples has no positive row, and so no AUC.
        assertThat(PairedBootstrap.ofRows(labels, OPTIONS)
                        .gain(Metric.AUC, scores, new double[200])
                        .atLeast())
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        int[] labels = {0, 1, 1};
        PairedBootstrap bootstrap = PairedBootstrap.ofRows(labels, OPTIONS);

        assertThatThrownBy(() -> bootstrap.gain(Metric.AUC, new double[2], new double[3]))
                .hasMessageContaining("2 scores and 3 labels");
        assertThatThrownBy(() -> bootstrap.gain(Metric.BRIER, new double[] {0, 2, 1}, new double[3]))
                .hasMessageContaining("probability 2.0");
        assertThatThrownBy(() -> new PairedBootstrap(labels, new String[2], OPTIONS))
                .hasMessageContaining("3 labels and 2 entities");
        assertThatThrownBy(() -> new PairedBootstrap.Options(10, 0.95, 1)).hasMessageContaining("10 resamples");
        assertThatThrownBy(() -> new PairedBootstrap.Options(400, 95, 1)).hasMessageContaining("confidence 95.0");
    }
}
