package io.millrace.nightly.sentiment;

import io.millrace.models.metrics.MulticlassMetrics;
import io.millrace.models.text.SentenceEncoder;
import io.millrace.models.text.TextClassifier;
import io.millrace.models.text.TextTrainer;
import io.millrace.nightly.model.Champion;
import io.millrace.nightly.model.Evidence;
import io.millrace.nightly.model.Scores;
import io.millrace.nightly.model.TrainedModel;
import io.millrace.nightly.model.Training;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import io.millrace.registry.Artefact;
import io.millrace.registry.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What customers mean by what they write: polarity, learned from texts that came with stars, and intent, learned from examples. */
public final class Sentiment implements TrainedModel {

    private static final String FEEDBACK = "silver.feedback";

    /** The newest texts with stars that are learned from: more change little, and each has to be encoded. */
    private static final int MOST_TEXTS = 2_000;

    /** Texts of each side of the question that the gate asks, whether a text is negative. */
    private static final int LEAST_OF_A_SIDE = 20;

    private static final int FOLDS = 4;

    @Override
    public String name() {
        return "sentiment";
    }

    @Override
    public String about() {
        return "tell what customers mean by new texts";
    }

    @Override
    public List<String> trainsFrom() {
        return List.of(FEEDBACK);
    }

    @Override
    public List<String> scoresFrom() {
        return List.of(FEEDBACK, "gold.feedback_sentiment");
    }

    @Override
    public String scores() {
        return "gold.feedback_sentiment";
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.sentiment();
    }

    /** By the encoder's name: a dry run asks for it, and loads none. */
    @Override
    public Map<String, String> definition(Settings settings) {
        return Map.of("encoder", EncoderChoice.name(settings), "labels", "stars 1 and 2, 3, 4 and 5");
    }

    @Override
    public Duration retrainAfter(Settings settings) {
        return settings.sentiment().retrainAfter();
    }

    /** Of whether a text is negative: the ranking, and the probability. */
    @Override
    public Gate gate(Settings settings) {
        return new Gate(List.of(
                new Gate.Condition("auc", settings.sentiment().margin(), 0), new Gate.Condition("log_loss", 0, 0)));
    }

    /** A text with stars. */
    private record Rated(String writer, String text, int polarity) {}

    @Override
    public Training train(NightTables in, Settings settings, Optional<Champion> champion, long seed) {
        List<Row> rows = in.sql("""
                SELECT coalesce(customer_code, concat(source, ' ', feedback_id)), text, rating FROM {silver.feedback}
                WHERE rating IS NOT NULL ORDER BY created_at DESC, source, feedback_id LIMIT %d""".formatted(MOST_TEXTS)).collectAsList();
        List<Rated> rated = new ArrayList<>();
        for (Row row : rows) {
            Reading reading = Reading.of(row.getString(1), settings.sentiment().anyLanguage());
            if (reading.isTold()) {
                rated.add(new Rated(row.getString(0), reading.text(), Integer.compare(row.getInt(2), 3) + 1));
            }
        }
        long negative = rated.stream().filter(r -> r.polarity() == 0).count();
        if (Math.min(negative, rated.size() - negative) < LEAST_OF_A_SIDE) {
            return new Training.NotYet(
                    rows.size(),
                    "of %,d texts with stars %,d can be read as English, %,d of them with one or two stars; at least %d of these and %d others are needed"
                            .formatted(rows.size(), rated.size(), negative, LEAST_OF_A_SIDE, LEAST_OF_A_SIDE));
        }
        return challenger(rated, EncoderChoice.here(settings), definition(settings), champion, seed);
    }

    private static Training challenger(
            List<Rated> rated,
            SentenceEncoder encoder,
            Map<String, String> definition,
            Optional<Champion> champion,
            long seed) {
        List<String> texts = rated.stream().map(Rated::text).toList();
        int[] labels = rated.stream().mapToInt(Rated::polarity).toArray();
        TextTrainer.Trained polarity = new TextTrainer(FOLDS, seed)
                .train(texts, encoder.encode(texts), labels, FeedbackModel.POLARITIES, encoder.identity());
        FeedbackModel model = new FeedbackModel(polarity.classifier(), Intents.learned(encoder, seed));
        int[] isNegative = Arrays.stream(labels).map(l -> l == 0 ? 1 : 0).toArray();
        double[] ours =
                Arrays.stream(polarity.outOfFold()).mapToDouble(p -> p[0]).toArray();
        double[] share = new double[ours.length];
        Arrays.fill(share, Arrays.stream(isNegative).average().orElseThrow());
        String[] writers = rated.stream().map(Rated::writer).toArray(String[]::new);
        return new Training.Challenger(
                rated.size(),
                definition,
                outOfFold(polarity.outOfFold(), labels),
                // There is one recipe: the champion's, learned from these texts, is the challenger's.
                new Evidence(writers, isNegative, ours, share, champion.map(c -> ours)),
                new Artefact.Bytes(model.toBytes()),
                "%,d texts with stars".formatted(rated.size()));
    }

    private static Map<String, Double> outOfFold(double[][] probabilities, int[] labels) {
        int[] said =
                Arrays.stream(probabilities).mapToInt(TextClassifier::likeliest).toArray();
        MulticlassMetrics metrics = MulticlassMetrics.of(said, labels, FeedbackModel.POLARITIES.size());
        return Map.of("cv_accuracy", metrics.accuracy(), "cv_macro_f1", metrics.macroF1());
    }

    @Override
    public Optional<Section> section() {
        return Optional.of(new SentimentSection());
    }

    @Override
    public Scores score(NightTables in, Settings settings, Optional<Champion> champion, RowMaker out) {
        Champion scoring = champion.orElseThrow();
        FeedbackScorer scorer = new FeedbackScorer(
                out,
                scoring.version().name(),
                scoring.version().version(),
                EncoderChoice.everywhere(in, settings),
                settings.sentiment().anyLanguage());
        return Scores.of(scoring.score(in, unread(in, settings), out, FeedbackModel::ofBytes, scorer));
    }

    /** What {@link FeedbackScorer} takes: texts of the look back that no earlier night has told of, as they are now. */
    private static Dataset<Row> unread(NightTables in, Settings settings) {
        return in.sql("""
                SELECT f.source, f.feedback_id, f.customer_code, f.text, xxhash64(f.text) AS text_hash, f.created_at
                FROM {silver.feedback} f LEFT ANTI JOIN {gold.feedback_sentiment} s
                  ON s.source = f.source AND s.feedback_id = f.feedback_id AND s.text_hash = xxhash64(f.text)
                WHERE CAST(f.created_at AS date) > date_sub(DATE'%s', %d)""".formatted(in.date(), settings.sentiment().lookBack().toDays()));
    }
}
