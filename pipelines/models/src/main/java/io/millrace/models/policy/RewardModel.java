package io.millrace.models.policy;

import io.millrace.models.policy.RewardLearner.Rewards;
import io.millrace.models.regression.BoostedRegression;
import io.millrace.models.regression.RidgeSpline;
import io.millrace.models.regression.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each action brings in a context: lines that bend and trees for each action by itself, and lines for all together, stacked for
 * each action by what they say out of fold. Rows that it was not fitted on are told by the mean of the folds' models.
 */
final class RewardModel {

    /** Rows that lines learn from. */
    static final int LINE_ROWS = 20_000;

    private final List<List<Rewards>> folds;
    private final List<Stacking> stacks;
    private final double[][] outOfFold;

    private RewardModel(List<List<Rewards>> folds, List<Stacking> stacks, double[][] outOfFold) {
        this.folds = folds;
        this.stacks = stacks;
        this.outOfFold = outOfFold;
    }

    static Trees trees(long seed) {
        return new Trees(new BoostedRegression.Options(60, 3, 0.1, 20, 0.7, seed));
    }

    /** Learns from a log, every row by what the other folds teach. */
    static RewardModel fit(ContactLog log, Folds folds, long seed) {
        RidgeSpline line = new RidgeSpline(LINE_ROWS);
        List<RewardLearner> learners = List.of(
                new RewardLearner.PerAction(line),
                new RewardLearner.PerAction(trees(seed)),
                new RewardLearner.Pooled(line));
        List<List<Rewards>> fitted = new ArrayList<>();
        double[][][] said = new double[learners.size()][log.size()][];
        for (int f = 0; f < folds.count(); f++) {
            ContactLog others = log.select(folds.outside(f));
            int[] inside = folds.inside(f);
            double[][] held = ContactLog.at(log.rows(), inside);
            List<Rewards> members =
                    learners.stream().map(learner -> learner.fit(others)).toList();
            fitted.add(members);
            for (int m = 0; m < learners.size(); m++) {
                double[][] of = members.get(m).of(held);
                for (int i = 0; i < inside.length; i++) {
                    said[m][inside[i]] = of[i];
                }
            }
        }
        List<Stacking> stacks = stacks(log, said);
        return new RewardModel(fitted, stacks, stacked(stacks, said));
    }

    private static List<Stacking> stacks(ContactLog log, double[][][] said) {
        List<Stacking> stacks = new ArrayList<>();
        for (int a = 0; a < log.actions().size(); a++) {
            int action = a;
            int[] places = log.places(a);
            double[] targets = ContactLog.at(log.rewards(), places);
            List<double[]> forecasts = Arrays.stream(said)
                    .map(member -> Arrays.stream(places)
                            .mapToDouble(i -> member[i][action])
                            .toArray())
                    .toList();
            stacks.add(Stacking.fit(
                    forecasts, targets, Arrays.stream(targets).average().orElseThrow()));
        }
        return stacks;
    }

    /** @param said of each member, each row and each action */
    private static double[][] stacked(List<Stacking> stacks, double[][][] said) {
        double[][] stacked = new double[said[0].length][stacks.size()];
        double[] of = new double[said.length];
        for (int i = 0; i < stacked.length; i++) {
            for (int a = 0; a < stacks.size(); a++) {
                for (int m = 0; m < of.length; m++) {
                    of[m] = said[m][i][a];
                }
                stacked[i][a] = stacks.get(a).of(of);
            }
        }
        return stacked;
    }

    /** Of the rows that it was fitted on, by models that had not seen them: one array a row, one value an action. */
    double[][] outOfFold() {
        return outOfFold;
    }

    /** Of other rows. */
    double[][] of(double[][] rows) {
        double[][] mean = new double[rows.length][stacks.size()];
        for (List<Rewards> members : folds) {
            double[][][] said = members.stream().map(member -> member.of(rows)).toArray(double[][][]::new);
            double[][] stacked = stacked(stacks, said);
            for (int i = 0; i < mean.length; i++) {
                for (int a = 0; a < mean[i].length; a++) {
                    mean[i][a] += stacked[i][a] / folds.size();
                }
            }
        }
        return mean;
    }
}
