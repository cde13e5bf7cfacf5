package io.millrace.models.text;

import io.millrace.models.metrics.StratifiedKFold;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Learns to tell classes of texts apart. The penalties and the stacking are chosen by what is said out of fold; texts that are the same but for
 * case and blanks are in one fold.
 *
 * @param folds at least 2; fewer if there are fewer texts
 * @param seed  of the folds
 */
public record TextTrainer(int folds, long seed) {

    /** Of the vectors, whose columns have a standard deviation of 1. */
    private static final double[] VECTOR_PENALTIES = {3000, 1000, 300, 100};

    /** Of the words, whose rows have length 1. */
    private static final double[] WORD_PENALTIES = {3, 1, 0.3};

    /** A classifier, and what it says of the texts that it learned from by models that have not seen them. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Trained(TextClassifier classifier, double[][] outOfFold) {}

    /** Texts to learn from at least. */
    public static final int LEAST_TEXTS = 10;

    /**
     * Learns.
     *
     * @param texts   at least {@link #LEAST_TEXTS}
     * @param vectors of {@code encoder}, one a text
     * @param labels  places in {@code classes}, one a text; at least two different ones
     */
    public Trained train(List<String> texts, float[][] vectors, int[] labels, List<String> classes, String encoder) {
        requireTwoClasses(texts, labels);
        List<StratifiedKFold.Split> splits = byText(texts, labels, Math.min(folds, texts.size()));
        Standardised scale = Standardised.of(vectors);
        NGrams terms = NGrams.of(texts);
        int count = classes.size();
        RidgeChoice ofVectors = RidgeChoice.of(scale.rows(vectors), labels, count, VECTOR_PENALTIES, splits);
        RidgeChoice ofWords = RidgeChoice.of(terms.rows(texts), labels, count, WORD_PENALTIES, splits);
        List<double[][]> said = List.of(ofVectors.outOfFold(), ofWords.outOfFold());
        Stacking stacking = Stacking.fit(said, labels);
        return new Trained(
                new TextClassifier(classes, encoder, scale, ofVectors.model(), terms, ofWords.model(), stacking),
                stacking.probabilities(said));
    }

    private static void requireTwoClasses(List<String> texts, int[] labels) {
        if (texts.size() < LEAST_TEXTS || Arrays.stream(labels).distinct().count() < 2) {
            throw new IllegalArgumentException("There are %d texts of %d classes; at least %d of two classes are needed"
                    .formatted(texts.size(), Arrays.stream(labels).distinct().count(), LEAST_TEXTS));
        }
    }

    /** Folds of different texts, stratified by the class of a text's first row. */
    public List<StratifiedKFold.Split> byText(List<String> texts, int[] labels, int count) {
        List<String> all = texts.stream().map(TextTrainer::sameAs).toList();
        Map<String, Integer> first = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i++) {
            first.putIfAbsent(all.get(i), labels[i]);
        }
        int[] dealt = new StratifiedKFold(Math.max(2, Math.min(count, first.size())), seed)
                .foldOfRow(first.values().stream().mapToInt(l -> l).toArray());
        Map<String, Integer> foldOf = new HashMap<>();
        first.keySet().forEach(text -> foldOf.put(text, dealt[foldOf.size()]));
        return StratifiedKFold.splits(all.stream().mapToInt(foldOf::get).toArray());
    }

    /** What is the same text: case and blanks make no other one. */
    public static String sameAs(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
