package io.millrace.nightly.sentiment;

import io.millrace.contracts.Failure;
import io.millrace.models.evaluate.EvaluationResult;
import io.millrace.models.metrics.MulticlassMetrics;
import io.millrace.models.metrics.StratifiedKFold;
import io.millrace.models.text.SentenceEncoder;
import io.millrace.models.text.TextClassifier;
import io.millrace.models.text.TextTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Measures the night's classifier of texts on texts of the user's own, of any classes: learned from one file and judged on another, or
 * judged by folds of one file. Penalties and stacking are chosen within what is learned from.
 *
 * @param train  file of comma-separated values with a header; {@code .gz} is unpacked
 * @param test   the same, to judge by; or null to judge by folds of {@code train}
 * @param text   column of the texts
 * @param label  column of their classes
 * @param folds  stratified folds where there is no {@code test}, at least 2
 * @param seed   of all folds
 */
public record SentimentEvaluation(Path train, Path test, String text, String label, int folds, long seed) {

    /** Texts that are encoded together, and of these those that are encoded one by one as well, to tell what is gained. */
    private static final int SLICE = 512;

    private static final int ONE_BY_ONE = 50;

    /** Texts that are learned from at most, evenly spread over the others: to encode more takes long and changes little. */
    static final int MOST_LEARNED = 20_000;

    /** Folds inside what is learned from, for penalties and stacking. */
    private static final int INNER_FOLDS = 4;

    private static final String OURS = "stacked";
    private static final String ENCODER = "encoder";
    private static final String WORDS = "bag_of_words";
    private static final String MAJORITY = "majority";

    public SentimentEvaluation {
        if (folds < 2) {
            throw Failure.usage("--folds is " + folds + "; give at least 2, so that there are texts to measure on");
        }
    }

    /** Texts that are classified and their true classes, with the answers so far: by each way one class a text. */
    private static final class Answers {

        private final int[] labels;
        private final Map<String, int[]> said = new LinkedHashMap<>();

        Answers(int[] labels) {
            this.labels = labels;
        }

        void put(String way, int[] places, int[] answers) {
            int[] all = said.computeIfAbsent(way, w -> new int[labels.length]);
            for (int i = 0; i < places.length; i++) {
                all[places[i]] = answers[i];
            }
        }

        Map<String, Double> metrics(String way, int classes) {
            return MulticlassMetrics.of(said.get(way), labels, classes).asMap();
        }
    }

