package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The lines to decide about tonight.
 *
 * @param lines  each product and site once
 * @param budget most that all orders of tonight may cost, at unit cost; empty for no limit
 */
public record ReorderProblem(List<ReorderLine> lines, OptionalDouble budget) {

    /** Refuses a line that is there twice. */
    public ReorderProblem {
        lines = List.copyOf(lines);
        budget.ifPresent(money -> Require.notNegative("reorder budget", money));
        Set<List<String>> seen = new HashSet<>();
        for (ReorderLine line : lines) {
            Require.that(
                    seen.add(List.of(line.product(), line.site())),
                    "product %s at site %s is there twice; give each line once",
                    line.product(),
                    line.site());
        }
    }
}
