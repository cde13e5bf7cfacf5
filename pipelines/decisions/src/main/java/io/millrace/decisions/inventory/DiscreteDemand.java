package io.millrace.decisions.inventory;

import io.millrace.decisions.Require;
import java.util.function.IntToDoubleFunction;

/**
 * Demand in whole units with a probability for each of 0, 1, 2, …; tails below 1e-15 are cut off.
 *
 * <p>Probabilities, tail sums and losses are tabled once, so that every question afterwards costs one look-up.
 */
public final class DiscreteDemand implements DemandDistribution {

    private static final double NEGLIGIBLE = 1e-18;
    /** Entries of the longest table, 80 MB. */
    private static final int MOST_COUNTS = 10_000_000;

    private final double[] pmf;
    private final double[] tail;
    private final double[] loss;
    private final double mean;
    private final double variance;

    private DiscreteDemand(double[] pmf) {
        this.pmf = pmf;
        int n = pmf.length;
        tail = new double[n];
        loss = new double[n];
        for (int k = n - 2; k >= 0; k--) {
            tail[k] = tail[k + 1] + pmf[k + 1];
            loss[k] = loss[k + 1] + tail[k];
        }
        mean = loss[0];
        variance = varianceOf(pmf, mean);
    }

    private static double varianceOf(double[] pmf, double mean) {
        double sum = 0;
        for (int k = 0; k < pmf.length; k++) {
            sum += pmf[k] * (k - mean) * (k - mean);
        }
        return sum;
    }

    /** The demand whose probability of k units is {@code probabilities[k]}; they must add up to 1 within 1e-6. */
    public static DiscreteDemand of(double... probabilities) {
        double sum = 0;
        for (double p : probabilities) {
            sum += Require.notNegative("probability of a demand", p);
        }
        Require.that(Math.abs(sum - 1) < 1e-6, "demand probabilities add up to %s; they must add up to 1", sum);
        return normalised(probabilities.clone(), sum);
    }

    /** Always the same number of units. */
    public static DiscreteDemand constant(int units) {
        double[] pmf = new double[Require.atLeast("demand", units, 0) + 1];
        pmf[units] = 1;
        return new DiscreteDemand(pmf);
    }

    /** What was observed, each period as probable as any other. Values are whole and not negative. */
    public static DiscreteDemand empirical(double... history) {
        Require.that(history.length > 0, "demand history is empty; give at least one period");
        int most = 0;
        for (double units : history) {
            Require.that(
                    units >= 0 && units == Math.rint(units) && units < 1e7,
                    "demand of %s in the history; an empirical distribution needs whole units of 0 or more",
                    units);
            most = Math.max(most, (int) units);
        }
        double[] pmf = new double[most + 1];
        for (double units : history) {
            pmf[(int) units] += 1.0 / history.length;
        }
        return normalised(pmf, 1);
    }

    /** Poisson demand with this mean. */
    public static DiscreteDemand poisson(double mean) {
        Require.notNegative("mean demand", mean);
        return fromRatios((int) mean, k -> mean / k);
    }

    /**
     * Negative binomial demand: counts whose variance exceeds their mean, the usual choice for slow and intermittent items
     * (Syntetos and Boylan, On the stock control performance of intermittent demand estimators, 2006; Snyder, Ord and
     * Beaumont, 2012).
     */
    public static DiscreteDemand negativeBinomial(double mean, double variance) {
        Require.positive("mean demand", mean);
        Require.that(
                variance > mean && Double.isFinite(variance),
                "variance %s of negative binomial demand does not exceed its mean %s; use Poisson demand",
                variance,
                mean);
        double size = mean * mean / (variance - mean);
        double failure = 1 - mean / variance;
        int mode = size > 1 ? (int) ((size - 1) * failure / (1 - failure)) : 0;
        return fromRatios(mode, k -> (k - 1 + size) / k * failure);
    }

    /** Binomial demand: counts whose variance is below their mean. {@code trials} is at least 1, {@code p} below 1. */
    public static DiscreteDemand binomial(int trials, double p) {
        Require.atLeast("trials", trials, 1);
        Require.between("probability of a demand", p, 0, 1 - 1e-12);
        double odds = p / (1 - p);
        return fromRatios((int) (trials * p), k -> (trials - k + 1.0) / k * odds);
    }

