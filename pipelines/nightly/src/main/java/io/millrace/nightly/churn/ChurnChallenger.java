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
import io.millrace.models.metrics.PairedBootstrap;
import io.millrace.models.metrics.PlattCalibration;
import io.millrace.models.metrics.ProbabilityScore;
import io.millrace.models.metrics.Ranking;
import io.millrace.nightly.model.Evidence;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A newly trained churn model with the figures that it has to show.
 *
 * <p>The newest day of the history is held out. Models of every kind are fitted on the days whose outcome was known by
 * then; where the history is too short for that, on all earlier days with other customers than those of the newest day.
 * The kind is chosen by log loss out of fold on what was fitted, and the champion's kind stays unless another surely has
 * less; the newest day is for judging alone. The model that is kept is of that kind and fitted on every day.
 *
 * @param model    what is to score
 * @param params   how it was made
 * @param metrics  on the newest day, of the chosen kind, {@code auc_<kind>} of each; and as means over the folds of a
 *                 cross-validation by customer {@code cv_auc} and others. What ends in {@code _uncalibrated} is before
 *                 calibration
 * @param evidence of the newest day: ours, recency alone as a probability, and the champion's kind
 */
public record ChurnChallenger(
        ChurnModel model, Map<String, String> params, Map<String, Double> metrics, Evidence evidence) {

    /** Resamples that decide whether another kind is better. */
    private static final int RESAMPLES = 1000;

    private static final double CONFIDENCE = 0.95;

    /**
     * The days that are learned from and the day that is measured on.
     *
     * @param isEmbargoed true where every outcome learned from was known on the day measured on
     */
    record Split(TrainingSet earlier, TrainingSet newest, boolean isEmbargoed) {

        /** Empty where the history has no two days with enough of both classes, or not enough customers of both. */
        static Optional<Split> of(TrainingSet history, int horizon, long seed) {
            long[] days = history.distinctDays();
            if (days.length < 2 || !ChurnTrainer.suffices(history)) {
                return Optional.empty();
            }
            long last = days[days.length - 1];
            TrainingSet newest = history.between(last, last);
            Split embargoed = new Split(history.between(Long.MIN_VALUE, last - horizon), newest, true);
            return embargoed.suffices()
                    ? Optional.of(embargoed)
                    : Optional.of(otherCustomers(history, last, seed)).filter(Split::suffices);
        }

        /** Outcomes overlap, so that a customer on both sides would be recognised: half of the customers on each. */
        private static Split otherCustomers(TrainingSet history, long last, long seed) {
            List<String> customers = IntStream.range(0, history.size())
                    .mapToObj(history::group)
                    .distinct()
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(customers, new Random(seed));
            Set<String> learned = Set.copyOf(customers.subList(0, customers.size() / 2));
            return new Split(
                    history.between(Long.MIN_VALUE, last - 1).where(learned::contains),
                    history.between(last, last).where(customer -> !learned.contains(customer)),
                    false);
        }

        private boolean suffices() {
            return ChurnTrainer.suffices(earlier) && ChurnTrainer.suffices(newest);
        }
    }

    /**
     * Trains a challenger.
     *
     * @param fitting  where the model that is kept is fitted
     * @param champion kind of the model that it has to beat, which is learned from the same rows and measured on the same
     * @return empty where the history is not enough: fewer than two days with enough of both classes
     */
    static Optional<ChurnChallenger> train(
            TrainingSet history,
            ChurnRule rule,
            ChurnTrainer.Options options,
            Fitting fitting,
            Optional<ModelKind> champion) {
        return Split.of(history, rule.horizon(), options.seed()).map(split -> {
            ChurnFit earlier = new ChurnTrainer(options, new InProcess()).fit(split.earlier());
            ModelKind kind = kind(earlier, split.earlier(), champion, options.seed());
            ChurnFit all = new ChurnTrainer(options, fitting)
                    .fit(history, earlier.boosting().depth());
            Map<String, Double> metrics = validation(earlier, kind, split.newest());
            metrics.putAll(crossValidation(all.outOfFold().get(kind)));
            Evidence evidence = new Evidence(
                    split.newest().groups(),
                    split.newest().labels(),
                    earlier.models().get(kind).probabilities(split.newest().rows()),
                    byRecency(split),
                    champion.map(c ->
                            earlier.models().get(c).probabilities(split.newest().rows())));
            return new ChurnChallenger(
                    all.models().get(kind), params(kind, all, split, history, rule, options), metrics, evidence);
        });
    }

    private static ModelKind kind(ChurnFit fit, TrainingSet earlier, Optional<ModelKind> champion, long seed) {
        ModelKind best = fit.best();
        if (champion.isEmpty() || champion.get() == best) {
            return best;
        }
        double atLeast = new PairedBootstrap(
                        earlier.labels(), earlier.groups(), new PairedBootstrap.Options(RESAMPLES, CONFIDENCE, seed))
                .gain(
                        PairedBootstrap.Metric.LOG_LOSS,
                        fit.outOfFold().get(best).calibrated(),
                        fit.outOfFold().get(champion.get()).calibrated())
                .atLeast();
        return atLeast > 0 ? best : champion.get();
    }

    /** What would be believed without a model: the longer since the last purchase, the likelier. */
    private static double[] byRecency(Split split) {
        return PlattCalibration.fit(
                        split.earlier().column(ChurnHistory.RECENCY),
                        split.earlier().labels())
                .apply(split.newest().column(ChurnHistory.RECENCY));
    }

    private static Map<String, Double> validation(ChurnFit fit, ModelKind kind, TrainingSet newest) {
        ChurnModel model = fit.models().get(kind);
        Map<String, Double> metrics = new TreeMap<>(metrics(model.probabilities(newest.rows()), newest.labels()));
        double[] raw = model.uncalibrated(newest.rows());
        metrics.put("brier_uncalibrated", ProbabilityScore.brier(raw, newest.labels()));
        metrics.put("log_loss_uncalibrated", ProbabilityScore.logLoss(raw, newest.labels()));
        for (ModelKind each : ModelKind.values()) {
            metrics.put(
                    "auc_" + each.label(),
                    Ranking.auc(fit.models().get(each).probabilities(newest.rows()), newest.labels()));
        }
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
