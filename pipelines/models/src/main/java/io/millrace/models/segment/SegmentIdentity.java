package io.millrace.models.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which segment of tonight is which of the night before. */
public final class SegmentIdentity {

    private SegmentIdentity() {}

    /**
     * Pairs centres, the nearest pair first, each centre once.
     *
     * @param now    centres of tonight, columns of a common size
     * @param before centres of the night before in the same columns
     * @param most   distance from which on two are not the same segment
     * @return for each of tonight the index of the one before, or −1 for a new one
     */
    public static int[] match(double[][] now, double[][] before, double most) {
        record Pair(int now, int before, double distance) {}
        List<Pair> pairs = new ArrayList<>();
        for (int a = 0; a < now.length; a++) {
            for (int b = 0; b < before.length; b++) {
                double distance = Math.sqrt(Geometry.squared(now[a], before[b]));
                if (distance < most) {
                    pairs.add(new Pair(a, b, distance));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::distance)
                .thenComparingInt(Pair::now)
                .thenComparingInt(Pair::before));
        int[] matched = new int[now.length];
        Arrays.fill(matched, -1);
        boolean[] taken = new boolean[before.length];
        for (Pair pair : pairs) {
            if (matched[pair.now()] < 0 && !taken[pair.before()]) {
                matched[pair.now()] = pair.before();
                taken[pair.before()] = true;
            }
        }
        return matched;
    }
}
