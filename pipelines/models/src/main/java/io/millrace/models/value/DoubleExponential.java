package io.millrace.models.value;

/**
 * Places and weights of an integral from 0 to 1 that crowd at both ends, so that it does not matter how fast the integrand rises or falls there
 * (Takahasi and Mori, "Double exponential formulas for numerical integration", 1974).
 */
final class DoubleExponential {

    static final int NODES = 41;
    static final double[] PLACE = new double[NODES];
    static final double[] WEIGHT = new double[NODES];

    private static final double STEP = 0.15;

    static {
        for (int i = 0; i < NODES; i++) {
            double t = (i - NODES / 2) * STEP;
            double reach = Math.exp(-Math.PI * Math.sinh(t));
            PLACE[i] = 1 / (1 + reach);
            // Less than 1 by reach / (1 + reach): both factors are exact at either end.
            WEIGHT[i] = STEP * Math.PI * Math.cosh(t) * PLACE[i] * (reach / (1 + reach));
        }
    }

    private DoubleExponential() {}
}
