package io.millrace.launcher;

import io.millrace.models.evaluate.EvaluationResult;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Metrics of the night's code and of the baselines, side by side. */
final class EvaluationTable {

    private EvaluationTable() {}

    static void print(PrintStream out, EvaluationResult result) {
        out.printf(
                Locale.ROOT,
                "%s on %s: %,d rows, %.1f s, seed %d%n%n",
                result.task(),
                result.data(),
                result.rows(),
                result.seconds(),
                result.seed());
        Map<String, Map<String, Double>> columns = new LinkedHashMap<>();
        columns.put("millrace", result.metrics());
        columns.putAll(result.baselines());
        out.printf("%-28s", "metric");
        columns.keySet().forEach(name -> out.printf(" %20s", name));
        out.println();
        for (String metric : result.metrics().keySet()) {
            out.printf("%-28s", metric);
            columns.values().forEach(values -> out.printf(" %20s", text(values.get(metric))));
            out.println();
        }
    }

    private static String text(Double value) {
        return value == null ? "" : String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%.1f" : "%.4f", value);
    }
}
