package io.millrace.models.anomaly;

/** How far a row is from the mean, each column in standard deviations: the yardstick that needs no model. */
final class DistanceToMean implements Member {

    @Override
    public Fitted fit(double[][] rows, long seed) {
        Scale scale = Scale.standard(rows);
        double[] mean = new double[rows[0].length];
        return row -> Distances.between(scale.of(row), mean, Double.POSITIVE_INFINITY);
    }
}
