package io.millrace.models.text;

import io.millrace.models.search.Lbfgs;
import io.millrace.models.search.NotNegative;
import java.util.Arrays;
import java.util.List;

/**
 * How the probabilities of several members become one: in proportion to the product of their powers, times a factor for each class.
 *
 * <p>Fitted to what members say out of fold (stacking: Wolpert, 1992), so it also mends how sure they are. No power is below 0, and
 * all are believed to be equal beforehand: few rows give nearly the geometric mean of the members.
 *
 * @param powers  one a member, 0 or above
 * @param offsets logarithms of the classes' factors
 */
@SuppressWarnings("ArrayRecordComponent")
record Stacking(double[] powers, double[] offsets) {

    /** Standard deviation that a power and an offset are believed to have. */
    private static final double DOUBT = 0.5;

    private static final double TOLERANCE = 1e-9;
    private static final int MOST_STEPS = 200;

    /**
     * The most likely one.
     *
     * @param members logarithms of probabilities: of each member one array a row, one value a class
     * @param labels  numbers of classes, one a row
     */
    static Stacking fit(List<double[][]> members, int[] labels) {
        int classes = members.get(0)[0].length;
        double equal = 1.0 / members.size();
        double[] best = NotNegative.weights(members.size(), counted -> {
            List<double[][]> of = counted.stream().map(members::get).toList();
            double[] start = new double[counted.size() + classes];
            Arrays.fill(start, 0, counted.size(), equal);
            return Lbfgs.minimise(
                    (point, slope) -> objective(of, labels, equal, point, slope), start, TOLERANCE, MOST_STEPS);
        });
        return new Stacking(Arrays.copyOf(best, members.size()), Arrays.copyOfRange(best, members.size(), best.length));
    }

    /** Summed log loss and what is believed beforehand, over the rows; and its slope. */
    private static double objective(
            List<double[][]> members, int[] labels, double equal, double[] point, double[] slope) {
        Arrays.fill(slope, 0);
        int count = members.size();
        int classes = point.length - count;
        double[] scores = new double[classes];
        double loss = 0;
        for (int i = 0; i < labels.length; i++) {
            scores(members, i, point, Arrays.copyOfRange(point, count, point.length), scores);
            loss -= scores[labels[i]];
            for (int c = 0; c < classes; c++) {
                double residual = Math.exp(scores[c]) - (c == labels[i] ? 1 : 0);
                for (int m = 0; m < count; m++) {
                    slope[m] += residual * members.get(m)[i][c];
                }
                slope[count + c] += residual;
            }
        }
        for (int k = 0; k < point.length; k++) {
            double off = point[k] - (k < count ? equal : 0);
            loss += off * off / (2 * DOUBT * DOUBT);
            slope[k] = (slope[k] + off / (DOUBT * DOUBT)) / labels.length;
        }
        return loss / labels.length;
    }

    private static void scores(List<double[][]> members, int row, double[] powers, double[] offsets, double[] scores) {
        for (int c = 0; c < scores.length; c++) {
            scores[c] = offsets[c];
            for (int m = 0; m < members.size(); m++) {
                scores[c] += powers[m] * members.get(m)[row][c];
            }
        }
        SoftmaxRegression.logSoftmax(scores);
    }

    /** Probabilities, one array a row, one value a class. */
    double[][] probabilities(List<double[][]> members) {
        double[][] all = new double[members.get(0).length][offsets.length];
        for (int i = 0; i < all.length; i++) {
            scores(members, i, powers, offsets, all[i]);
            for (int c = 0; c < offsets.length; c++) {
                all[i][c] = Math.exp(all[i][c]);
            }
        }
        return all;
    }
}
