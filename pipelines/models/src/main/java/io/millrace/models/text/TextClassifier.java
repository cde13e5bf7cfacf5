package io.millrace.models.text;

import java.util.List;

/**
 * Tells the class of a text: a regression on the vector of an encoder and one on the words themselves, stacked.
 *
 * @param classes  their names, at least 2
 * @param encoder  {@linkplain SentenceEncoder#identity identity} of the encoder whose vectors it takes
 */
public record TextClassifier(
        List<String> classes,
        String encoder,
        Standardised scale,
        SoftmaxRegression vectors,
        NGrams terms,
        SoftmaxRegression words,
        Stacking stacking) {

    public TextClassifier {
        classes = List.copyOf(classes);
    }

    /** The classifier as it is registered. */
    public byte[] toBytes() {
        return TextClassifierFormat.write(this);
    }

    /** A classifier as it was registered. @throws IllegalArgumentException if the bytes are none */
    public static TextClassifier ofBytes(byte[] bytes) {
        return TextClassifierFormat.read(bytes);
    }

    /**
     * Probabilities of the classes, one array a text.
     *
     * @param texts   any, the empty one too
     * @param vectors of the encoder that it has learned from, one a text
     */
    public double[][] probabilities(List<String> texts, float[][] vectors) {
        if (texts.isEmpty()) {
            return new double[0][];
        }
        return stacking.probabilities(List.of(ofVectors(vectors), ofWords(texts)));
    }

    private double[][] ofVectors(float[][] rows) {
        return vectors.logProbabilities(scale.rows(rows));
    }

    private double[][] ofWords(List<String> texts) {
        return words.logProbabilities(terms.rows(texts));
    }

    /** The place of the likeliest class; of equally likely ones the first. */
    public static int likeliest(double[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return best;
    }

    /** What the regression on words says by itself: a bag of words and pairs of words. Probabilities, one array a text. */
    public double[][] probabilitiesByWords(List<String> texts) {
        return exp(ofWords(texts));
    }

    /** What the regression on vectors says by itself. Probabilities, one array a text. */
    public double[][] probabilitiesByVectors(float[][] rows) {
        return exp(ofVectors(rows));
    }

    private static double[][] exp(double[][] logarithms) {
        for (double[] row : logarithms) {
            for (int c = 0; c < row.length; c++) {
                row[c] = Math.exp(row[c]);
            }
        }
        return logarithms;
    }
}
