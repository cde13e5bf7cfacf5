package io.millrace.models.forecast;

/** The straight line of least squares through a series, at whose first point time is 0. */
final class Line {

    private final double intercept;
    private final double slope;

    Line(double[] values) {
        int n = values.length;
        double centre = (n - 1) / 2.0;
        double sum = 0;
        double product = 0;
        for (int t = 0; t < n; t++) {
            sum += values[t];
            product += (t - centre) * values[t];
        }
        double spread = n * ((double) n * n - 1) / 12;
        slope = n == 1 ? 0 : product / spread;
        intercept = sum / n - slope * centre;
    }

    double slope() {
        return slope;
    }

    double at(int t) {
        return intercept + slope * t;
    }
}
