package io.millrace.nightly.train;

import io.millrace.features.FeatureStore;
import io.millrace.features.FeatureView;
import io.millrace.models.churn.ChurnModel;
import io.millrace.models.churn.ChurnTrainer;
import io.millrace.models.churn.TrainingSet;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.settings.Settings;
import io.millrace.registry.Candidate;
import io.millrace.registry.Gate;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.ModelVersion;
import io.millrace.registry.Promotion;
import io.millrace.registry.Provenance;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains the churn model when it is due, registers it, and lets it challenge the champion. While the history is too
 * short there is no model and no score, which is no failure: the note says so, and every later night tries again.
 */
public final class TrainChurnStage implements Stage {

    /** The registered model. */
    public static final String MODEL = "churn";

    @Override
    public String name() {
        return "train-churn";
    }

    @Override
    public String about() {
        return "train the churn model when it is due, challenger against champion";
    }

    @Override
    public List<String> reads() {
        return List.of(
                "silver.sales_line", "silver.campaign_contact", "silver.feedback", "features." + ChurnHistory.VIEW);
    }

    @Override
    public List<String> writes() {
        return List.of("ops.model_version", "ops.model_alias");
    }

    @Override
    public String heeds(Night night) {
        return night.settings().churn().toString();
    }

    @Override
    public Outcome run(Night night) {
        ChurnRule rule = ChurnRule.of(night.settings().churn());
        FeatureView view = night.views().get(ChurnHistory.VIEW);
        Optional<String> undue =
                undue(night, ChurnChallenger.definition(rule, String.join(",", ChurnHistory.features(view))));
        if (undue.isPresent()) {
            return Outcome.of(0, 0, undue.get());
        }
        Map<String, Long> versions = versions(night, view);
        TrainingSet history = history(night, view, rule, versions);
        Optional<ModelVersion> champion = night.registry().championAt(MODEL, night.date());
        Settings.Churn settings = night.settings().churn();
        Optional<ChurnChallenger> challenger = ChurnChallenger.train(
                history,
                rule,
                new ChurnTrainer.Options(
                        settings.folds(),
                        night.settings().seed(),
                        Runtime.getRuntime().availableProcessors()),
                new SparkFitting(night.lake().spark()),
                champion.map(c -> ChurnModel.ofBytes(night.registry().artefact(c))));
        return challenger
                .map(c -> challenge(night, c, history, versions))
                .orElseGet(() -> Outcome.of(
                        history.size(),
                        0,
                        "not enough history: %d rows on %d past dates, and at least two dates with customers who left and customers who stayed are needed"
                                .formatted(history.size(), history.distinctDays().length)));
    }

    /** Why no training is due, or empty where it is. What this night itself trained before does not count. */
    private static Optional<String> undue(Night night, Map<String, String> definition) {
        ModelRegistry registry = night.registry();
        if (registry.championAt(MODEL, night.date()).isEmpty()) {
            return Optional.empty();
        }
        return registry.versions(MODEL).stream()
                .filter(v -> v.provenance().businessDate().isBefore(night.date()))
                .max(Comparator.comparing((ModelVersion v) -> v.provenance().businessDate())
                        .thenComparing(ModelVersion::version))
                .filter(last -> last.params().entrySet().containsAll(definition.entrySet()))
                .filter(last -> dueOn(last, night).isAfter(night.date()))
                .map(last -> "not due before %s: %s was trained on %s"
                        .formatted(
                                dueOn(last, night), last.id(), last.provenance().businessDate()));
    }

    private static LocalDate dueOn(ModelVersion last, Night night) {
        return last.provenance()
                .businessDate()
                .plusDays(night.settings().churn().retrainAfter().toDays());
    }

    /** The versions of the tables that are learned from, which the registry keeps with the model. */
    private static Map<String, Long> versions(Night night, FeatureView view) {
        Map<String, Long> versions = new TreeMap<>();
        Stream.concat(view.tables().stream(), Stream.of("silver.sales_line"))
                .distinct()
                .forEach(table -> {
                    long latest = night.versions().latest(table);
                    if (latest >= 0) {
                        versions.put(table, latest);
                    }
                });
        return versions;
    }

    private static TrainingSet history(Night night, FeatureView view, ChurnRule rule, Map<String, Long> versions) {
        Function<String, Dataset<Row>> tables = table -> versions.containsKey(table)
                ? night.lake().readAt(table, versions.get(table))
                : night.lake().read(table);
        FeatureStore store = new FeatureStore(night.lake(), tables);
        return new ChurnHistory(store, view, tables, rule).asKnownOn(night.date());
    }

    private static Outcome challenge(
            Night night, ChurnChallenger challenger, TrainingSet history, Map<String, Long> versions) {
        Provenance provenance = new Provenance(
                night.date(), night.runId(), CodeVersion.get(), night.settings().seed(), versions);
        ModelVersion version = night.registry()
                .register(new Candidate(
                        MODEL,
                        challenger.params(),
                        challenger.metrics(),
                        challenger.model().toBytes(),
                        provenance));
        double margin = night.settings().churn().margin();
        Promotion decision = night.registry().promote(version, new Gate("auc", true, margin, margin));
        String note = String.format(
                Locale.ROOT,
                "%s (%s, %d dates) %s: %s",
                version.id(),
                version.params().get("kind"),
                history.distinctDays().length,
                decision.isChampion() ? "is champion" : "was refused",
                decision.reason());
        return Outcome.of(history.size(), 1, note);
    }
}
