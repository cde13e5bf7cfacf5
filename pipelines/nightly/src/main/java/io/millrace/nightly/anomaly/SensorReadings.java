package io.millrace.nightly.anomaly;

import static org.apache.spark.sql.functions.col;

import io.millrace.models.metrics.Quantiles;
import io.millrace.nightly.tables.NightTables;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/** Readings of a sensor beside its own past: the reading itself, beside its hour of the day, its change, and the half day that it ends. */
final class SensorReadings implements Subject {

    private static final int DAYS = 56;
    private static final int WINDOW = 12;
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
    public JavaRDD<Case> cases(NightTables in) {
        return in.sql("""
                        SELECT sensor_code, metric, measured_at, value FROM {silver.sensor_reading}
                        WHERE CAST(measured_at AS date) <= DATE'%1$s' AND CAST(measured_at AS date) > date_sub(DATE'%1$s', %2$d)""".formatted(in.date(), DAYS))
                .repartition(col("sensor_code"), col("metric"))
                .sortWithinPartitions("sensor_code", "metric", "measured_at")
                .toJavaRDD()
                .mapPartitions(SensorReadings::bySeries);
    }

    /** The cases of series of which each stands together, one series at a time. */
    private static Iterator<Case> bySeries(Iterator<Row> rows) {
        return new Iterator<>() {
            private Row next = rows.hasNext() ? rows.next() : null;
            private Iterator<Case> cases = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!cases.hasNext() && next != null) {
                    List<Row> series = new ArrayList<>();
                    do {
                        series.add(next);
                        next = rows.hasNext() ? rows.next() : null;
                    } while (next != null && isSameSeries(series.get(0), next));
                    cases = series.size() >= FEWEST ? cases(series).iterator() : cases;
                }
                return cases.hasNext();
            }

            @Override
            public Case next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return cases.next();
            }
        };
    }

    private static boolean isSameSeries(Row a, Row b) {
        return a.getString(0).equals(b.getString(0)) && a.getString(1).equals(b.getString(1));
    }

    private static List<Case> cases(List<Row> series) {
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
        double width = RobustWidth.of(values, least);
        double besideWidth = RobustWidth.of(beside, least);
        double changeWidth = RobustWidth.of(changes, least);
        double meanWidth = RobustWidth.of(means, least);
        double spreadMiddle = Quantiles.median(spreads);
        double spreadWidth = RobustWidth.of(spreads, 0.05);
        List<Case> cases = new ArrayList<>(n);
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
        return cases;
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
}
