package io.millrace.models.anomaly;

/** Squared Euclidean distances. */
final class Distances {

    private Distances() {}

    /** To the nearest row. */
    static double nearest(double[] row, double[][] others) {
        double nearest = Double.POSITIVE_INFINITY;
        for (double[] other : others) {
            nearest = Math.min(nearest, between(row, other, nearest));
        }
        return nearest;
    }

    /** Between two rows; once it is beyond {@code enough} it is not added up to its end. */
    static double between(double[] a, double[] b, double enough) {
        double sum = 0;
        for (int j = 0; j < a.length && sum < enough; j++) {
            double d = a[j] - b[j];
            sum += d * d;
        }
        return sum;
    }
}
