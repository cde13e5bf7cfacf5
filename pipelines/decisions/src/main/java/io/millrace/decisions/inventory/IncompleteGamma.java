package io.millrace.decisions.inventory;

/**
 * The regularised upper incomplete gamma function: series below a + 1, Legendre's continued fraction by Lentz's method above
 * (Abramowitz and Stegun 6.5.29 and 6.5.31).
 */
final class IncompleteGamma {

    /** A few units in the last place: with less, rounding may keep the fraction from ever settling. */
    private static final double EPSILON = 1e-15;

    private static final double TINY = 1e-300;
    private static final int MOST_TERMS = 100_000;

    private IncompleteGamma() {}

    /** Q(a, x) = Γ(a, x) / Γ(a) for a &gt; 0 and x ≥ 0. */
    static double upper(double a, double x) {
        if (x <= 0) {
            return 1;
        }
        double front = Math.exp(a * Math.log(x) - x - logGamma(a));
        return x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x);
    }

    private static double lowerSeries(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MOST_TERMS && term > EPSILON * sum; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    private static double upperFraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double fraction = d;
        double change = 0;
        for (int i = 1; i < MOST_TERMS && Math.abs(change - 1) > EPSILON; i++) {
            double numerator = -i * (i - a);
            b += 2;
            d = 1 / awayFromZero(numerator * d + b);
            c = awayFromZero(b + numerator / c);
            change = d * c;
            fraction *= change;
        }
        return fraction;
    }

    private static double awayFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** ln Γ(a): shifted above 10 by the recurrence, then Stirling's series (Abramowitz and Stegun 6.1.41). */
    static double logGamma(double a) {
        double shift = 0;
        double x = a;
        for (; x < 10; x++) {
            shift += Math.log(x);
        }
        double r = 1 / (x * x);
        double series = (1.0 / 12
                        - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * 691.0 / 360360)))))
                / x;
        return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
    }
}