    /**
     * Texts with their vectors, and how fast they were encoded.
     *
     * @param perSecond texts a second, together and one by one
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Encoded(float[][] vectors, double perSecond, double perSecondOneByOne) {

        /** Both speeds are measured in turn, because whatever else the machine does slows down both. */
        static Encoded of(List<String> texts) {
            SentenceEncoder encoder = SentenceEncoder.shipped();
            encoder.encode(texts.subList(0, 1));
            float[][] vectors = new float[texts.size()][];
            double together = 0;
            double apart = 0;
            int single = 0;
            for (int from = 0; from < vectors.length; from += SLICE) {
                List<String> slice = texts.subList(from, Math.min(vectors.length, from + SLICE));
                long start = System.nanoTime();
                float[][] of = encoder.encode(slice);
                together += (System.nanoTime() - start) / 1e9;
                System.arraycopy(of, 0, vectors, from, of.length);
                int step = Math.max(1, slice.size() / ONE_BY_ONE);
                start = System.nanoTime();
                for (int i = 0; i < slice.size(); i += step) {
                    encoder.encode(slice.subList(i, i + 1));
                    single++;
                }
                apart += (System.nanoTime() - start) / 1e9;
            }
            return new Encoded(vectors, vectors.length / together, single / apart);
        }
    }

    /**
     * Runs it.
     *
     * @param remarks takes a sentence about what is left out or looks odd
     * @return accuracy; precision, recall and F1 as means over the classes; texts encoded a second. As baselines the encoder alone, the words alone,
     *     the most frequent class, and the speed of one text at a time
     * @throws Failure of kind USAGE or DATA if the files do not allow it
     */
    public EvaluationResult run(Consumer<String> remarks) {
        long start = System.nanoTime();
        LabelledTexts.Columns columns = new LabelledTexts.Columns(text, label);
        LabelledTexts known = LabelledTexts.read(train, columns);
        LabelledTexts judged = test == null ? known : LabelledTexts.read(test, columns);
        known.remarks().forEach(remarks);
        if (test != null) {
            judged.remarks().forEach(remarks);
            tellOverlap(known, judged, remarks);
        }
        if (known.texts().size() > MOST_LEARNED) {
            remarks.accept("%,d of %,d texts of %s are learned from at most"
                    .formatted(MOST_LEARNED, known.texts().size(), train.getFileName()));
        }
        List<String> classes = classes(known);
        List<String> all = withUnknown(classes, judged, remarks);
        Answers answers = new Answers(numbers(judged.labels(), all));
        Encoded encoded = Encoded.of(judged.texts());
        if (test == null) {
            byFolds(known, encoded.vectors(), classes, answers);
        } else {
            bySplit(known, judged, encoded.vectors(), classes, answers);
        }
        Map<String, Double> metrics = answers.metrics(OURS, all.size());
        metrics.put("texts_per_second", encoded.perSecond());
        metrics.put("rows_left_out", (double) known.rowsLeftOut() + (test == null ? 0 : judged.rowsLeftOut()));
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        for (String way : List.of(ENCODER, WORDS, MAJORITY)) {
            baselines.put(way, answers.metrics(way, all.size()));
        }
        baselines.put("one_at_a_time", Map.of("texts_per_second", encoded.perSecondOneByOne()));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new EvaluationResult(
                "sentiment",
                judged.file().toString(),
                metrics,
                baselines,
                judged.texts().size(),
                seconds,
                seed);
    }

    private List<String> classes(LabelledTexts known) {
        List<String> classes = List.copyOf(new TreeSet<>(known.labels()));
        if (classes.size() < 2) {
            throw Failure.data(
                    "Every text of %s has %s = '%s'. There is nothing to tell apart; give texts of two classes or more"
                            .formatted(train, label, classes.get(0)));
        }
        if (known.texts().size() < TextTrainer.LEAST_TEXTS
                || test == null && known.texts().size() < 2 * folds) {
            throw Failure.data("%s has %d texts with a label; at least %d are needed"
                    .formatted(
                            train,
                            known.texts().size(),
                            Math.max(TextTrainer.LEAST_TEXTS, test == null ? 2 * folds : 0)));
        }
        if (classes.size() > known.texts().size() / 2) {
            throw Failure.data("%s has %d different values of '%s' on %d texts; is that the column with the classes?"
                    .formatted(train, classes.size(), label, known.texts().size()));
        }
        return classes;
    }

    /** The classes, and behind them what is judged and was never learned, which nobody can say. */
    private static List<String> withUnknown(List<String> classes, LabelledTexts judged, Consumer<String> remarks) {
        Set<String> all = new LinkedHashSet<>(classes);
        all.addAll(new TreeSet<>(judged.labels()));
        List<String> unknown = all.stream().skip(classes.size()).toList();
        if (!unknown.isEmpty()) {
            long texts = judged.labels().stream().filter(unknown::contains).count();
            remarks.accept(
                    "%s: %,d texts have a label that is not learned from, '%s' for one; every answer to them counts as wrong"
                            .formatted(judged.file().getFileName(), texts, unknown.get(0)));
        }
        return List.copyOf(all);
    }

    private static void tellOverlap(LabelledTexts known, LabelledTexts judged, Consumer<String> remarks) {
        Set<String> learned = new HashSet<>();
        known.texts().forEach(t -> learned.add(TextTrainer.sameAs(t)));
        long both = judged.texts().stream()
                .map(TextTrainer::sameAs)
                .filter(learned::contains)
                .count();
        if (both > 0) {
            remarks.accept("%,d of %,d texts of %s are learned from as well, so the figures flatter"
                    .formatted(both, judged.texts().size(), judged.file().getFileName()));
        }
    }

    private void bySplit(
            LabelledTexts known, LabelledTexts judged, float[][] vectors, List<String> classes, Answers answers) {
        int[] all = numbers(known.labels(), classes);
        int[] places = spread(all.length);
        List<String> texts = at(known.texts(), places);
        int[] labels = at(all, places);
        TextClassifier classifier = trained(texts, SentenceEncoder.shipped().encode(texts), labels, classes);
        answer(
                classifier,
                judged.texts(),
                vectors,
                labels,
                IntStream.range(0, vectors.length).toArray(),
                answers);
    }

    /** Places of at most {@link #MOST_LEARNED} of so many texts. */
    static int[] spread(int size) {
        int count = Math.min(size, MOST_LEARNED);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * size / count))
                .toArray();
    }

    private void byFolds(LabelledTexts known, float[][] vectors, List<String> classes, Answers answers) {
        int[] labels = numbers(known.labels(), classes);
        for (StratifiedKFold.Split split : new TextTrainer(folds, seed).byText(known.texts(), labels, folds)) {
            int[] places = at(split.train(), spread(split.train().length));
            int[] learned = at(labels, places);
            requireTwo(learned, split);
            TextClassifier classifier = trained(at(known.texts(), places), at(vectors, places), learned, classes);
            answer(
                    classifier,
                    at(known.texts(), split.test()),
                    at(vectors, split.test()),
                    learned,
                    split.test(),
                    answers);
        }
    }

    private void requireTwo(int[] learned, StratifiedKFold.Split split) {
        if (Arrays.stream(learned).distinct().count() < 2) {
            throw Failure.data(
                    "%s has too few texts of all classes but one: without the %d of a fold there is nothing to tell apart"
                            .formatted(train, split.test().length));
        }
    }

    private TextClassifier trained(List<String> texts, float[][] vectors, int[] labels, List<String> classes) {
        return new TextTrainer(INNER_FOLDS, seed)
                .train(
                        texts,
                        vectors,
                        labels,
                        classes,
                        SentenceEncoder.shipped().identity())
                .classifier();
    }

    private static void answer(
            TextClassifier classifier,
            List<String> texts,
            float[][] vectors,
            int[] learned,
            int[] places,
            Answers answers) {
        answers.put(OURS, places, likeliest(classifier.probabilities(texts, vectors)));
        answers.put(ENCODER, places, likeliest(classifier.probabilitiesByVectors(vectors)));
        answers.put(WORDS, places, likeliest(classifier.probabilitiesByWords(texts)));
        int[] majority = new int[places.length];
        Arrays.fill(majority, mostFrequent(learned, classifier.classes().size()));
        answers.put(MAJORITY, places, majority);
    }

    private static int mostFrequent(int[] labels, int classes) {
        double[] counts = new double[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return TextClassifier.likeliest(counts);
    }

    private static int[] likeliest(double[][] probabilities) {
        return Arrays.stream(probabilities).mapToInt(TextClassifier::likeliest).toArray();
    }

    private static int[] numbers(List<String> labels, List<String> classes) {
        return labels.stream().mapToInt(classes::indexOf).toArray();
    }

    private static int[] at(int[] values, int[] places) {
        return Arrays.stream(places).map(i -> values[i]).toArray();
    }

    private static float[][] at(float[][] values, int[] places) {
        return Arrays.stream(places).mapToObj(i -> values[i]).toArray(float[][]::new);
    }

    private static List<String> at(List<String> values, int[] places) {
        return new ArrayList<>(Arrays.stream(places).mapToObj(values::get).toList());
    }
}
