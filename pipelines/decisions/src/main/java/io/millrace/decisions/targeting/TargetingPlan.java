package io.millrace.decisions.targeting;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is done about every customer who could be contacted.
 *
 * @param targets          all of them: contacts first, best value for the money first, then who is left alone
 * @param leftOut          how many customers are not contacted although chance did not decide, by reason
 * @param baselineValue    what is expected of the same money for customers and offers drawn at random
 * @param explorationShare share of the customers whose action is drawn at random
 * @param gap              how far the value of the list is from the best one at most, as a share of it
 */
public record TargetingPlan(
        List<Target> targets,
        Map<LeftOut, Integer> leftOut,
        double baselineValue,
        double explorationShare,
        double gap) {

    /** Keeps its own copies. */
    public TargetingPlan {
        targets = List.copyOf(targets);
        Map<LeftOut, Integer> counts = new EnumMap<>(LeftOut.class);
        counts.putAll(leftOut);
        leftOut = Collections.unmodifiableMap(counts);
    }

    /** Customers to contact. */
    public List<Target> contacts() {
        return targets.stream().filter(target -> !target.isControl()).toList();
    }

    /** Customers who are left alone because chance said so. */
    public List<Target> heldBack() {
        return targets.stream()
                .filter(target -> target.isControl() && target.isExplored())
                .toList();
    }

    /** Expected value of all contacts, cost deducted. */
    public double expectedValue() {
        return targets.stream().mapToDouble(Target::expectedValue).sum();
    }

    /** What all contacts cost. */
    public double cost() {
        return targets.stream().mapToDouble(Target::cost).sum();
    }
}
