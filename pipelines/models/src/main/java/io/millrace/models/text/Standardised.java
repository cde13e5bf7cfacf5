package io.millrace.models.text;

/**
 * Columns brought to mean 0 and standard deviation 1 of the rows that were learned from.
 *
 * @param means  one a column
 * @param scales one a column, above 0
 */
@SuppressWarnings("ArrayRecordComponent")
record Standardised(float[] means, float[] scales) {

    /** Below it a column counts as constant, and is left as it is. */
    private static final double LEAST = 1e-9;

    static Standardised of(float[][] rows) {
        int width = rows[0].length;
        float[] means = new float[width];
        float[] scales = new float[width];
        for (int j = 0; j < width; j++) {
            double sum = 0;
            double squares = 0;
            for (float[] row : rows) {
                sum += row[j];
                squares += (double) row[j] * row[j];
            }
            double mean = sum / rows.length;
            double deviation = Math.sqrt(Math.max(0, squares / rows.length - mean * mean));
            means[j] = (float) mean;
            scales[j] = deviation < LEAST ? 1 : (float) deviation;
        }
        return new Standardised(means, scales);
    }

    FeatureRows.Dense rows(float[][] rows) {
        float[][] scaled = new float[rows.length][means.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < means.length; j++) {
                scaled[i][j] = (rows[i][j] - means[j]) / scales[j];
            }
        }
        return new FeatureRows.Dense(scaled, means.length);
    }
}
