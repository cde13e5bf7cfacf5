package io.millrace.nightly.churn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.millrace.contracts.ColumnContract;
import io.millrace.features.FeatureView;
import io.millrace.features.FeatureViews;
import io.millrace.models.churn.ChurnModel;
import io.millrace.models.churn.ChurnTrainer;
import io.millrace.models.churn.TrainingSet;
import io.millrace.nightly.model.Champion;
import io.millrace.nightly.model.Scores;
import io.millrace.nightly.model.TrainedModel;
import io.millrace.nightly.model.Training;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import io.millrace.nightly.train.SparkFitting;
import io.millrace.registry.Artefact;
import io.millrace.registry.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How likely active customers are to stop buying, learned from what customers like them did. */
public final class Churn implements TrainedModel {

    private static final String FEATURES = "features." + ChurnHistory.VIEW;

    private final FeatureView view;

    /** @param views with the one that describes customers' behaviour */
    public Churn(FeatureViews views) {
        this.view = views.get(ChurnHistory.VIEW);
    }

    @Override
    public String name() {
        return "churn";
    }

    @Override
    public String about() {
        return "score active customers with the champion";
    }

    @Override
    public List<String> scoresFrom() {
        return List.of(FEATURES);
    }

    @Override
    public String scores() {
        return "gold.churn_score";
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.churn();
    }

    @Override
    public List<String> trainsFrom() {
        return Stream.concat(view.tables().stream(), Stream.of("silver.sales_line", ChurnHistory.CONTACTS, FEATURES))
                .distinct()
                .toList();
    }

    @Override
    public Map<String, String> definition(Settings settings) {
        return ChurnChallenger.definition(
                ChurnRule.of(settings.churn()), String.join(",", ChurnHistory.features(view)));
    }

    @Override
    public Duration retrainAfter(Settings settings) {
        return settings.churn().retrainAfter();
    }

    /** The ranking, and the probabilities themselves, which the value at risk and every target list rest on. */
    @Override
    public Gate gate(Settings settings) {
        return new Gate(
                List.of(new Gate.Condition("auc", settings.churn().margin(), 0), new Gate.Condition("log_loss", 0, 0)));
    }

    @Override
    public Training train(NightTables in, Settings settings, Optional<Champion> champion, long seed) {
        ChurnRule rule = ChurnRule.of(settings.churn());
        ChurnHistory.Drawn drawn = new ChurnHistory(in, view, rule).rows();
        TrainingSet history = drawn.rows();
        ChurnTrainer.Options options = new ChurnTrainer.Options(
                settings.churn().folds(), seed, Runtime.getRuntime().availableProcessors());
        int dates = history.distinctDays().length;
        Optional<String> separating = ChurnTrainer.suffices(history) ? history.separating() : Optional.empty();
        if (separating.isPresent()) {
            return new Training.NotYet(
                    history.size(),
                    "the feature %s alone tells everybody who left from everybody who stayed: is it known only afterwards?"
                            .formatted(separating.get()));
        }
        return ChurnChallenger.train(
                        history,
                        rule,
                        options,
                        new SparkFitting(in.spark()),
                        champion.map(c -> Recipe.of(c.version().params())))
                .<Training>map(c -> new Training.Challenger(
                        history.size(),
                        c.params(),
                        c.metrics(),
                        c.evidence(),
                        new Artefact.Bytes(c.model().toBytes()),
                        "%s, %d dates%s".formatted(Recipe.of(c.params()).label(), dates, drawn(drawn))))
                .orElseGet(() -> new Training.NotYet(
                        history.size(),
                        "not enough history: %d rows on %d past dates, and at least two dates with customers who left and customers who stayed are needed"
                                .formatted(history.size(), dates)));
    }

    private static String drawn(ChurnHistory.Drawn history) {
        return history.rows().size() == history.of() ? "" : ", drawn from %,d rows".formatted(history.of());
    }

    @Override
    public Optional<Section> section() {
        return Optional.of(new ChurnSection());
    }

    @Override
    public Scores score(NightTables in, Settings settings, Optional<Champion> champion, RowMaker out) {
        Champion scoring = champion.orElseThrow();
        ChurnRule rule = ChurnRule.of(settings.churn());
        List<String> features = ChurnModel.ofBytes(scoring.artefact()).features();
        ChurnScorer scorer = new ChurnScorer(
                out,
                scoring.version().name(),
                scoring.version().version(),
                new ValueAtRisk(rule.horizon(), settings.churn().grossMargin()));
        return Scores.of(scoring.score(in, customers(in, rule, features), out, ChurnModel::ofBytes, scorer));
    }

    /**
     * Active customers as the scorer takes them. A feature that the view no longer has is missing for everybody, and nobody is contacted:
     * the score tells what comes if we do nothing.
     */
    private Dataset<Row> customers(NightTables in, ChurnRule rule, List<String> features) {
        Set<String> present = view.features().stream().map(ColumnContract::name).collect(Collectors.toSet());
        Stream<Column> numbers = Stream.concat(ChurnScorer.FACTS.stream(), features.stream())
                .map(f -> (present.contains(f) ? col(f) : lit(f.equals(ChurnHistory.CONTACTED) ? 0 : null))
                        .cast("double"));
        return in.served(ChurnHistory.VIEW)
                .filter(col(ChurnHistory.RECENCY).lt(rule.active()))
                .select(Stream.concat(Stream.of(col("customer_code")), numbers).toArray(Column[]::new));
    }
}
