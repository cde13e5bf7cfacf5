package io.millrace.models.value;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;

/** Means over customers by plain integration of the densities, slow and obvious. */
final class Quadrature {

    private static final int PIECES = 60;
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(12, 0, 1);

    private Quadrature() {}

    /** A density of something that is above 0, up to where nothing of it is left. */
    record Density(DoubleUnaryOperator at, double end) {

        static Density gamma(double shape, double rate) {
            GammaDistribution gamma = new GammaDistribution(shape, 1 / rate);
            return new Density(gamma::density, gamma.inverseCumulativeProbability(1 - 1e-13));
        }

        static Density beta(double a, double b) {
            return new Density(new BetaDistribution(a, b)::density, 1);
        }
    }

    /** The mean of a function of two independent variables. */
    static double mean(Density first, Density second, DoubleBinaryOperator function) {
        return integral(
                first.end,
                u -> first.at.applyAsDouble(u)
                        * integral(second.end, v -> second.at.applyAsDouble(v) * function.applyAsDouble(u, v)));
    }

    /** From 0, finer towards it. */
    static double integral(double end, DoubleUnaryOperator function) {
        double sum = 0;
        double from = 0;
        for (int piece = 1; piece <= PIECES; piece++) {
            double to = end * Math.pow((double) piece / PIECES, 3);
            for (int i = 0; i < RULE.getNumberOfPoints(); i++) {
                sum += (to - from) * RULE.getWeight(i) * function.applyAsDouble(from + (to - from) * RULE.getPoint(i));
            }
            from = to;
        }
        return sum;
    }
}
