package io.millrace.models.policy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was done, in which context, and what came of it.
 *
 * @param features     names, one a column of {@code rows}
 * @param rows         contexts, one array a row; NaN where a value is missing
 * @param actions      names of the actions that are judged, at least two
 * @param taken        place among them of the action that was taken, one a row; {@link #OTHER} for one that is not judged
 * @param rewards      what came of it, its cost deducted, one a row
 * @param propensities probability with which the action had been chosen, above 0 and at most 1, one a row; of no length if nobody logged them
 */
@SuppressWarnings("ArrayRecordComponent")
public record ContactLog(
        List<String> features,
        double[][] rows,
        List<String> actions,
        int[] taken,
        double[] rewards,
        double[] propensities) {

    /** An action that is too rare to be judged. */
    public static final int OTHER = -1;

    /** Refuses arrays of different lengths, and values out of their range. */
    public ContactLog {
        features = List.copyOf(features);
        actions = List.copyOf(actions);
        if (actions.size() < 2) {
            throw new IllegalArgumentException(
                    "There is one action or none to choose from: " + actions + "; give at least two");
        }
        if (taken.length != rows.length
                || rewards.length != rows.length
                || propensities.length != 0 && propensities.length != rows.length) {
            throw new IllegalArgumentException(
                    "A log has %d contexts, %d actions, %d rewards and %d propensities; give one each a row"
                            .formatted(rows.length, taken.length, rewards.length, propensities.length));
        }
        for (int i = 0; i < rows.length; i++) {
            if (taken[i] < OTHER || taken[i] >= actions.size() || !Double.isFinite(rewards[i])) {
                throw new IllegalArgumentException(
                        "Row %d has action %d and reward %s; give one of %d actions and a finite reward"
                                .formatted(i, taken[i], rewards[i], actions.size()));
            }
        }
        if (Arrays.stream(propensities).anyMatch(p -> !(p > 0 && p <= 1))) {
            throw new IllegalArgumentException("A propensity is not above 0 and at most 1");
        }
    }

    public int size() {
        return rows.length;
    }

    /** Whether propensities were logged. */
    public boolean hasPropensities() {
        return propensities.length > 0 || rows.length == 0;
    }

    /** The rows at these places, in this order. */
    public ContactLog select(int[] places) {
        return new ContactLog(
                features,
                Arrays.stream(places).mapToObj(i -> rows[i]).toArray(double[][]::new),
                actions,
                Arrays.stream(places).map(i -> taken[i]).toArray(),
                at(rewards, places),
                propensities.length == 0 ? propensities : at(propensities, places));
    }

    static double[] at(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
    }

    static double[][] at(double[][] values, int[] places) {
        return Arrays.stream(places).mapToObj(i -> values[i]).toArray(double[][]::new);
    }

    /** Places of the rows with an action. */
    int[] places(int action) {
        return IntStream.range(0, taken.length).filter(i -> taken[i] == action).toArray();
    }

    /** Share of the rows that each judged action has. */
    public double[] shares() {
        double[] shares = new double[actions.size()];
        for (int action : taken) {
            if (action != OTHER) {
                shares[action] += 1.0 / taken.length;
            }
        }
        return shares;
    }
}
