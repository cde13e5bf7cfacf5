package io.millrace.nightly.anomaly;

import io.millrace.models.metrics.Quantiles;
import io.millrace.nightly.tables.NightTables;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/** Readings of a sensor beside its own past: the reading itself, beside its hour of the day, its change, and the half day that it ends. */
final class SensorReadings implements Subject {

    private static final int DAYS = 56;
    private static final int WINDOW = 12;
    /** Interquartile range of a normal distribution of standard deviation 1. */
    private static final double NORMAL_RANGE = 1.349;

    /** Fewer readings tell nothing of what is usual. */
    private static final int FEWEST = 5 * WINDOW;

    @Override
    public String type() {
        return "sensor";
    }

    @Override
    public String audience() {
        return "maintenance";
    }

    @Override
    public List<String> tables() {
        return List.of("silver.sensor_reading");
    }

    @Override
    public List<String> fields() {
        return List.of(
                "the reading",
                "the reading at this hour",
                "the change since the reading before",
                "the mean of the last " + WINDOW + " readings",
                "the spread of the last " + WINDOW + " readings");
    }

    @Override
    public Duration apart() {
        return Duration.ofHours(6);
    }

    @Override
    public List<Case> cases(NightTables in) {
        List<Row> rows = in.sql("""
                        SELECT sensor_code, metric, measured_at, value FROM {silver.sensor_reading}
                        WHERE CAST(measured_at AS date) <= DATE'%1$s' AND CAST(measured_at AS date) > date_sub(DATE'%1$s', %2$d)
                        ORDER BY 1, 2, 3""".formatted(in.date(), DAYS)).collectAsList();
        List<Case> cases = new ArrayList<>();
        for (int from = 0; from < rows.size(); ) {
            int to = from;
            while (to < rows.size() && isSameSeries(rows.get(from), rows.get(to))) {
                to++;
            }
            if (to - from >= FEWEST) {
                add(rows.subList(from, to), cases);
            }
            from = to;
        }
        return cases;
    }

    private static boolean isSameSeries(Row a, Row b) {
        return a.getString(0).equals(b.getString(0)) && a.getString(1).equals(b.getString(1));
    }

    private static void add(List<Row> series, List<Case> cases) {
        int n = series.size();
        double[] values = series.stream().mapToDouble(r -> r.getDouble(3)).toArray();
        Instant[] times =
                series.stream().map(r -> r.<Timestamp>getAs(2).toInstant()).toArray(Instant[]::new);
        double middle = Quantiles.median(values);
        double[] changes = new double[n];
        Arrays.setAll(changes, i -> i == 0 ? Double.NaN : values[i] - values[i - 1]);
        double[] hourly = hourly(values, times);
        double[] beside = new double[n];
        Arrays.setAll(beside, i -> values[i] - hourly[i]);
        double[] means = new double[n];
        double[] spreads = new double[n];
        for (int i = 0; i < n; i++) {
            double[] window = Arrays.copyOfRange(beside, Math.max(0, i - WINDOW + 1), i + 1);
            double[] raw = Arrays.copyOfRange(values, Math.max(0, i - WINDOW + 1), i + 1);
            means[i] = i < WINDOW - 1
                    ? Double.NaN
                    : Arrays.stream(window).average().orElseThrow();
            spreads[i] = i < WINDOW - 1 ? Double.NaN : Math.log(spread(raw) + 1e-6);
        }
        double least = 1e-9 + 1e-6 * Math.abs(middle);
        double width = width(values, least);
        double besideWidth = width(beside, least);
        double changeWidth = width(changes, least);
        double meanWidth = width(means, least);
        double spreadMiddle = Quantiles.median(spreads);
        double spreadWidth = width(spreads, 0.05);
        for (int i = 0; i < n; i++) {
            cases.add(new Case(
                    series.get(i).getString(0),
                    series.get(i).getString(1),
                    times[i],
                    new double[] {values[i], values[i], changes[i], means[i] + hourly[i], Math.exp(spreads[i])},
                    new double[] {middle, hourly[i], 0, hourly[i], Math.exp(spreadMiddle)},
                    new double[] {
                        (values[i] - middle) / width,
                        beside[i] / besideWidth,
                        changes[i] / changeWidth,
                        means[i] / meanWidth,
                        (spreads[i] - spreadMiddle) / spreadWidth
                    }));
        }
    }

    /** What the series usually is at the hour of each reading. */
    private static double[] hourly(double[] values, Instant[] times) {
        double[] usual = new double[24];
        for (int hour = 0; hour < usual.length; hour++) {
            double[] at = new double[values.length];
            for (int i = 0; i < at.length; i++) {
                at[i] = hour(times[i]) == hour ? values[i] : Double.NaN;
            }
            usual[hour] = Quantiles.median(at);
        }
        double[] hourly = new double[values.length];
        Arrays.setAll(hourly, i -> usual[hour(times[i])]);
        return hourly;
    }

    private static int hour(Instant at) {
        return at.atZone(ZoneOffset.UTC).getHour();
    }

    private static double spread(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    /** The interquartile range as a standard deviation of a normal distribution, never 0: {@code least} where it would be less. */
    private static double width(double[] values, double least) {
        double width = (Quantiles.of(values, 0.75) - Quantiles.of(values, 0.25)) / NORMAL_RANGE;
        return width > least ? width : least;
    }
}
