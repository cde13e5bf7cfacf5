package io.millrace.models.forecast;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What methods got wrong in a backtest, and how far they got the same things wrong: the mean products of each two methods' errors,
 * in squares of the series' one-step changes. From them follows the squared error of any combination.
 *
 * @param products [method][method], symmetric
 * @param windows  horizons of history that were tested, without overlap
 */
@SuppressWarnings("ArrayRecordComponent")
record ErrorProducts(double[][] products, double windows) implements Serializable {

    /** Where demand is seen in most points, a window counts by the root of its error: one bad one does not decide. */
    private static final double ROBUST = 0.5;

    private static final double NEGLIGIBLE = 1e-6;
    private static final int MOST_ROUNDS = 500;
    private static final double TOLERANCE = 1e-9;

    /**
     * The products of methods that were tested on the same windows, one or more.
     *
     * @param robust whether windows of large errors count less. Not for demand with gaps: there, a window with a demand in it has
     *               the large errors, and methods that expect none would win
     */
    static ErrorProducts of(List<Backtest> backtests, boolean robust) {
        Backtest like = backtests.get(0);
        int methods = backtests.size();
        double unit = scale(like.history());
        double[][] sum = new double[methods][methods];
        int steps = 0;
        for (int k = 0; k < like.cuts().length; k++) {
            double[][] window = window(backtests, k, unit);
            int length = like.past()[k].length;
            double weight = robust ? Math.pow(middle(window) / length + NEGLIGIBLE, -ROBUST) : 1;
            for (int i = 0; i < methods; i++) {
                for (int j = 0; j < methods; j++) {
                    sum[i][j] += weight * window[i][j];
                }
            }
            steps += length;
        }
        ErrorProducts products = new ErrorProducts(sum, like.windows());
        return products.times(1.0 / Math.max(1, steps));
    }

    private static double[][] window(List<Backtest> backtests, int k, double unit) {
        double[][] sum = new double[backtests.size()][backtests.size()];
        double[] errors = new double[backtests.size()];
        for (int step = 0; step < backtests.get(0).past()[k].length; step++) {
            for (int i = 0; i < errors.length; i++) {
                errors[i] = backtests.get(i).residual(k, step) / unit;
                for (int j = 0; j <= i; j++) {
                    sum[i][j] += errors[i] * errors[j];
                }
            }
        }
        for (int i = 0; i < errors.length; i++) {
            for (int j = 0; j < i; j++) {
                sum[j][i] = sum[i][j];
            }
        }
        return sum;
    }

    private static double middle(double[][] window) {
        double[] squares = new double[window.length];
        Arrays.setAll(squares, i -> window[i][i]);
        Arrays.sort(squares);
        return squares[squares.length / 2];
    }

    /** The root mean square of one-step changes; of a history that never moves its size, of zeros 1. */
    static double scale(double[] history) {
        double changes = 0;
        double size = 0;
        for (int t = 0; t < history.length; t++) {
            changes += t == 0 ? 0 : Math.pow(history[t] - history[t - 1], 2) / (history.length - 1);
            size += history[t] * history[t] / history.length;
        }
        if (changes > NEGLIGIBLE * NEGLIGIBLE * size) {
            return Math.sqrt(changes);
        }
        return size > 0 ? Math.sqrt(size) : 1;
    }

    /** The mean of these products, which count by their windows, and those of peers, which count as so many. */
    ErrorProducts with(ErrorProducts peers, double weight) {
        double share = windows / (windows + weight);
        return times(share).plus(peers.times(1 - share)).after(windows);
    }

    ErrorProducts plus(ErrorProducts other) {
        double[][] sum = new double[products.length][products.length];
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[i][j] = products[i][j] + other.products[i][j];
            }
        }
        return new ErrorProducts(sum, windows + other.windows);
    }

    ErrorProducts times(double factor) {
        double[][] scaled = new double[products.length][products.length];
        for (int i = 0; i < scaled.length; i++) {
            for (int j = 0; j < scaled.length; j++) {
                scaled[i][j] = factor * products[i][j];
            }
        }
        return new ErrorProducts(scaled, windows);
    }

    private ErrorProducts after(double so) {
        return new ErrorProducts(products, so);
    }

    /**
     * The shares, 0 or more and 1 in all, of the combination with the least squared error, held to a prior (Bates and Granger, "The
     * combination of forecasts", 1969; Breiman, "Stacked regressions", 1996): they minimise {@link #loss}. Solved by moving share
     * between the two methods that gain most from it.
     */
    double[] leastSquares(double[] prior, double pull) {
        double hold = hold(pull);
        double[] shares = prior.clone();
        double[] slopes = new double[shares.length];
        for (int round = 0; round < MOST_ROUNDS; round++) {
            int down = 0;
            int up = -1;
            for (int i = 0; i < shares.length; i++) {
                slopes[i] = hold * (shares[i] - prior[i]);
                for (int j = 0; j < shares.length; j++) {
                    slopes[i] += products[i][j] * shares[j];
                }
                down = slopes[i] < slopes[down] ? i : down;
                up = shares[i] > 0 && (up < 0 || slopes[i] > slopes[up]) ? i : up;
            }
            double gain = slopes[up] - slopes[down];
            double curvature = products[up][up] + products[down][down] - 2 * products[up][down] + 2 * hold;
            if (!(gain > TOLERANCE * Math.max(products[up][up], hold)) || !(curvature > 0)) {
                break;
            }
            double moved = Math.min(shares[up], gain / curvature);
            shares[down] += moved;
            shares[up] -= moved;
        }
        return shares;
    }

    /**
     * The squared error of a combination and what holds it to the prior: w'Pw + pull × |w − prior|², the pull in units of the best
     * method's squared error.
     *
     * @param shares of the methods, 1 in all
     * @param prior  shares, 1 in all
     * @param pull   0 or more
     */
    double loss(double[] shares, double[] prior, double pull) {
        double loss = 0;
        for (int i = 0; i < shares.length; i++) {
            loss += hold(pull) * (shares[i] - prior[i]) * (shares[i] - prior[i]);
            for (int j = 0; j < shares.length; j++) {
                loss += shares[i] * products[i][j] * shares[j];
            }
        }
        return loss;
    }

    private double hold(double pull) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < products.length; i++) {
            least = Math.min(least, products[i][i]);
        }
        return pull * least + Double.MIN_NORMAL;
    }
}
