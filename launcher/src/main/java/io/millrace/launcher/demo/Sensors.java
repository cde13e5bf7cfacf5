package io.millrace.launcher.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The sensors in the warehouses: cold rooms, conveyors and docks, two metrics each, hourly for {@value #DAYS} days up
 * to the business date. A reading is a mean, a daily swing and first-order autoregressive noise; anomalies are planted
 * on top.
 */
final class Sensors {

    static final int DAYS = 30;
    static final int HOURS = DAYS * 24;

    /** What a kind of sensor measures. The daily swing peaks at two in the afternoon. */
    record Metric(String name, double mean, double swing, double noise) {}

    record Kind(String prefix, List<Metric> metrics) {}

    record Sensor(String code, int site, Kind kind) {}

    /** A reading so many hours after the first one. */
    record Reading(Sensor sensor, int hour, Metric metric, double value) {}

    /** What is wrong with a metric of a sensor from an hour up to but not including another. */
    record Anomaly(Sensor sensor, Metric metric, int fromHour, int toHour, String kind, double size) {

        boolean covers(Metric other, int hour) {
            return metric.equals(other) && hour >= fromHour && hour < toHour;
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "COLD", List.of(new Metric("temperature_c", 4, 0.5, 0.25), new Metric("humidity_pct", 78, 2, 1.2))),
            new Kind(
                    "CONV", List.of(new Metric("vibration_mm_s", 2.2, 0.6, 0.15), new Metric("current_a", 11, 3, 0.5))),
            new Kind("DOCK", List.of(new Metric("temperature_c", 15, 4, 0.7), new Metric("humidity_pct", 60, 6, 2))));
    private static final String[] SHAPES = {"spike", "drift", "stuck", "shift"};
    private static final int[] HOURS_OF_SHAPE = {1, 14, 12, 20};
    private static final double NOISE_KEPT = 0.6;

    private final RandomGenerator random;
    private final List<Sensor> sensors = new ArrayList<>();
    private final List<List<Anomaly>> anomalies = new ArrayList<>();

    Sensors(DemoOptions options, int sites) {
        random = Draws.stream(options.seed(), "sensors");
        for (int i = 0; i < options.sensors(); i++) {
            Kind kind = KINDS.get(i / sites % KINDS.size());
            String code = String.format(Locale.ROOT, "%s-%03d", kind.prefix(), i + 1);
            sensors.add(new Sensor(code, i % sites, kind));
        }
        for (int i = 0; i < sensors.size(); i++) {
            anomalies.add(plant(sensors.get(i), i));
        }
    }

    /** Two anomalies a sensor, one in each half of the time, all four shapes in turn. */
    private List<Anomaly> plant(Sensor sensor, int number) {
        List<Anomaly> planted = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            int shape = (2 * number + half) % SHAPES.length;
            int from = half * HOURS / 2 + 24 + random.nextInt(HOURS / 2 - 60);
            Metric metric = sensor.kind().metrics().get(random.nextInt(2));
            double size = Draws.between(random, 6, 10) * (Draws.chance(random, 0.7) ? 1 : -1);
            planted.add(new Anomaly(sensor, metric, from, from + HOURS_OF_SHAPE[shape], SHAPES[shape], size));
        }
        return planted;
    }

    List<Anomaly> planted() {
        return anomalies.stream().flatMap(List::stream).toList();
    }

    List<Sensor> all() {
        return Collections.unmodifiableList(sensors);
    }

    /** Draws every reading, sensor by sensor, in the order of time. To be called once. */
    void read(Consumer<Reading> reader) {
        for (int i = 0; i < sensors.size(); i++) {
            for (Metric metric : sensors.get(i).kind().metrics()) {
                read(sensors.get(i), metric, anomalies.get(i), reader);
            }
        }
    }

    private void read(Sensor sensor, Metric metric, List<Anomaly> planted, Consumer<Reading> reader) {
        double noise = 0;
        double before = metric.mean();
        for (int hour = 0; hour < HOURS; hour++) {
            noise = NOISE_KEPT * noise + metric.noise() * random.nextGaussian();
            double usual =
                    metric.mean() + metric.swing() * StrictMath.cos(2 * StrictMath.PI * (hour - 14) / 24) + noise;
            double value = usual;
            for (Anomaly anomaly : planted) {
                value = anomaly.covers(metric, hour) ? disturbed(anomaly, hour, usual, before) : value;
            }
            before = value;
            reader.accept(new Reading(sensor, hour, metric, value));
        }
    }

    private static double disturbed(Anomaly anomaly, int hour, double usual, double before) {
        double off = anomaly.size() * anomaly.metric().noise();
        double part = (hour - anomaly.fromHour() + 1) / (double) (anomaly.toHour() - anomaly.fromHour());
        return switch (anomaly.kind()) {
            case "spike" -> usual + 1.5 * off;
            case "drift" -> usual + 1.3 * off * part;
            case "stuck" -> before;
            default -> usual + 0.8 * off;
        };
    }
}
