package io.millrace.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.metrics.StratifiedKFold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Classifiers on vectors that are drawn, so that no encoder is needed. */
class TextTrainerTest {

    private static final List<String> CLASSES = List.of("bad", "fair", "good");

    /** Texts of three classes: the vectors tell two of them apart, words the third. */
    private record Drawn(List<String> texts, float[][] vectors, int[] labels) {

        static Drawn of(int count, long seed) {
            RandomGenerator random = new SplittableRandom(seed);
            List<String> texts = new ArrayList<>();
            float[][] vectors = new float[count][5];
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                labels[i] = i % 3;
                for (int j = 0; j < 5; j++) {
                    vectors[i][j] = (float) (random.nextGaussian() + (j == 0 && labels[i] == 0 ? 2 : 0));
                }
                texts.add("text " + i % 7 + (labels[i] == 2 && random.nextInt(4) > 0 ? " lovely" : " thing") + " no "
                        + i);
            }
            return new Drawn(texts, vectors, labels);
        }

        TextTrainer.Trained trained(long seed) {
            return new TextTrainer(4, seed).train(texts, vectors, labels, CLASSES, "drawn");
        }

        double accuracy(double[][] probabilities) {
            return IntStream.range(0, labels.length)
                            .filter(i -> TextClassifier.likeliest(probabilities[i]) == labels[i])
                            .count()
                    / (double) labels.length;
        }
    }

    private static final Drawn LEARNED = Drawn.of(300, 1);
    private static final Drawn OTHERS = Drawn.of(300, 2);

    @Test
    void theStackKnowsWhatEachMemberKnows() {
        TextClassifier classifier = LEARNED.trained(42).classifier();

        double stacked = OTHERS.accuracy(classifier.probabilities(OTHERS.texts(), OTHERS.vectors()));

        assertThat(stacked)
                .isGreaterThan(OTHERS.accuracy(classifier.probabilitiesByVectors(OTHERS.vectors())) + 0.05)
                .isGreaterThan(OTHERS.accuracy(classifier.probabilitiesByWords(OTHERS.texts())) + 0.05);
    }

    @Test
    void probabilitiesAreSuchAndTheSameAgain() {
        double[][] probabilities = LEARNED.trained(42).classifier().probabilities(OTHERS.texts(), OTHERS.vectors());

        for (double[] of : probabilities) {
            assertThat(Arrays.stream(of).sum()).isCloseTo(1, within(1e-9));
            assertThat(Arrays.stream(of).allMatch(p -> p >= 0)).isTrue();
        }
        assertThat(LEARNED.trained(42).classifier().probabilities(OTHERS.texts(), OTHERS.vectors()))
                .isDeepEqualTo(probabilities);
        assertThat(LEARNED.trained(42).classifier().probabilities(List.of(), new float[0][]))
                .isEmpty();
    }

    @Test
    void whatIsSaidOutOfFoldIsAsGoodAsOnOthers() {
        TextTrainer.Trained trained = LEARNED.trained(42);

        assertThat(LEARNED.accuracy(trained.outOfFold()))
                .isCloseTo(
                        OTHERS.accuracy(trained.classifier().probabilities(OTHERS.texts(), OTHERS.vectors())),
                        within(0.1));
    }

    @Test
    void aClassifierIsReadAsItWasWritten() {
        TextClassifier classifier = LEARNED.trained(42).classifier();

        TextClassifier read = TextClassifierFormat.read(TextClassifierFormat.write(classifier));

        assertThat(read.classes()).isEqualTo(CLASSES);
        assertThat(read.encoder()).isEqualTo("drawn");
        assertThat(read.probabilities(OTHERS.texts(), OTHERS.vectors()))
                .isDeepEqualTo(classifier.probabilities(OTHERS.texts(), OTHERS.vectors()));
        assertThatThrownBy(() -> TextClassifierFormat.read(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no classifier of texts");
    }

    @Test
    void theSameTextIsInOneFold() {
        List<String> texts = List.of("Good", "bad", " good ", "BAD", "fair", "soso", "so  so", "So so", "x", "y");
        int[] labels = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1};

        for (StratifiedKFold.Split split : new TextTrainer(3, 1).byText(texts, labels, 3)) {
            List<String> test = Arrays.stream(split.test())
                    .mapToObj(i -> TextTrainer.sameAs(texts.get(i)))
                    .toList();
            assertThat(Arrays.stream(split.train()).mapToObj(i -> TextTrainer.sameAs(texts.get(i))))
                    .doesNotContainAnyElementsOf(test);
            assertThat(split.train().length + split.test().length).isEqualTo(10);
        }
    }

    @Test
    void rareClassesAndOneClass() {
        int[] labels = LEARNED.labels().clone();
        IntStream.range(0, labels.length).forEach(i -> labels[i] = i == 5 ? 2 : labels[i] == 0 ? 0 : 1);
        TextClassifier classifier = new TextTrainer(4, 1)
                .train(LEARNED.texts(), LEARNED.vectors(), labels, CLASSES, "drawn")
                .classifier();
        assertThat(classifier.probabilities(OTHERS.texts(), OTHERS.vectors())[0])
                .hasSize(3);

        assertThatThrownBy(() ->
                        new TextTrainer(4, 1).train(LEARNED.texts(), LEARNED.vectors(), new int[300], CLASSES, "drawn"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("300 texts of 1 classes");
    }

    @Test
    void termsAreWordsAndPairsOfThemByHowRareTheyAre() {
        NGrams grams = NGrams.of(List.of("Not good!", "not GOOD", "good, isn't it", "it isn't"));

        assertThat(grams.terms()).containsOnlyKeys("not", "good", "not good", "isn't", "it");
        FeatureRows.Sparse rows = grams.rows(List.of("not good not good", "unknown words", ""));
        assertThat(rows.columns()[0]).hasSize(3).isSorted();
        double length = 0;
        for (float value : rows.values()[0]) {
            length += value * value;
        }
        assertThat(length).isCloseTo(1, within(1e-6));
        assertThat(rows.columns()[1]).isEmpty();
        assertThat(rows.columns()[2]).isEmpty();
        assertThat(grams.rarity()[grams.terms().get("not")])
                .isGreaterThan(grams.rarity()[grams.terms().get("good")]);
    }

    /** With two classes, softmax regression is logistic regression on the difference of weights; its optimum has a slope of 0. */
    @Test
    void theRegressionIsAtItsOptimum() {
        FeatureRows.Dense rows = new FeatureRows.Dense(LEARNED.vectors(), 5);
        double penalty = 2;
        SoftmaxRegression fitted = SoftmaxRegression.blank(3, 5).fitted(rows, LEARNED.labels(), penalty);

        double[][] log = fitted.logProbabilities(rows);
        for (int c = 0; c < 3; c++) {
            for (int j = 0; j <= 5; j++) {
                double slope = j < 5 ? penalty * fitted.weights()[c * 6 + j] : 0;
                for (int i = 0; i < log.length; i++) {
                    double residual = Math.exp(log[i][c]) - (LEARNED.labels()[i] == c ? 1 : 0);
                    slope += residual * (j < 5 ? LEARNED.vectors()[i][j] : 1);
                }
                assertThat(slope / log.length).isCloseTo(0, within(1e-3));
            }
        }
    }
}
