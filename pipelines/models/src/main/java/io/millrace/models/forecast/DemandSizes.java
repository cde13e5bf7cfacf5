package io.millrace.models.forecast;

import java.io.Serializable;

/**
 * How much is sold in a period with a sale, learned from all that a company sells: sizes of one thing scatter around a size of its
 * own, and those around the company's, both log-normally (a one-way random-effects model). So one large sale does not make a large
 * seller, and the fewer sales are known, the more the company's size counts.
 *
 * @param mean    of the logarithm of a size
 * @param between variance of things' own means, 0 or more
 * @param within  variance of one thing's sizes, 0 or more
 */
record DemandSizes(double mean, double between, double within) implements Serializable {

    /** Where no company is known, a thing's own sizes count alone. */
    static final DemandSizes UNKNOWN = new DemandSizes(0, 1e6, 0.25);

    /** Standard deviations of the company's sizes beyond which one is unusual. */
    private static final double UNUSUAL = 3;

    private static final int FEW = 3;

    /** What is learned from many histories one by one. */
    static final class Lessons {
        private long things;
        private double sumOfMeans;
        private double squaresOfMeans;
        private double inverse;
        private long degrees;
        private double squaresWithin;

        void add(double[] history) {
            int n = 0;
            double sum = 0;
            double squares = 0;
            for (double size : history) {
                if (size > 0) {
                    double log = Math.log(size);
                    n++;
                    sum += log;
                    squares += log * log;
                }
            }
            if (n == 0) {
                return;
            }
            double own = sum / n;
            things++;
            sumOfMeans += own;
            squaresOfMeans += own * own;
            inverse += 1.0 / n;
            degrees += n - 1;
            squaresWithin += Math.max(0, squares - n * own * own);
        }

        DemandSizes sizes() {
            if (things == 0) {
                return UNKNOWN;
            }
            double within = (squaresWithin + 1) / (degrees + 1);
            double mean = sumOfMeans / things;
            if (things == 1) {
                return new DemandSizes(mean, UNKNOWN.between, within);
            }
            double spread = (squaresOfMeans - things * mean * mean) / (things - 1);
            return new DemandSizes(mean, Math.max(0.01, spread - within * inverse / things), within);
        }
    }

    DemandSizes inUnit(int exponent) {
        return new DemandSizes(mean - exponent * Math.log(2), between, within);
    }

    /**
     * Mean and variance of the logarithm of a thing's next size, its own sizes known. Where these are few, one far beyond what the
     * company sells at a time counts as the largest that is usual: it would decide alone.
     */
    double[] next(double[] history) {
        double most = mean + UNUSUAL * Math.sqrt(between + within);
        int n = 0;
        double sum = 0;
        double tamed = 0;
        for (double size : history) {
            if (size > 0) {
                n++;
                sum += Math.log(size);
                tamed += Math.min(most, Math.log(size));
            }
        }
        double trust = n * between / (n * between + within);
        double seen = n > FEW ? sum / n : tamed / n;
        double own = n == 0 ? mean : mean + trust * (seen - mean);
        return new double[] {own, between * (1 - trust) + within};
    }
}
