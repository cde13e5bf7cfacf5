package io.millrace.models.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.metrics.Ranking;
import io.millrace.models.regression.LinearTerms;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Lines that bend, beside straight ones. */
class LogisticTest {

    /** Those in the middle stay; a second feature of three values has its own effect for each; a third is often missing. */
    private static TrainingSet middleStays(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[size][];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            double x = random.nextDouble() * 10;
            int products = 1 + random.nextInt(3);
            double logOdds = Math.abs(x - 5) - 2.5 + (products == 2 ? -1.5 : 1);
            rows[i] = new double[] {x, products, random.nextInt(3) == 0 ? random.nextDouble() : Double.NaN};
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
        }
        return TrainingSet.independent(List.of("x", "products", "rating"), rows, labels);
    }

    private static double auc(Margin model, TrainingSet unseen) {
        return Ranking.auc(OutOfFold.probabilities(model.margins(unseen.rows())), unseen.labels());
    }

    @Test
    void aSplineLearnsWhatNoStraightLineTells() {
        TrainingSet learned = middleStays(4000, 1);
        TrainingSet unseen = middleStays(4000, 2);
        Margin spline = Logistic.SPLINE.fit(learned, new InProcess());

        assertThat(auc(Logistic.LINEAR.fit(learned, new InProcess()), unseen)).isLessThan(0.6);
        assertThat(auc(spline, unseen)).isGreaterThan(0.82);
        double[] far = spline.margins(new double[][] {{0.2, 1, 0.5}, {5, 1, 0.5}, {9.8, 1, 0.5}});
        assertThat(far[0] - far[1]).isCloseTo(4, within(1.0));
        assertThat(far[2] - far[1]).isCloseTo(4, within(1.0));
    }

    /** Leaving depends on whether two of ten features are on the same side of their middle, and on neither by itself. */
    private static TrainingSet together(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[size][];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            rows[i] = random.doubles(10).toArray();
            double logOdds = (rows[i][3] - 0.5) * (rows[i][7] - 0.5) * 20;
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
        }
        return TrainingSet.independent(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"), rows, labels);
    }

    @Test
    void interactionsLearnWhatTwoFeaturesTellTogetherAlone() {
        TrainingSet learned = together(4000, 1);
        TrainingSet unseen = together(4000, 2);
        Margin interactions = Logistic.INTERACTIONS.fit(learned, new InProcess());
        double[] effects = new double[11];
        for (double[] row : interactions.contributions(unseen.rows())) {
            Arrays.setAll(effects, j -> effects[j] + Math.abs(row[j]) / unseen.size());
        }

        assertThat(auc(Logistic.SPLINE.fit(learned, new InProcess()), unseen)).isBetween(0.45, 0.55);
        assertThat(auc(interactions, unseen)).isGreaterThan(0.7);
        for (int j : new int[] {0, 1, 2, 4, 5, 6, 8, 9}) {
            assertThat(effects[3]).isGreaterThan(2 * effects[j]);
            assertThat(effects[7]).isGreaterThan(2 * effects[j]);
        }
    }

    @Test
    void contributionsAddUpToTheMargin() {
        TrainingSet set = middleStays(500, 3);
        for (Logistic logistic : List.of(Logistic.LINEAR, Logistic.SPLINE, Logistic.INTERACTIONS)) {
            Margin model = logistic.fit(set, new InProcess());
            double[] margins = model.margins(set.rows());
            double[][] contributions = model.contributions(set.rows());
            for (int i = 0; i < margins.length; i++) {
                assertThat(contributions[i]).hasSize(4);
                assertThat(Arrays.stream(contributions[i]).sum()).isCloseTo(margins[i], within(1e-9));
            }
        }
    }

    @Test
    void oneFeatureAloneHasNoProducts() {
        TrainingSet one = middleStays(500, 3).only("x");

        assertThat(Logistic.INTERACTIONS.fit(one, new InProcess()).terms().first())
                .isEmpty();
    }

    @Test
    void knotsAreInnerQuantilesOrTheInnerValuesOfAFeatureOfFew() {
        double[][] rows = new double[100][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {i, i % 2, i % 4, i < 90 ? 0 : i, Double.NaN};
        }
        LinearTerms terms = LinearTerms.fit(rows, 4);

        assertThat(terms.knots()).isDeepEqualTo(new double[][] {{20, 40, 60, 80}, {}, {1, 2}, {}, {}});
        assertThat(LinearTerms.fit(rows, 0).knots()).isDeepEqualTo(new double[5][0]);
    }
}
