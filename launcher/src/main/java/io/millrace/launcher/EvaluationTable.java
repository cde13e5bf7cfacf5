package io.millrace.launcher;

import io.millrace.models.evaluate.EvaluationResult;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Metrics of the night's code and of the baselines, side by side; below them those of the night's code on parts of the data, a line
 * for each part, and what the figures say.
 */
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
        Map<String, Double> whole = new LinkedHashMap<>();
        Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
        result.metrics().forEach((name, value) -> {
            int dot = name.indexOf('.');
            Map<String, Double> of =
                    dot < 0 ? whole : parts.computeIfAbsent(name.substring(0, dot), part -> new LinkedHashMap<>());
            of.put(name.substring(dot + 1), value);
        });
        Map<String, Map<String, Double>> columns = new LinkedHashMap<>();
        columns.put("millrace", whole);
        columns.putAll(result.baselines());
        out.printf("%-28s", "metric");
        columns.keySet().forEach(name -> out.printf(" %20s", name));
        out.println();
        for (String metric : rows(columns)) {
            out.printf("%-28s", metric);
            columns.values().forEach(values -> out.printf(" %20s", text(metric, values.get(metric))));
            out.println();
        }
        if (!parts.isEmpty()) {
            printParts(out, parts);
        }
        if (!result.findings().isEmpty()) {
            out.println();
            result.findings().forEach(out::println);
        }
    }

    /** What any column tells of the whole, first what the night's code does. */
    private static Set<String> rows(Map<String, Map<String, Double>> columns) {
        Set<String> rows = new LinkedHashSet<>();
        columns.values().forEach(values -> rows.addAll(values.keySet()));
        rows.removeIf(metric -> metric.contains("."));
        return rows;
    }

    private static void printParts(PrintStream out, Map<String, Map<String, Double>> parts) {
        Set<String> metrics = new LinkedHashSet<>();
        parts.values().forEach(values -> metrics.addAll(values.keySet()));
        out.printf("%n%-28s", "millrace on");
        metrics.forEach(metric -> out.printf(" %12s", metric));
        out.println();
        parts.forEach((part, values) -> {
            out.printf("%-28s", part);
            metrics.forEach(metric -> out.printf(" %12s", text(metric, values.get(metric))));
            out.println();
        });
    }

    private static String text(String metric, Double value) {
        if (value == null) {
            return "";
        }
        boolean count = Set.of("series", "customers", "holdout_days").contains(metric) || metric.endsWith("_left_out");
        return String.format(Locale.ROOT, count ? "%.0f" : Math.abs(value) >= 1000 ? "%.1f" : "%.4f", value);
    }
}
