package io.millrace.models.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names that say where a segment stands among all customers: how lately they bought, how often, and for how much, as in {@code lapsed frequent big
 * spenders}. The middle of a scale needs no word but of money.
 */
public final class SegmentNames {

    private static final double LOW = 1.0 / 3;
    private static final double HIGH = 2.0 / 3;
    private static final double TOP = 0.9;

    private SegmentNames() {}

    /**
     * A name for each segment, no two the same.
     *
     * @param recency   of each segment, the share of customers who bought more lately than its median, 0 to 1
     * @param frequency of each segment, the share of customers who bought less often
     * @param money     of each segment, the share of customers who spent less
     */
    public static List<String> of(double[] recency, double[] frequency, double[] money) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (int s = 0; s < recency.length; s++) {
            String name = String.join(
                    " ",
                    words(
                            third(recency[s], "active", "lapsing", "lapsed"),
                            third(frequency[s], "rare", "", "frequent"),
                            money[s] > TOP ? "top" : third(money[s], "small", "regular", "big"),
                            "spenders"));
            int count = counts.merge(name, 1, Integer::sum);
            names.add(count == 1 ? name : name + " " + count);
        }
        return names;
    }

    private static String third(double share, String low, String middle, String high) {
        return share < LOW ? low : share > HIGH ? high : middle;
    }

    private static List<String> words(String... words) {
        return Arrays.stream(words).filter(word -> !word.isEmpty()).toList();
    }
}
