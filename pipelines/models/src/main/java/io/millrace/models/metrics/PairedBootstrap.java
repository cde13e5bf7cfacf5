package io.millrace.models.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How much better one model's figure is than another's on the same rows, and how much of that the choice of cases leaves
 * standing: the paired bootstrap (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, 13.3 and 16). Entities,
 * customers say, are drawn with replacement, each with all of its rows; both models are measured on what was drawn; and
 * the lower confidence bound is a low quantile of the gains. It tells nothing of what another training would have given.
 */
public final class PairedBootstrap {

    /** Figures that models are compared by. */
    public enum Metric {
        /** See {@link Ranking#auc}. Scores may be on any scale. */
        AUC(true),
        /** See {@link Ranking#averagePrecision}. Scores may be on any scale. */
        AVERAGE_PRECISION(true),
        /** See {@link ProbabilityScore#logLoss}. Scores have to be probabilities. */
        LOG_LOSS(false),
        /** See {@link ProbabilityScore#brier}. Scores have to be probabilities. */
        BRIER(false);

        private final boolean higherBetter;

        Metric(boolean higherBetter) {
            this.higherBetter = higherBetter;
        }

        public boolean isHigherBetter() {
            return higherBetter;
        }

        /** The public name, as in {@link ClassificationMetrics#asMap}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The figure of scores, one a row. */
        public double of(double[] scores, int[] labels) {
            return switch (this) {
                case AUC -> Ranking.auc(scores, labels);
                case AVERAGE_PRECISION -> Ranking.averagePrecision(scores, labels);
                case LOG_LOSS -> ProbabilityScore.logLoss(scores, labels);
                case BRIER -> ProbabilityScore.brier(scores, labels);
            };
        }

        private Resampled resampled(double[] scores, int[] labels) {
            return switch (this) {
                case AUC -> new Ranked(scores, labels)::auc;
                case AVERAGE_PRECISION -> new Ranked(scores, labels)::averagePrecision;
                case LOG_LOSS -> mean(ProbabilityScore.logLosses(scores, labels));
                case BRIER -> mean(ProbabilityScore.squaredErrors(scores, labels));
            };
        }
    }

    /**
     * How it is drawn.
     *
     * @param resamples  100 or more; 2,000 tell a bound of 95 % to about a twentieth of a standard deviation
     * @param confidence of the bound, one-sided, between 0.5 and 1
     * @param seed       the same seed and rows give the same bound
     */
    public record Options(int resamples, double confidence, long seed) {
        public Options {
            if (resamples < 100 || !(confidence > 0.5 && confidence < 1)) {
                throw new IllegalArgumentException(
                        "The bootstrap has %d resamples and confidence %s; give 100 or more and a confidence between 0.5 and 1"
                                .formatted(resamples, confidence));
            }
        }
    }

    /**
     * By how much ours is better than theirs, in the unit of the metric; below 0 where it is worse.
     *
     * @param observed on the rows as they are
     * @param atLeast  lower confidence bound: a difference shows where it is above 0. Negative infinity where a metric
     *                 is not defined on too many of the resamples, because a class is hardly there
     */
    public record Gain(double observed, double atLeast) {}

    /** A figure of rows of which each counts as often as it was drawn. NaN where it is not defined. */
    private interface Resampled {
        double of(int[] timesOfRow);
    }

    private final int[] labels;
    private final int[] entityOfRow;
    private final int entities;
    private final Options options;

    /**
     * @param labels   0 or 1, one a row
     * @param entities whom a row is about, one a row; rows of one entity are drawn together
     */
    public PairedBootstrap(int[] labels, String[] entities, Options options) {
        if (entities.length != labels.length) {
            throw new IllegalArgumentException("There are %d labels and %d entities: give one of each for each row."
                    .formatted(labels.length, entities.length));
        }
        Map<String, Integer> numbers = new HashMap<>();
        this.labels = labels.clone();
        this.entityOfRow = Arrays.stream(entities)
                .mapToInt(entity -> numbers.computeIfAbsent(entity, e -> numbers.size()))
                .toArray();
        this.entities = numbers.size();
        this.options = options;
    }

