package io.millrace.models.churn;

/**
 * Ridge logistic regression by Newton's method, also known as iteratively reweighted least squares (Hastie, Tibshirani
 * and Friedman, The Elements of Statistical Learning, 2009, 4.4.1). Minimises the mean log loss plus half the ridge
 * times the squared coefficients; the intercept is free.
 */
final class NewtonLogistic {

    private static final int MOST_STEPS = 50;
    private static final double PRECISION = 1e-10;

    private final double[][] terms;
    private final int[] labels;
    private final double[] offsets;
    private final double ridge;
    private final int width;

    NewtonLogistic(double[][] terms, int[] labels, double ridge) {
        this(terms, labels, new double[labels.length], ridge);
    }

    /** @param offsets log-odds that each row has beside its terms */
    NewtonLogistic(double[][] terms, int[] labels, double[] offsets, double ridge) {
        this.terms = terms;
        this.labels = labels;
        this.offsets = offsets;
        this.ridge = ridge;
        this.width = terms[0].length + 1;
    }

    /** The coefficients, and the intercept behind them. */
    double[] solve() {
        double[] beta = new double[width];
        double loss = loss(beta);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] direction = direction(beta);
            double size = 1;
            double[] next = moved(beta, direction, size);
            double nextLoss = loss(next);
            while (nextLoss > loss && size > 1e-6) {
                size /= 2;
                next = moved(beta, direction, size);
                nextLoss = loss(next);
            }
            boolean done = loss - nextLoss < PRECISION;
            if (nextLoss <= loss) {
                beta = next;
                loss = nextLoss;
            }
            if (done) {
                return beta;
            }
        }
        return beta;
    }

    private static double[] moved(double[] beta, double[] direction, double size) {
        double[] moved = beta.clone();
        for (int t = 0; t < moved.length; t++) {
            moved[t] -= size * direction[t];
        }
        return moved;
    }

    private double margin(double[] beta, int i) {
        double[] row = terms[i];
        double sum = offsets[i] + beta[width - 1];
        for (int t = 0; t < width - 1; t++) {
            sum += beta[t] * row[t];
        }
        return sum;
    }

    private double loss(double[] beta) {
        double sum = 0;
        for (int i = 0; i < terms.length; i++) {
            double margin = margin(beta, i);
            double signed = labels[i] == 1 ? -margin : margin;
            sum += signed > 0 ? signed + Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed));
        }
        double squares = 0;
        for (int t = 0; t < width - 1; t++) {
            squares += beta[t] * beta[t];
        }
        return sum / terms.length + ridge / 2 * squares;
    }

    /** Inverse Hessian times gradient. */
    private double[] direction(double[] beta) {
        double[] gradient = new double[width];
        double[] weights = new double[terms.length];
        for (int i = 0; i < terms.length; i++) {
            double p = 1 / (1 + Math.exp(-margin(beta, i)));
            weights[i] = p * (1 - p);
            double[] row = terms[i];
            double residual = p - labels[i];
            for (int t = 0; t < width - 1; t++) {
                gradient[t] += residual * row[t];
            }
            gradient[width - 1] += residual;
        }
        double[][] hessian = hessian(weights);
        for (int t = 0; t < width; t++) {
            gradient[t] = gradient[t] / terms.length + (t < width - 1 ? ridge * beta[t] : 0);
            for (int u = 0; u <= t; u++) {
                hessian[t][u] /= terms.length;
            }
            // A little on the diagonal keeps the factorisation alive if nearly all probabilities are 0 or 1.
            hessian[t][t] += (t < width - 1 ? ridge : 0) + 1e-12;
        }
        return Cholesky.solve(hessian, gradient);
    }

    /** The lower triangle of the sum of the rows' weighted squares. Four rows go together: each sum is read and written once for them all. */
    private double[][] hessian(double[] weights) {
        double[][] sums = new double[width][width];
        double[] none = new double[width - 1];
        for (int i = 0; i < terms.length; i += 4) {
            double[] a = terms[i];
            double[] b = i + 1 < terms.length ? terms[i + 1] : none;
            double[] c = i + 2 < terms.length ? terms[i + 2] : none;
            double[] d = i + 3 < terms.length ? terms[i + 3] : none;
            double wa = weights[i];
            double wb = i + 1 < terms.length ? weights[i + 1] : 0;
            double wc = i + 2 < terms.length ? weights[i + 2] : 0;
            double wd = i + 3 < terms.length ? weights[i + 3] : 0;
            for (int t = 0; t < width - 1; t++) {
                add(wa * a[t], a, wb * b[t], b, wc * c[t], c, wd * d[t], d, sums[t], t + 1);
            }
            add(wa, a, wb, b, wc, c, wd, d, sums[width - 1], width - 1);
            sums[width - 1][width - 1] += wa + wb + wc + wd;
        }
        return sums;
    }

    private static void add(
            double wa,
            double[] a,
            double wb,
            double[] b,
            double wc,
            double[] c,
            double wd,
            double[] d,
            double[] to,
            int n) {
        if (wa != 0 || wb != 0 || wc != 0 || wd != 0) {
            for (int u = 0; u < n; u++) {
                to[u] += wa * a[u] + wb * b[u] + wc * c[u] + wd * d[u];
            }
        }
    }
}
