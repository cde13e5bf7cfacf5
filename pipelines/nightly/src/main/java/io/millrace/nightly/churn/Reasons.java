package io.millrace.nightly.churn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The strongest contributions to a score as JSON: feature, value (null where missing), effect on the log-odds. */
final class Reasons {

    private static final int MOST = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Reasons() {}

    /**
     * @param values  of the features, NaN where missing
     * @param effects of the features on the log-odds; above 0 towards leaving. More behind them is not looked at
     */
    static String json(List<String> features, double[] values, double[] effects) {
        ArrayNode reasons = JSON.createArrayNode();
        IntStream.range(0, features.size())
                .filter(j -> effects[j] != 0 && !features.get(j).equals(ChurnHistory.CONTACTED))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer j) -> -Math.abs(effects[j]))
                        .thenComparing(j -> j))
                .limit(MOST)
                .forEach(j -> add(reasons.addObject(), features.get(j), values[j], effects[j]));
        try {
            return JSON.writeValueAsString(reasons);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(ObjectNode reason, String feature, double value, double effect) {
        reason.put("feature", feature);
        if (Double.isNaN(value)) {
            reason.putNull("value");
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            reason.put("value", (long) value);
        } else {
            reason.put("value", rounded(value));
        }
        reason.put("effect", rounded(effect));
    }

    private static double rounded(double x) {
        return Math.round(x * 1e4) / 1e4;
    }
}
