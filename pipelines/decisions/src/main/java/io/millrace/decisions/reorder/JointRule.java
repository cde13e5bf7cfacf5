package io.millrace.decisions.reorder;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How lines of one supplier order together, where it accepts no order below a value: as soon as one line is due, lines that are
 * not due fill up too, the nearest to their reorder point first, until the order is worth the minimum. If all of them together
 * do not come to it the order waits. (A can-order policy, as in Silver, Pyke and Thomas, section 10.4, with the supplier's
 * minimum in place of a fixed can-order level.)
 *
 * <p>Tonight's order and every simulated one come from here, for our policies and for the ERP's rules.
 */
final class JointRule {

    private static final double SLACK = 1e-9;

    private final OrderRule[] rules;
    private final double[] unitCosts;
    private final double least;

    /**
     * Takes the lines.
     *
     * @param rules     of each line
     * @param unitCosts of each line; if none is known there is no value to measure, and no order waits
     * @param minimum   value of the order, 0 or more; 0 for none
     */
    JointRule(List<OrderRule> rules, double[] unitCosts, double minimum) {
        this.rules = rules.toArray(OrderRule[]::new);
        this.unitCosts = unitCosts;
        least = Arrays.stream(unitCosts).allMatch(cost -> cost == 0) ? 0 : minimum * (1 - SLACK);
    }

    /** The rule of lines, each with a rule of its own. */
    static JointRule of(List<PlannedLine> lines, Function<PlannedLine, OrderRule> rule, double minimum) {
        return new JointRule(
                lines.stream().map(rule).toList(),
                lines.stream().mapToDouble(p -> p.line().costs().unitCost()).toArray(),
                minimum);
    }

    /**
     * Sets what each line orders.
     *
     * @param positions  of each line; NaN for one that may not order
     * @param quantities filled with units, 0 or more
     */
    void order(double[] positions, double[] quantities) {
        double value = 0;
        boolean due = false;
        for (int i = 0; i < rules.length; i++) {
            quantities[i] = rules[i].quantity(positions[i]);
            value += quantities[i] * unitCosts[i];
            due |= quantities[i] > 0;
        }
        if (due && value < least) {
            fillUp(positions, quantities, value);
        }
    }

    private void fillUp(double[] positions, double[] quantities, double due) {
        double[] fillings = new double[rules.length];
        double all = due;
        for (int i = 0; i < rules.length; i++) {
            fillings[i] = quantities[i] == 0 ? rules[i].filling(positions[i]) : 0;
            all += fillings[i] * unitCosts[i];
        }
        if (all < least) {
            Arrays.fill(quantities, 0);
            return;
        }
        double value = due;
        for (int i : byUrgency(positions, fillings)) {
            quantities[i] = fillings[i];
            value += quantities[i] * unitCosts[i];
            if (value >= least) {
                return;
            }
        }
    }

    /** Those that may fill up, the nearest to being due first. */
    private int[] byUrgency(double[] positions, double[] fillings) {
        return IntStream.range(0, rules.length)
                .filter(i -> fillings[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> rules[i].slack(positions[i])))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
