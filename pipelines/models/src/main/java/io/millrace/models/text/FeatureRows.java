package io.millrace.models.text;

import java.util.Arrays;

/** Rows of numbers for a linear model, dense or mostly zero. */
sealed interface FeatureRows {

    int size();

    /** Columns of a row. */
    int width();

    /** The sum of a row's values times the weights that begin at {@code from}. */
    double dot(int row, double[] weights, int from);

    /** Adds {@code factor} times a row's values to the sums that begin at {@code from}. */
    void addTo(double[] sums, int from, int row, double factor);

    /** The rows at these places, in this order. */
    FeatureRows select(int[] places);

    /** Every column of every row. */
    @SuppressWarnings("ArrayRecordComponent")
    record Dense(float[][] values, int width) implements FeatureRows {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public double dot(int row, double[] weights, int from) {
            float[] of = values[row];
            // Four sums at a time: one alone would wait for each addition.
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            int j = 0;
            for (; j + 3 < width; j += 4) {
                a += of[j] * weights[from + j];
                b += of[j + 1] * weights[from + j + 1];
                c += of[j + 2] * weights[from + j + 2];
                d += of[j + 3] * weights[from + j + 3];
            }
            for (; j < width; j++) {
                a += of[j] * weights[from + j];
            }
            return a + b + c + d;
        }

        @Override
        public void addTo(double[] sums, int from, int row, double factor) {
            float[] of = values[row];
            for (int j = 0; j < width; j++) {
                sums[from + j] += factor * of[j];
            }
        }

        @Override
        public Dense select(int[] places) {
            return new Dense(Arrays.stream(places).mapToObj(i -> values[i]).toArray(float[][]::new), width);
        }
    }

    /**
     * Few columns of each row.
     *
     * @param columns places of the values, ascending; one array a row
     * @param values  the values at these places
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sparse(int[][] columns, float[][] values, int width) implements FeatureRows {

        @Override
        public int size() {
            return columns.length;
        }

        @Override
        public double dot(int row, double[] weights, int from) {
            double sum = 0;
            for (int k = 0; k < columns[row].length; k++) {
                sum += values[row][k] * weights[from + columns[row][k]];
            }
            return sum;
        }

        @Override
        public void addTo(double[] sums, int from, int row, double factor) {
            for (int k = 0; k < columns[row].length; k++) {
                sums[from + columns[row][k]] += factor * values[row][k];
            }
        }

        @Override
        public Sparse select(int[] places) {
            return new Sparse(
                    Arrays.stream(places).mapToObj(i -> columns[i]).toArray(int[][]::new),
                    Arrays.stream(places).mapToObj(i -> values[i]).toArray(float[][]::new),
                    width);
        }
    }
}
