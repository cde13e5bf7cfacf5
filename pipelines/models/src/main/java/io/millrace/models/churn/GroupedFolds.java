package io.millrace.models.churn;

import io.millrace.models.metrics.StratifiedKFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Folds that keep the rows of a group together, stratified by whether anybody of the group left. */
final class GroupedFolds {

    private final int folds;
    private final int[] foldOf;

    /** @param folds wanted; there are fewer where a class has fewer groups, and never less than 2 */
    GroupedFolds(TrainingSet set, int folds, long seed) {
        Map<String, Integer> left = left(set);
        this.folds = Math.max(2, Math.min(folds, scarcest(left)));
        List<String> groups = new ArrayList<>(left.keySet());
        int[] labels = groups.stream().mapToInt(left::get).toArray();
        int[] dealt = new StratifiedKFold(this.folds, seed).foldOfRow(labels);
        Map<String, Integer> foldOfGroup = new HashMap<>();
        for (int g = 0; g < dealt.length; g++) {
            foldOfGroup.put(groups.get(g), dealt[g]);
        }
        this.foldOf = IntStream.range(0, set.size())
                .map(i -> foldOfGroup.get(set.group(i)))
                .toArray();
    }

    /** Number of groups of the class that has fewer. */
    static int scarcest(TrainingSet set) {
        return scarcest(left(set));
    }

    private static int scarcest(Map<String, Integer> left) {
        int positives = (int) left.values().stream().filter(l -> l == 1).count();
        return Math.min(positives, left.size() - positives);
    }

    private static Map<String, Integer> left(TrainingSet set) {
        Map<String, Integer> left = new TreeMap<>();
        for (int i = 0; i < set.size(); i++) {
            left.merge(set.group(i), set.label(i), Math::max);
        }
        return left;
    }

    int count() {
        return folds;
    }

    /** Places of the rows in a fold. */
    int[] inside(int fold) {
        return IntStream.range(0, foldOf.length).filter(i -> foldOf[i] == fold).toArray();
    }

    /** Places of the rows in the other folds. */
    int[] outside(int fold) {
        return IntStream.range(0, foldOf.length).filter(i -> foldOf[i] != fold).toArray();
    }
}
