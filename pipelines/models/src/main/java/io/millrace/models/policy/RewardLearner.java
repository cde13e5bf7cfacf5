package io.millrace.models.policy;

import io.millrace.models.regression.Regressor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A way to learn what each action brings in a context. */
sealed interface RewardLearner {

    /** What has been learned. */
    interface Rewards {
        /** The reward that is expected: one array a row, one value an action. */
        double[][] of(double[][] rows);
    }

    Rewards fit(ContactLog log);

    /** Each action by itself. */
    record PerAction(Regressor regressor) implements RewardLearner {
        @Override
        public Rewards fit(ContactLog log) {
            List<Regressor.Fitted> each = new ArrayList<>();
            for (int a = 0; a < log.actions().size(); a++) {
                int[] places = log.places(a);
                each.add(regressor.fit(ContactLog.at(log.rows(), places), ContactLog.at(log.rewards(), places)));
            }
            return rows -> {
                double[][] said = new double[rows.length][each.size()];
                for (int a = 0; a < each.size(); a++) {
                    double[] of = each.get(a).predict(rows);
                    for (int i = 0; i < of.length; i++) {
                        said[i][a] = of[i];
                    }
                }
                return said;
            };
        }
    }

    /** All actions together: the action is a feature, so that a rare one learns from the others. */
    record Pooled(Regressor regressor) implements RewardLearner {
        @Override
        public Rewards fit(ContactLog log) {
            int count = log.actions().size();
            int[] judged = IntStream.range(0, log.size())
                    .filter(i -> log.taken()[i] != ContactLog.OTHER)
                    .toArray();
            double[][] rows = Arrays.stream(judged)
                    .mapToObj(i -> with(log.rows()[i], log.taken()[i], count))
                    .toArray(double[][]::new);
            Regressor.Fitted fitted = regressor.fit(rows, ContactLog.at(log.rewards(), judged));
            return asked -> {
                double[][] said = new double[asked.length][count];
                for (int a = 0; a < count; a++) {
                    int action = a;
                    double[] of = fitted.predict(Arrays.stream(asked)
                            .map(row -> with(row, action, count))
                            .toArray(double[][]::new));
                    for (int i = 0; i < of.length; i++) {
                        said[i][a] = of[i];
                    }
                }
                return said;
            };
        }

        private static double[] with(double[] row, int action, int count) {
            double[] wide = Arrays.copyOf(row, row.length + count);
            wide[row.length + action] = 1;
            return wide;
        }
    }
}
