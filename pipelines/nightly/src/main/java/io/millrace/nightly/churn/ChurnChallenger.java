package io.millrace.nightly.churn;

import io.millrace.models.churn.ChurnFit;
import io.millrace.models.churn.ChurnModel;
import io.millrace.models.churn.ChurnTrainer;
import io.millrace.models.churn.Fitting;
import io.millrace.models.churn.InProcess;
import io.millrace.models.churn.OutOfFold;
import io.millrace.models.churn.TrainingSet;
import io.millrace.models.metrics.ClassificationMetrics;
import io.millrace.models.metrics.PairedBootstrap;
import io.millrace.models.metrics.ProbabilityScore;
import io.millrace.models.metrics.Ranking;
import io.millrace.nightly.model.Evidence;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A newly trained churn model with the figures that it has to show.
 *
 * <p>The newest day of the history is held out. Models by every recipe are fitted on the days whose outcome was known by
 * then; where the history is too short for that, on all earlier days with other customers than those of the newest day.
 * The recipe is chosen by log loss out of fold on what was fitted: the champion's, or without one recency alone, stays
 * unless another surely has less. The newest day is for judging alone. The model that is kept is by that recipe and fitted
 * on every day.
 *
 * @param model    what is to score
 * @param params   how it was made
 * @param metrics  on the newest day, by the chosen recipe, {@code auc_<recipe>} of each; and as means over the folds of a
 *                 cross-validation by customer {@code cv_auc} and others. What ends in {@code _uncalibrated} is before
 *                 calibration
 * @param evidence of the newest day: ours, the share that had left before as everybody's probability, and the champion's
 *                 recipe
 */
public record ChurnChallenger(
        ChurnModel model, Map<String, String> params, Map<String, Double> metrics, Evidence evidence) {

    /** Resamples that decide whether another recipe is better. */
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

    /** Fits by every recipe on the same rows. */
    private record Fits(ChurnFit recency, ChurnFit everything) {

        static Fits of(ChurnTrainer trainer, TrainingSet rows) {
            return new Fits(
                    trainer.fit(columns(Recipe.RECENCY, rows), Set.of(Recipe.RECENCY.kind())), trainer.fit(rows));
        }

        private ChurnFit by(Recipe recipe) {
            return switch (recipe.learns()) {
                case RECENCY -> recency;
                case EVERYTHING -> everything;
            };
        }

        private double[] outOfFold(Recipe recipe) {
            return by(recipe).outOfFold().get(recipe.kind()).calibrated();
        }

        private ChurnModel model(Recipe recipe) {
            return by(recipe).models().get(recipe.kind());
        }

        private double[] probabilities(Recipe recipe, TrainingSet rows) {
            return model(recipe).probabilities(columns(recipe, rows).rows());
        }
    }

    private static TrainingSet columns(Recipe recipe, TrainingSet rows) {
        return switch (recipe.learns()) {
            case RECENCY -> rows.only(ChurnHistory.RECENCY);
            case EVERYTHING -> rows;
        };
    }

    /**
     * Trains a challenger.
     *
     * @param fitting  where the model that is kept is fitted
     * @param champion recipe of the model that it has to beat, which is learned from the same rows and measured on the same
     * @return empty where the history is not enough: fewer than two days with enough of both classes
     */
    static Optional<ChurnChallenger> train(
            TrainingSet history,
            ChurnRule rule,
            ChurnTrainer.Options options,
            Fitting fitting,
            Optional<Recipe> champion) {
        return Split.of(history, rule.horizon(), options.seed()).map(split -> {
            Fits earlier = Fits.of(new ChurnTrainer(options, new InProcess()), split.earlier());
            Recipe recipe = recipe(earlier, split.earlier(), champion.orElse(Recipe.RECENCY), options.seed());
            ChurnFit kept = new ChurnTrainer(options, fitting).fit(columns(recipe, history), Set.of(recipe.kind()));
            Map<String, Double> metrics = validation(earlier, recipe, split.newest());
            metrics.putAll(crossValidation(kept.outOfFold().get(recipe.kind())));
            Evidence evidence = new Evidence(
                    split.newest().groups(),
                    split.newest().labels(),
                    earlier.probabilities(recipe, split.newest()),
                    shareThatLeft(split),
                    champion.map(c -> earlier.probabilities(c, split.newest())));
            return new ChurnChallenger(
                    kept.models().get(recipe.kind()),
                    params(recipe, kept, split, history, rule, options),
                    metrics,
                    evidence);
        });
    }

    /** The one that stands unless another is surely better: what cannot be told apart is not changed. */
    private static Recipe recipe(Fits fits, TrainingSet earlier, Recipe standing, long seed) {
        Recipe best = Stream.concat(Stream.of(standing), Recipe.full().stream())
                .min(Comparator.comparingDouble(
                        recipe -> ProbabilityScore.logLoss(fits.outOfFold(recipe), earlier.labels())))
                .orElseThrow();
        PairedBootstrap resamples = new PairedBootstrap(
                earlier.labels(), earlier.groups(), new PairedBootstrap.Options(RESAMPLES, CONFIDENCE, seed));
        double atLeast = resamples
                .gain(PairedBootstrap.Metric.LOG_LOSS, fits.outOfFold(best), fits.outOfFold(standing))
                .atLeast();
        return atLeast > 0 ? best : standing;
    }

    /** What would be believed of everybody without a model. */
    private static double[] shareThatLeft(Split split) {
        double[] share = new double[split.newest().size()];
        Arrays.fill(
                share, split.earlier().positives() / (double) split.earlier().size());
        return share;
    }

    private static Map<String, Double> validation(Fits fits, Recipe recipe, TrainingSet newest) {
        Map<String, Double> metrics = new TreeMap<>(metrics(fits.probabilities(recipe, newest), newest.labels()));
        double[] raw = fits.model(recipe).uncalibrated(columns(recipe, newest).rows());
        metrics.put("brier_uncalibrated", ProbabilityScore.brier(raw, newest.labels()));
        metrics.put("log_loss_uncalibrated", ProbabilityScore.logLoss(raw, newest.labels()));
        Stream.concat(Stream.of(Recipe.RECENCY), Recipe.full().stream())
                .forEach(each -> metrics.put(
                        "auc_" + each.label(), Ranking.auc(fits.probabilities(each, newest), newest.labels())));
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
            Recipe recipe,
            ChurnFit fit,
            Split split,
            TrainingSet history,
            ChurnRule rule,
            ChurnTrainer.Options options) {
        Map<String, String> params = new TreeMap<>(definition(rule, String.join(",", history.features())));
        params.putAll(recipe.params());
        params.put("members", members(fit.members().get(recipe.kind())));
        params.put("folds", Integer.toString(options.folds()));
        params.put("rows", Integer.toString(history.size()));
        params.put("base_rate", Double.toString(history.positives() / (double) history.size()));
        params.put("training_dates", String.join(",", dates(history)));
        params.put("validation_embargo", Boolean.toString(split.isEmbargoed()));
        return params;
    }

    /** As in {@code 0.31 logistic, 0.69 120 trees of depth 4}. */
    private static String members(Map<String, Double> weights) {
        return weights.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%.2f %s", e.getValue(), e.getKey()))
                .collect(Collectors.joining(", "));
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
