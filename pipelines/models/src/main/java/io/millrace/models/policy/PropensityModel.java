package io.millrace.models.policy;

import io.millrace.models.churn.Blend;
import io.millrace.models.churn.Boosting;
import io.millrace.models.churn.InProcess;
import io.millrace.models.churn.Learner;
import io.millrace.models.churn.Logistic;
import io.millrace.models.churn.Margin;
import io.millrace.models.churn.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * With which probability each action is taken in a context: one model an action against all others, a logistic spline and boosted
 * trees, blended and calibrated by what they say out of fold; the probabilities of a row are scaled to sum 1. Actions that are not
 * judged count as one more; if even together they are few, their share is the same in every context.
 */
final class PropensityModel {

    private final List<List<List<Margin>>> folds;
    private final List<Blend> blends;
    private final double total;
    private final double[][] outOfFold;

    /** @param total what the probabilities of a row sum up to */
    private PropensityModel(List<List<List<Margin>>> folds, List<Blend> blends, double total, double[][] outOfFold) {
        this.folds = folds;
        this.blends = blends;
        this.total = total;
        this.outOfFold = outOfFold;
    }

    /** Learns from a log, every row by what the other folds teach. */
    static PropensityModel fit(ContactLog log, Folds folds, long seed) {
        List<Learner> learners = List.of(Logistic.SPLINE, new Boosting(3, 100, seed));
        int[][] labels = labels(log);
        List<List<List<Margin>>> fitted = new ArrayList<>();
        double[][][] said = new double[labels.length][learners.size()][log.size()];
        for (int f = 0; f < folds.count(); f++) {
            int[] others = folds.outside(f);
            int[] inside = folds.inside(f);
            double[][] held = ContactLog.at(log.rows(), inside);
            List<List<Margin>> ofClasses = new ArrayList<>();
            for (int c = 0; c < labels.length; c++) {
                int[] label = labels[c];
                TrainingSet set = TrainingSet.independent(
                        log.features(),
                        ContactLog.at(log.rows(), others),
                        Arrays.stream(others).map(i -> label[i]).toArray());
                List<Margin> members =
                        learners.stream().map(l -> l.fit(set, new InProcess())).toList();
                ofClasses.add(members);
                for (int m = 0; m < learners.size(); m++) {
                    double[] margins = members.get(m).margins(held);
                    for (int i = 0; i < inside.length; i++) {
                        said[c][m][inside[i]] = margins[i];
                    }
                }
            }
            fitted.add(ofClasses);
        }
        List<Blend> blends = IntStream.range(0, labels.length)
                .mapToObj(c -> Blend.fit(List.of(said[c]), labels[c]))
                .toList();
        double total = labels.length > log.actions().size()
                ? 1
                : Arrays.stream(log.shares()).sum();
        return new PropensityModel(fitted, blends, total, scaled(blendedOutOfFold(said, labels, folds), total));
    }

    /** One class an action, 1 where it was taken; of two, the first says it all. */
    private static int[][] labels(ContactLog log) {
        int count = log.actions().size();
        boolean others = log.places(ContactLog.OTHER).length >= PolicyEvaluation.FEWEST;
        int classes = others ? count + 1 : count == 2 ? 1 : count;
        return IntStream.range(0, classes)
                .map(c -> c < count ? c : ContactLog.OTHER)
                .mapToObj(
                        c -> Arrays.stream(log.taken()).map(a -> a == c ? 1 : 0).toArray())
                .toArray(int[][]::new);
    }

    /** The blend of a row's fold is fitted on the other folds. */
    private static double[][] blendedOutOfFold(double[][][] said, int[][] labels, Folds folds) {
        double[][] ofClass = new double[labels.length][labels[0].length];
        for (int f = 0; f < folds.count(); f++) {
            int[] inside = folds.inside(f);
            int[] others = folds.outside(f);
            for (int c = 0; c < labels.length; c++) {
                int[] label = labels[c];
                Blend blend = Blend.fit(
                        at(said[c], others),
                        Arrays.stream(others).map(i -> label[i]).toArray());
                double[] of = blend.calibration().apply(blend.margins(at(said[c], inside)));
                for (int i = 0; i < inside.length; i++) {
                    ofClass[c][inside[i]] = of[i];
                }
            }
        }
        return ofClass;
    }

    private static List<double[]> at(double[][] members, int[] places) {
        return Arrays.stream(members).map(m -> ContactLog.at(m, places)).toList();
    }

    /** One array a row from one array a class; of one class, two probabilities. */
    private static double[][] scaled(double[][] ofClass, double total) {
        double[][] rows = new double[ofClass[0].length][];
        for (int i = 0; i < rows.length; i++) {
            if (ofClass.length == 1) {
                rows[i] = new double[] {ofClass[0][i], Math.max(0, total - ofClass[0][i])};
            } else {
                rows[i] = new double[ofClass.length];
                double sum = 0;
                for (int c = 0; c < ofClass.length; c++) {
                    sum += ofClass[c][i];
                }
                for (int c = 0; c < ofClass.length; c++) {
                    rows[i][c] = total * ofClass[c][i] / sum;
                }
            }
        }
        return rows;
    }

    /** Of the rows that it was fitted on, by models that had not seen them: one array a row, one value an action, and one for all others if there are any. */
    double[][] outOfFold() {
        return outOfFold;
    }

    /** Of other rows: the mean of the folds' models. */
    double[][] of(double[][] rows) {
        double[][] ofClass = new double[blends.size()][rows.length];
        for (int c = 0; c < blends.size(); c++) {
            Blend blend = blends.get(c);
            for (List<List<Margin>> fold : folds) {
                double[] said = blend.calibration()
                        .apply(blend.margins(fold.get(c).stream()
                                .map(member -> member.margins(rows))
                                .toList()));
                for (int i = 0; i < said.length; i++) {
                    ofClass[c][i] += said[i] / folds.size();
                }
            }
        }
        return scaled(ofClass, total);
    }
}
