package io.millrace.nightly.sentiment;

import io.millrace.models.text.SentenceEncoder;
import io.millrace.models.text.TextClassifier;
import io.millrace.models.text.TextTrainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;

/** Examples of what customers want by a text. No ERP says so, and the encoder knows what is alike: a few sentences of each intent teach the rest. */
final class Intents {

    private static final String FILE = "/millrace/sentiment/intents.txt";
    private static final int FOLDS = 4;

    private record Example(String intent, String text) {}

    private Intents() {}

    /** A classifier that has learned from the examples. */
    static TextClassifier learned(SentenceEncoder encoder, long seed) {
        List<Example> examples = examples();
        List<String> classes =
                List.copyOf(new TreeSet<>(examples.stream().map(Example::intent).toList()));
        List<String> texts = examples.stream().map(Example::text).toList();
        int[] labels =
                examples.stream().mapToInt(e -> classes.indexOf(e.intent())).toArray();
        return new TextTrainer(FOLDS, seed)
                .train(texts, encoder.encode(texts), labels, classes, encoder.identity())
                .classifier();
    }

    private static List<Example> examples() {
        try (InputStream in = Intents.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(": ", 2))
                    .map(parts -> new Example(parts[0], parts[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
