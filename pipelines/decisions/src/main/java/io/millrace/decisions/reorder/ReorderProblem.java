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
 * @param limits what they share
 */
public record ReorderProblem(List<ReorderLine> lines, SharedLimits limits) {

    /** Refuses a line that is there twice. */
    public ReorderProblem {
        lines = List.copyOf(lines);
        Set<List<String>> seen = new HashSet<>();
        for (ReorderLine line : lines) {
            Require.that(
                    seen.add(List.of(line.product(), line.site())),
                    "product %s at site %s is there twice; give each line once",
                    line.product(),
                    line.site());
        }
    }

    /** Lines that share at most a budget. */
    public ReorderProblem(List<ReorderLine> lines, OptionalDouble budget) {
        this(lines, SharedLimits.ofBudget(budget));
    }
}
