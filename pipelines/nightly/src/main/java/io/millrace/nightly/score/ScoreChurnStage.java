package io.millrace.nightly.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.millrace.features.FeatureView;
import io.millrace.models.churn.ChurnModel;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.train.ChurnHistory;
import io.millrace.nightly.train.ChurnRule;
import io.millrace.nightly.train.TrainChurnStage;
import io.millrace.registry.ModelVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Scores active customers with the champion of the business date. Without a champion nothing is written, and decisions
 * that need a score make none.
 */
public final class ScoreChurnStage implements Stage {

    private static final String TABLE = "gold.churn_score";
    private static final String YEAR_REVENUE = "monetary_365d";
    private static final String TENURE = "tenure_days";

    @Override
    public String name() {
        return "score-churn";
    }

    @Override
    public String about() {
        return "score active customers with the champion";
    }

    @Override
    public List<String> reads() {
        return List.of("features." + ChurnHistory.VIEW, "ops.model_alias");
    }

    @Override
    public List<String> writes() {
        return List.of(TABLE);
    }

    @Override
    public String heeds(Night night) {
        return ChurnRule.of(night.settings().churn()) + " "
                + night.settings().churn().grossMargin();
    }

    @Override
    public Outcome run(Night night) {
        Optional<ModelVersion> champion = night.registry().championAt(TrainChurnStage.MODEL, night.date());
        if (champion.isEmpty()) {
            return Outcome.of(0, 0, "no champion yet, so nobody is scored; train-churn says why");
        }
        ModelVersion version = champion.get();
        byte[] artefact = night.registry().artefact(version);
        ChurnRule rule = ChurnRule.of(night.settings().churn());
        Broadcast<byte[]> shared = JavaSparkContext.fromSparkContext(
                        night.lake().spark().sparkContext())
                .broadcast(artefact);
        ChurnScorer scorer = new ChurnScorer(
                shared,
                night.date(),
                version.name(),
                version.version(),
                new ValueAtRisk(rule.horizon(), night.settings().churn().grossMargin()));
        Dataset<Row> scores = customers(night, rule, ChurnModel.ofBytes(artefact))
                .mapPartitions(scorer, Encoders.row(night.lake().read(TABLE).schema()));
        night.lake().replaceDate(TABLE, night.date(), scores);
        long rows = night.lake().lastWrite(TABLE);
        return Outcome.of(rows, rows, "%d active customers scored by %s".formatted(rows, version.id()));
    }

    /** Active customers as the scorer takes them. A feature that the view no longer has is missing for everybody. */
    private static Dataset<Row> customers(Night night, ChurnRule rule, ChurnModel model) {
        FeatureView view = night.views().get(ChurnHistory.VIEW);
        Set<String> present =
                view.features().stream().map(io.millrace.contracts.Column::name).collect(Collectors.toSet());
        Stream<String> wanted = Stream.concat(Stream.of(YEAR_REVENUE, TENURE), model.features().stream());
        Column[] numbers = wanted.map(f -> (present.contains(f) ? col(f) : lit(null)).cast("double"))
                .toArray(Column[]::new);
        Column[] columns = Stream.concat(Stream.of(col("customer_code")), Stream.of(numbers))
                .toArray(Column[]::new);
        return night.features()
                .serving(view, night.date())
                .filter(col(ChurnHistory.RECENCY).lt(rule.active()))
                .select(columns);
    }
}
