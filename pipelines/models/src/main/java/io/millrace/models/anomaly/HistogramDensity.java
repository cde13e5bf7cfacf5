package io.millrace.models.anomaly;

/**
 * How thin each column is where the row lies, columns taken as independent (Goldstein and Dengel 2012, "Histogram-based outlier score"): twenty bins
 * of equal width. Sees values between the usual ones.
 */
final class HistogramDensity implements Member {

    private static final int BINS = 20;
    /** Added to each share of the fullest bin, so that one empty bin does not outvote all other columns. */
    private static final double FLOOR = 0.1;

    @Override
    public Fitted fit(double[][] rows, long seed) {
        int width = rows[0].length;
        double[] least = rows[0].clone();
        double[] greatest = rows[0].clone();
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                least[j] = Math.min(least[j], row[j]);
                greatest[j] = Math.max(greatest[j], row[j]);
            }
        }
        double[][] thin = new double[width][BINS];
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                thin[j][bin(row[j], least[j], greatest[j])]++;
            }
        }
        for (double[] bins : thin) {
            double fullest = java.util.Arrays.stream(bins).max().orElseThrow();
            java.util.Arrays.setAll(bins, b -> -Math.log(bins[b] / fullest + FLOOR));
        }
        return row -> {
            double sum = 0;
            for (int j = 0; j < width; j++) {
                if (greatest[j] > least[j]) {
                    boolean inside = row[j] >= least[j] && row[j] <= greatest[j];
                    sum += inside ? thin[j][bin(row[j], least[j], greatest[j])] : -Math.log(FLOOR);
                }
            }
            return sum;
        };
    }

    private static int bin(double value, double least, double greatest) {
        return greatest <= least ? 0 : Math.min(BINS - 1, (int) ((value - least) / (greatest - least) * BINS));
    }
}
