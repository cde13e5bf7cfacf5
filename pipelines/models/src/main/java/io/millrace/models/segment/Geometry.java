package io.millrace.models.segment;

/** Euclidean distances. */
final class Geometry {

    private Geometry() {}

    static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            double d = a[j] - b[j];
            sum += d * d;
        }
        return sum;
    }
}
