package io.millrace.nightly.churn;

import io.millrace.models.churn.Boosting;
import io.millrace.models.churn.ChurnFit;
import io.millrace.models.churn.ChurnModel;
import io.millrace.models.churn.ChurnTrainer;
import io.millrace.models.churn.Fitting;
import io.millrace.models.churn.InProcess;
import io.millrace.models.churn.ModelKind;
import io.millrace.models.churn.OutOfFold;
import io.millrace.models.churn.TrainingSet;
import io.millrace.models.metrics.ClassificationMetrics;
import io.millrace.models.metrics.ProbabilityScore;
import io.millrace.models.metrics.Ranking;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A newly trained churn model with the figures that it has to show.
 *
 * <p>The newest day of the history is held out. Models of every kind are fitted on the days whose outcome was known by
 * then, or where the history is too short for that on all earlier days, and the kind with the least log loss on the
 * newest day is chosen. The model that is kept is of that kind and fitted on every day.
 *
 * @param model   what is to score
 * @param params  how it was made
 * @param metrics on the newest day: {@code auc} and others of the chosen kind, {@code auc_<kind>} of each,
 *                {@code baseline_auc} of recency alone, {@code champion_auc} where there is a champion; and as means over
 *                the folds of a cross-validation by customer {@code cv_auc} and others. What ends in
 *                {@code _uncalibrated} is before calibration
 */
public record ChurnChallenger(ChurnModel model, Map<String, String> params, Map<String, Double> metrics) {

    /**
     * The days that are learned from and the day that is measured on.
     *
     * @param isEmbargoed true where every outcome learned from was known on the day measured on
     */
    record Split(TrainingSet earlier, TrainingSet newest, boolean isEmbargoed) {

        /** Empty where the history has no two days with enough of both classes, or not enough customers of both. */
        static Optional<Split> of(TrainingSet history, int horizon) {
            long[] days = history.distinctDays();
            if (days.length < 2 || !ChurnTrainer.suffices(history)) {
                return Optional.empty();
            }
            long last = days[days.length - 1];
            TrainingSet newest = history.between(last, last);
            TrainingSet known = history.between(Long.MIN_VALUE, last - horizon);
            boolean embargoed = ChurnTrainer.suffices(known);
            TrainingSet earlier = embargoed ? known : history.between(Long.MIN_VALUE, last - 1);
            return ChurnTrainer.suffices(earlier) && ChurnTrainer.suffices(newest)
                    ? Optional.of(new Split(earlier, newest, embargoed))
                    : Optional.empty();
        }
    }

    /**
     * Trains a challenger.
     *
     * @param fitting  where the model that is kept is fitted
     * @param champion the model that it has to beat, which is measured on the same rows
     * @return empty where the history is not enough: fewer than two days with enough of both classes
     */
    public static Optional<ChurnChallenger> train(
            TrainingSet history,
            ChurnRule rule,
            ChurnTrainer.Options options,
            Fitting fitting,
            Optional<ChurnModel> champion) {
        return Split.of(history, rule.horizon()).map(split -> {
            ChurnFit earlier = new ChurnTrainer(options, new InProcess()).fit(split.earlier());
            ModelKind kind = best(earlier, split.newest());
            ChurnFit all = new ChurnTrainer(options, fitting)
                    .fit(history, earlier.boosting().depth());
            Map<String, Double> metrics = validation(earlier, kind, split.newest());
            champion.ifPresent(c -> metrics.put("champion_auc", auc(c, split.newest())));
            metrics.putAll(crossValidation(all.outOfFold().get(kind)));
            return new ChurnChallenger(
                    all.models().get(kind), params(kind, all, split, history, rule, options), metrics);
        });
    }

    private static ModelKind best(ChurnFit fit, TrainingSet newest) {
        return Arrays.stream(ModelKind.values())
                .min(Comparator.comparingDouble(k ->
                        ProbabilityScore.logLoss(fit.models().get(k).probabilities(newest.rows()), newest.labels())))
                .orElseThrow();
    }

    private static Map<String, Double> validation(ChurnFit fit, ModelKind kind, TrainingSet newest) {
        ChurnModel model = fit.models().get(kind);
        Map<String, Double> metrics = new TreeMap<>(metrics(model.probabilities(newest.rows()), newest.labels()));
        double[] raw = model.uncalibrated(newest.rows());
        metrics.put("brier_uncalibrated", ProbabilityScore.brier(raw, newest.labels()));
        metrics.put("log_loss_uncalibrated", ProbabilityScore.logLoss(raw, newest.labels()));
        for (ModelKind each : ModelKind.values()) {
            metrics.put("auc_" + each.label(), auc(fit.models().get(each), newest));
        }
        metrics.put("baseline_auc", Ranking.auc(newest.column(ChurnHistory.RECENCY), newest.labels()));
        return metrics;
    }

    private static Map<String, Double> crossValidation(OutOfFold scores) {
        Map<String, Double> metrics = new TreeMap<>();
        scores.metrics().forEach((name, value) -> metrics.put("cv_" + name, value));
        Map<String, Double> raw = scores.uncalibratedMetrics();
        metrics.put("cv_brier_uncalibrated", raw.get("brier"));
        metrics.put("cv_log_loss_uncalibrated", raw.get("log_loss"));
        return metrics;
    }

    /** The ranking of a model on rows that may hold its features in another order. */
    private static double auc(ChurnModel model, TrainingSet rows) {
        return Ranking.auc(model.probabilities(model.arranged(rows)), rows.labels());
    }

    private static Map<String, Double> metrics(double[] probabilities, int[] labels) {
        return ClassificationMetrics.of(probabilities, labels, 0.5).asMap();
    }

    private static Map<String, String> params(
            ModelKind kind,
            ChurnFit fit,
            Split split,
            TrainingSet history,
            ChurnRule rule,
            ChurnTrainer.Options options) {
        Boosting boosting = fit.boosting();
        Map<String, String> params = new TreeMap<>(definition(rule, String.join(",", history.features())));
        params.put("kind", kind.label());
        params.put("xgboost_depth", Integer.toString(boosting.depth()));
        params.put("xgboost_rounds", Integer.toString(boosting.rounds()));
        params.put("folds", Integer.toString(options.folds()));
        params.put("rows", Integer.toString(history.size()));
        params.put("base_rate", Double.toString(history.positives() / (double) history.size()));
        params.put("training_dates", String.join(",", dates(history)));
        params.put("validation_embargo", Boolean.toString(split.isEmbargoed()));
        return params;
    }

    private static List<String> dates(TrainingSet history) {
        return Arrays.stream(history.distinctDays())
                .mapToObj(day -> LocalDate.ofEpochDay(day).toString())
                .toList();
    }

    /** What has to be the same for an older model to be still of use. */
    static Map<String, String> definition(ChurnRule rule, String features) {
        return Map.of(
                "horizon_days", Integer.toString(rule.horizon()),
                "active_days", Integer.toString(rule.active()),
                "features", features);
    }
}