    /** Rows that are each about an entity of their own. */
    public static PairedBootstrap ofRows(int[] labels, Options options) {
        String[] entities =
                IntStream.range(0, labels.length).mapToObj(Integer::toString).toArray(String[]::new);
        return new PairedBootstrap(labels, entities, options);
    }

    /**
     * What {@code ours} gains over {@code theirs}, both one score a row.
     *
     * @throws IllegalArgumentException for scores that the metric does not take
     */
    public Gain gain(Metric metric, double[] ours, double[] theirs) {
        Resampled our = metric.resampled(ours, labels);
        Resampled their = metric.resampled(theirs, labels);
        double sign = metric.isHigherBetter() ? 1 : -1;
        int[] times = new int[labels.length];
        Arrays.fill(times, 1);
        double observed = our.of(times) - their.of(times);
        double[] gains = new double[options.resamples()];
        SplittableRandom random = new SplittableRandom(options.seed());
        for (int r = 0; r < gains.length; r++) {
            draw(random, times);
            double gain = sign * (our.of(times) - their.of(times));
            gains[r] = Double.isNaN(gain) ? Double.NEGATIVE_INFINITY : gain;
        }
        Arrays.sort(gains);
        // Adding 0 makes of -0 a 0.
        return new Gain(
                sign * observed + 0.0, gains[(int) Math.floor((1 - options.confidence()) * gains.length)] + 0.0);
    }

    /** As many entities as there are, with replacement. */
    private void draw(SplittableRandom random, int[] timesOfRow) {
        int[] times = new int[entities];
        for (int draw = 0; draw < entities; draw++) {
            times[random.nextInt(entities)]++;
        }
        for (int row = 0; row < timesOfRow.length; row++) {
            timesOfRow[row] = times[entityOfRow[row]];
        }
    }

    private static Resampled mean(double[] losses) {
        return times -> {
            double sum = 0;
            long count = 0;
            for (int row = 0; row < losses.length; row++) {
                sum += times[row] * losses[row];
                count += times[row];
            }
            return sum / count;
        };
    }

    /** Rows in the order of their scores, the highest first, sorted once for all resamples. */
    private static final class Ranked {
        private final int[] order;
        private final boolean[] endsTie;
        private final int[] labels;

        Ranked(double[] scores, int[] labels) {
            Scored.check(scores, labels);
            this.order = Ranking.descending(scores);
            this.labels = labels;
            this.endsTie = new boolean[order.length];
            for (int i = 0; i < order.length; i++) {
                endsTie[i] = i == order.length - 1 || scores[order[i]] != scores[order[i + 1]];
            }
        }

        double auc(int[] times) {
            double positives = 0;
            double negatives = 0;
            double tiedPositives = 0;
            double tiedNegatives = 0;
            double wins = 0;
            for (int i = 0; i < order.length; i++) {
                int row = order[i];
                tiedPositives += times[row] * labels[row];
                tiedNegatives += times[row] * (1 - labels[row]);
                if (endsTie[i]) {
                    wins += tiedNegatives * (positives + 0.5 * tiedPositives);
                    positives += tiedPositives;
                    negatives += tiedNegatives;
                    tiedPositives = 0;
                    tiedNegatives = 0;
                }
            }
            return wins / (positives * negatives);
        }

        double averagePrecision(int[] times) {
            double found = 0;
            double seen = 0;
            double gained = 0;
            double sum = 0;
            for (int i = 0; i < order.length; i++) {
                int row = order[i];
                seen += times[row];
                gained += times[row] * labels[row];
                if (endsTie[i] && gained > 0) {
                    found += gained;
                    sum += gained * found / seen;
                    gained = 0;
                }
            }
            return sum / found;
        }
    }
}
