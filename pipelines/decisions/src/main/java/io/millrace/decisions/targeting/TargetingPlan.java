package io.millrace.decisions.targeting;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whom to contact and whom to hold back.
 *
 * @param targets       contacted customers and controls, best value for the money first
 * @param leftOut       how many candidates have no row, by reason
 * @param baselineValue expected value of contacting as many customers drawn at random from those who could be contacted
 */
public record TargetingPlan(List<Target> targets, Map<LeftOut, Integer> leftOut, double baselineValue) {

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

    /** Customers held back. */
    public List<Target> controls() {
        return targets.stream().filter(Target::isControl).toList();
    }

    /** Expected value of all contacts, cost deducted. */
    public double expectedValue() {
        return contacts().stream().mapToDouble(Target::expectedValue).sum();
    }

    /** What all contacts cost. */
    public double cost() {
        return targets.stream().mapToDouble(Target::cost).sum();
    }
}
