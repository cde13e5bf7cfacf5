package io.millrace.nightly.sentiment;

import io.millrace.models.text.SentenceEncoder;
import io.millrace.models.text.TextClassifier;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is told of a text: its polarity and its intent. Both classifiers take the vectors of one encoder.
 *
 * @param polarity of the classes {@link #NEGATIVE}, {@link #NEUTRAL} and {@link #POSITIVE}
 */
record FeedbackModel(TextClassifier polarity, TextClassifier intent) {

    static final String NEGATIVE = "negative";
    static final String NEUTRAL = "neutral";
    static final String POSITIVE = "positive";

    /** In the order of their numbers. */
    static final List<String> POLARITIES = List.of(NEGATIVE, NEUTRAL, POSITIVE);

    /** A class with its probability. */
    record Said(String name, double probability) {

        private static Said of(TextClassifier classifier, double[] probabilities) {
            int best = TextClassifier.likeliest(probabilities);
            return new Said(classifier.classes().get(best), probabilities[best]);
        }
    }

    /** @param sentiment probability of positive less that of negative, -1 to 1 */
    record Meaning(Said polarity, double sentiment, Said intent) {}

    /**
     * What texts mean, one by one.
     *
     * @throws IllegalStateException if the model was trained on another encoder
     */
    List<Meaning> of(List<String> texts, SentenceEncoder encoder) {
        for (TextClassifier classifier : List.of(polarity, intent)) {
            if (!classifier.encoder().equals(encoder.identity())) {
                throw new IllegalStateException(
                        "The model was trained on another encoder than the one that is here; promote a version that was trained on this one, or train anew");
            }
        }
        float[][] vectors = encoder.encode(texts);
        double[][] polarities = polarity.probabilities(texts, vectors);
        double[][] intents = intent.probabilities(texts, vectors);
        int negative = polarity.classes().indexOf(NEGATIVE);
        int positive = polarity.classes().indexOf(POSITIVE);
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Meaning(
                        Said.of(polarity, polarities[i]),
                        polarities[i][positive] - polarities[i][negative],
                        Said.of(intent, intents[i])))
                .toList();
    }

    /** The length of the first classifier's bytes, they, and the second's. */
    byte[] toBytes() {
        byte[] first = polarity.toBytes();
        byte[] second = intent.toBytes();
        return ByteBuffer.allocate(Integer.BYTES + first.length + second.length)
                .putInt(first.length)
                .put(first)
                .put(second)
                .array();
    }

    /** @throws IllegalArgumentException if the bytes are no such model */
    static FeedbackModel ofBytes(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int length = buffer.getInt();
            if (length < 0 || length > buffer.remaining()) {
                throw new IllegalArgumentException(
                        "These bytes are no model of feedback: %d bytes are announced and %d are left"
                                .formatted(length, buffer.remaining()));
            }
            byte[] first = new byte[length];
            buffer.get(first);
            byte[] second = new byte[buffer.remaining()];
            buffer.get(second);
            return new FeedbackModel(TextClassifier.ofBytes(first), TextClassifier.ofBytes(second));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("These bytes are no model of feedback: they end in the middle", e);
        }
    }
}
