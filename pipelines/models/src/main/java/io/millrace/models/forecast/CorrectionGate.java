package io.millrace.models.forecast;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of a correction is made: the share that past windows surely ask for, by class of demand. Errors of one window go together in all
 * series, so windows are what is counted and not series: the share is that of least squares less its standard error when each window is left out once
 * (jackknife, Tukey, 1958).
 */
final class CorrectionGate {

    private static final int FEWEST_WINDOWS = 3;
    private static final int FEWEST_SERIES = 20;

    private final Map<DemandClass, TreeMap<Integer, Sums>> windows = new EnumMap<>(DemandClass.class);
    private final Map<DemandClass, Integer> series = new EnumMap<>(DemandClass.class);

    /** Of errors and corrections: squares of the one, products, squares of the other. */
    private static final class Sums {
        private double errors;
        private double products;
        private double corrections;

        void add(Sums other, double weight) {
            errors += weight * other.errors;
            products += weight * other.products;
            corrections += weight * other.corrections;
        }
    }

    /** What one series says, window by window. */
    static final class OfSeries {
        private final TreeMap<Integer, Sums> windows = new TreeMap<>();

        void add(int window, double error, double correction) {
            Sums sums = windows.computeIfAbsent(window, first -> new Sums());
            sums.errors += error * error;
            sums.products += error * correction;
            sums.corrections += correction * correction;
        }
    }

    /** Adds a series, which counts by the root of its squared errors, so that a few bad ones do not decide. */
    void add(DemandClass kind, OfSeries one) {
        double squares =
                one.windows.values().stream().mapToDouble(sums -> sums.errors).sum();
        if (squares > 0) {
            TreeMap<Integer, Sums> all = windows.computeIfAbsent(kind, first -> new TreeMap<>());
            one.windows.forEach((window, sums) ->
                    all.computeIfAbsent(window, first -> new Sums()).add(sums, 1 / Math.sqrt(squares)));
            series.merge(kind, 1, Integer::sum);
        }
    }

    /** From 0 to 1; a class that is not there has none. */
    Map<DemandClass, Double> shares() {
        Map<DemandClass, Double> shares = new EnumMap<>(DemandClass.class);
        windows.forEach((kind, sums) -> {
            double share = sure(new ArrayList<>(sums.values()));
            if (share > 0 && series.get(kind) >= FEWEST_SERIES) {
                shares.put(kind, Math.min(1, share));
            }
        });
        return shares;
    }

    private static double sure(List<Sums> windows) {
        int count = windows.size();
        if (count < FEWEST_WINDOWS) {
            return 0;
        }
        Sums all = new Sums();
        windows.forEach(window -> all.add(window, 1));
        double[] without = windows.stream()
                .mapToDouble(window -> share(all.products - window.products, all.corrections - window.corrections))
                .toArray();
        double mean = 0;
        for (double share : without) {
            mean += share / count;
        }
        double squares = 0;
        for (double share : without) {
            squares += (share - mean) * (share - mean);
        }
        return share(all.products, all.corrections) - Math.sqrt(squares * (count - 1) / count);
    }

    private static double share(double products, double corrections) {
        return corrections > 0 ? products / corrections : 0;
    }
}
