package io.millrace.launcher;

import io.millrace.nightly.chart.Ink;
import io.millrace.nightly.chart.Svg;
import io.millrace.nightly.chart.TimeChart;
import io.millrace.nightly.simulate.ReplayResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cost so far of each policy, day by day, as a line chart. */
final class ReplayPlot {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 560;

    private static final Map<String, Ink> INKS = Map.of(
            "erp-before", Ink.TEXT,
            "moving-average", Ink.ORANGE,
            "moving-average-eoq", Ink.YELLOW,
            "classical", Ink.BLUE,
            "perfect-foresight", Ink.GREEN);

    private ReplayPlot() {}

    static void write(Path file, ReplayResult result) throws IOException {
        List<LocalDate> days = days(result);
        List<TimeChart.Line> lines = result.policies().stream()
                .map(policy -> {
                    String name = policy.policy().label();
                    return new TimeChart.Line(name, INKS.get(name), days, soFar(policy.costs()));
                })
                .toList();
        TimeChart chart = new TimeChart("holding + shortage + ordering", lines, List.of());
        String title = "Cost of stock so far, by policy: " + chart.unit();
        Files.writeString(file, Svg.standalone(chart, title, WIDTH, HEIGHT, Locale.ROOT));
    }

    /** The first date, and the last day of each period. */
    private static List<LocalDate> days(ReplayResult result) {
        List<LocalDate> days = new ArrayList<>(result.dates());
        days.add(result.end());
        return days;
    }

    private static double[] soFar(double[] costs) {
        double[] soFar = new double[costs.length + 1];
        for (int i = 0; i < costs.length; i++) {
            soFar[i + 1] = soFar[i] + costs[i];
        }
        return soFar;
    }
}
