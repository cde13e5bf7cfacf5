package io.millrace.launcher;

import io.millrace.nightly.plan.PlanRunner.Planned;
import java.io.PrintStream;
import java.util.List;

/** The plan of a night as a page. */
final class DryRunPage {

    private DryRunPage() {}

    static void print(PrintStream out, List<Planned> plan) {
        for (Planned planned : plan) {
            out.printf(
                    "%-4s %-30s %s%n",
                    planned.runs() ? "run" : "skip",
                    planned.stage().name(),
                    planned.stage().about());
            out.printf("     why     %s%n", planned.why());
            tables(out, "reads", planned.stage().reads());
            tables(out, "writes", planned.stage().writes());
        }
    }

    private static void tables(PrintStream out, String what, List<String> tables) {
        if (!tables.isEmpty()) {
            out.printf("     %-7s %s%n", what, String.join(", ", tables));
        }
    }
}
