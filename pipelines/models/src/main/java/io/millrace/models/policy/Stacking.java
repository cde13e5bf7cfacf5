package io.millrace.models.policy;

import java.util.List;

/**
 * How much each of a few forecasts counts: weights of least squares, none below 0, on forecasts out of fold (stacking: Wolpert, 1992;
 * Breiman, "Stacked regressions", 1996). What the weights leave of one counts for a constant.
 *
 * @param constant what a forecast is measured from
 * @param weights  one a forecast, at least 0
 */
@SuppressWarnings("ArrayRecordComponent")
record Stacking(double constant, double[] weights) {

    /** Of a variance that is nearly 0 there is nothing to tell. */
    private static final double RIDGE = 1e-9;

    /**
     * The best weights: there are so few forecasts that every choice among them is tried.
     *
     * @param forecasts one array a forecast, one value a row
     * @param targets   one a row
     * @param constant  what stands for no forecast, such as the mean of the targets
     */
    static Stacking fit(List<double[]> forecasts, double[] targets, double constant) {
        int count = forecasts.size();
        double[][] moments = new double[count][count];
        double[] withTarget = new double[count];
        for (int a = 0; a < count; a++) {
            for (int i = 0; i < targets.length; i++) {
                double x = forecasts.get(a)[i] - constant;
                withTarget[a] += x * (targets[i] - constant);
                for (int b = 0; b < count; b++) {
                    moments[a][b] += x * (forecasts.get(b)[i] - constant);
                }
            }
        }
        double[] best = new double[count];
        double most = 0;
        for (int chosen = 1; chosen < 1 << count; chosen++) {
            double[] weights = solve(moments, withTarget, chosen);
            double explained = 0;
            boolean negative = false;
            for (int a = 0; a < count; a++) {
                explained += weights[a] * withTarget[a];
                negative |= weights[a] < 0;
            }
            if (!negative && explained > most) {
                most = explained;
                best = weights;
            }
        }
        return new Stacking(constant, best);
    }

    /** Least squares with the forecasts whose bits are set, by Gaussian elimination. */
    private static double[] solve(double[][] moments, double[] withTarget, int chosen) {
        int count = withTarget.length;
        double[][] system = new double[count][count + 1];
        for (int a = 0; a < count; a++) {
            boolean in = (chosen >> a & 1) == 1;
            for (int b = 0; b < count; b++) {
                boolean both = in && (chosen >> b & 1) == 1;
                system[a][b] = both ? moments[a][b] * (a == b ? 1 + RIDGE : 1) : 0;
            }
            system[a][a] = in && system[a][a] > 0 ? system[a][a] : 1;
            system[a][count] = in ? withTarget[a] : 0;
        }
        for (int p = 0; p < count; p++) {
            for (int r = 0; r < count; r++) {
                double factor = r == p ? 0 : system[r][p] / system[p][p];
                for (int c = p; factor != 0 && c <= count; c++) {
                    system[r][c] -= factor * system[p][c];
                }
            }
        }
        double[] weights = new double[count];
        for (int a = 0; a < count; a++) {
            weights[a] = system[a][count] / system[a][a];
        }
        return weights;
    }

    /** The stacked forecast of one row. @param said what each forecast says */
    double of(double... said) {
        double sum = constant;
        for (int m = 0; m < weights.length; m++) {
            sum += weights[m] * (said[m] - constant);
        }
        return sum;
    }
}
