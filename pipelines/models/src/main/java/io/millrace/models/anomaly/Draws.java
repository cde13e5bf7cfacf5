package io.millrace.models.anomaly;

import java.util.SplittableRandom;

/** Rows drawn at random. */
final class Draws {

    private Draws() {}

    /** So many of the rows, or all where there are fewer, none twice, in a random order. The rows themselves are shared. */
    static double[][] without(double[][] rows, int count, SplittableRandom random) {
        int n = Math.min(count, rows.length);
        // Floyd's way: as many draws as rows are wanted, however many there are.
        java.util.LinkedHashSet<Integer> chosen = new java.util.LinkedHashSet<>();
        for (int i = rows.length - n; i < rows.length; i++) {
            int at = random.nextInt(i + 1);
            if (!chosen.add(at)) {
                chosen.add(i);
            }
        }
        return chosen.stream().map(i -> rows[i]).toArray(double[][]::new);
    }
}
