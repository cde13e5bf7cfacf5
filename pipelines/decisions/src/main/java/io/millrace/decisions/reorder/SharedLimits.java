package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the lines of a night share, so that one cannot be decided without the others.
 *
 * @param budget        most that all orders of tonight may cost, at unit cost; empty for no limit
 * @param minimumValues supplier → the least value that it accepts of all lines of one night together, 0 or more; a supplier who is
 *                      not in it accepts any order
 * @param rooms         site → the room for the lines that are planned, in the unit of {@link ReorderLine#volume}: its capacity less
 *                      what else stands there; below 0 where it is overfull; a site that is not in it has room for everything
 */
public record SharedLimits(OptionalDouble budget, Map<String, Double> minimumValues, Map<String, Double> rooms) {

    /** Nothing is shared. */
    public static final SharedLimits NONE = new SharedLimits(OptionalDouble.empty(), Map.of(), Map.of());

    /** Refuses negative money. */
    public SharedLimits {
        budget.ifPresent(money -> Require.notNegative("reorder budget", money));
        minimumValues = Map.copyOf(minimumValues);
        rooms = Map.copyOf(rooms);
        minimumValues.values().forEach(value -> Require.notNegative("minimum order value of a supplier", value));
        rooms.values().forEach(room -> Require.finite("room of a site", room));
    }

    /** A budget alone. */
    public static SharedLimits ofBudget(OptionalDouble budget) {
        return new SharedLimits(budget, Map.of(), Map.of());
    }

    /** The least value of an order to a supplier; 0 where it accepts any. */
    public double minimumValue(String supplier) {
        return minimumValues.getOrDefault(supplier, 0.0);
    }

    /** Whether an order may be cut so that others fit. */
    public boolean areUpperLimits() {
        return budget.isPresent() || !rooms.isEmpty();
    }
}