    /** Normal demand rounded to whole units; what falls below 0 counts as 0. */
    public static DiscreteDemand roundedNormal(double mean, double standardDeviation) {
        Require.notNegative("mean demand", mean);
        if (standardDeviation == 0) {
            return betweenNeighbours(mean);
        }
        double[] pmf = new double[(int) Math.ceil(mean + 9 * standardDeviation) + 2];
        double below = 0;
        for (int k = 0; k < pmf.length; k++) {
            double upTo = StandardNormal.cdf((k + 0.5 - mean) / standardDeviation);
            pmf[k] = upTo - below;
            below = upTo;
        }
        return normalised(pmf, below);
    }

    private static DiscreteDemand betweenNeighbours(double mean) {
        int floor = (int) mean;
        double[] pmf = new double[floor + 2];
        pmf[floor + 1] = mean - floor;
        pmf[floor] = 1 - pmf[floor + 1];
        return normalised(pmf, 1);
    }

    /**
     * Builds the table outward from a mode by p(k) = ratio(k) p(k − 1), then normalises: no factorials, no underflow at large
     * means.
     */
    private static DiscreteDemand fromRatios(int mode, IntToDoubleFunction ratio) {
        int last = mode;
        for (double p = 1; p > NEGLIGIBLE; last++) {
            Require.that(last < MOST_COUNTS, "demand varies too much to be tabled: counts go beyond %s", MOST_COUNTS);
            p *= ratio.applyAsDouble(last + 1);
        }
        double[] pmf = new double[last + 1];
        pmf[mode] = 1;
        double sum = 1;
        for (int k = mode + 1; k <= last; k++) {
            pmf[k] = pmf[k - 1] * ratio.applyAsDouble(k);
            sum += pmf[k];
        }
        for (int k = mode; k >= 1 && pmf[k] > NEGLIGIBLE; k--) {
            pmf[k - 1] = pmf[k] / ratio.applyAsDouble(k);
            sum += pmf[k - 1];
        }
        return normalised(pmf, sum);
    }

    private static DiscreteDemand normalised(double[] pmf, double sum) {
        int n = pmf.length;
        while (n > 1 && pmf[n - 1] <= NEGLIGIBLE * sum) {
            n--;
        }
        double[] scaled = new double[n];
        for (int k = 0; k < n; k++) {
            scaled[k] = pmf[k] / sum;
        }
        return new DiscreteDemand(scaled);
    }

    /** Demand of both together when they are independent. */
    public DiscreteDemand plus(DiscreteDemand other) {
        double[] sum = new double[pmf.length + other.pmf.length - 1];
        for (int i = 0; i < pmf.length; i++) {
            double p = pmf[i];
            if (p > 0) {
                for (int j = 0; j < other.pmf.length; j++) {
                    sum[i + j] += p * other.pmf[j];
                }
            }
        }
        return normalised(sum, 1);
    }

    /** Demand over so many independent periods, each distributed like this one. */
    public DiscreteDemand over(int periods) {
        DiscreteDemand total = constant(0);
        DiscreteDemand power = this;
        for (int left = Require.atLeast("number of periods", periods, 0); left > 0; left >>= 1) {
            total = (left & 1) == 1 ? total.plus(power) : total;
            power = left > 1 ? power.plus(power) : power;
        }
        return total;
    }

    /** Probability of exactly so many units. */
    public double probability(int units) {
        return units < 0 || units >= pmf.length ? 0 : pmf[units];
    }

    /** The largest demand with a probability. */
    public int largest() {
        return pmf.length - 1;
    }

    @Override
    public double mean() {
        return mean;
    }

    @Override
    public double variance() {
        return variance;
    }

    @Override
    public double cdf(double x) {
        if (x < 0) {
            return 0;
        }
        return x >= pmf.length - 1 ? 1 : 1 - tail[(int) x];
    }

    @Override
    public double quantile(double p) {
        Require.between("probability", p, 0, 1);
        int low = 0;
        int high = pmf.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tail[middle] <= 1 - p) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public double loss(double x) {
        if (x < 0) {
            return mean - x;
        }
        if (x >= pmf.length - 1) {
            return 0;
        }
        int floor = (int) x;
        return loss[floor] - (x - floor) * tail[floor];
    }
}
