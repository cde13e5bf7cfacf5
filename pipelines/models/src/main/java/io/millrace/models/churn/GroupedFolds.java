package io.millrace.models.churn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Folds that keep the rows of a group together and are stratified: groups in which somebody left are dealt out evenly,
 * and so are the others.
 */
final class GroupedFolds {

    private final int folds;
    private final int[] foldOf;

    /** @param folds wanted; there are fewer where a class has fewer groups, and never less than 2 */
    GroupedFolds(TrainingSet set, int folds, long seed) {
        Map<String, Integer> left = new TreeMap<>();
        for (int i = 0; i < set.size(); i++) {
            left.merge(set.groups()[i], set.label(i), Math::max);
        }
        int positives = (int) left.values().stream().filter(l -> l == 1).count();
        int scarcest = Math.min(positives, left.size() - positives);
        this.folds = Math.max(2, Math.min(folds, scarcest));
        Map<String, Integer> dealt = dealt(left, seed);
        this.foldOf = IntStream.range(0, set.size()).map(i -> dealt.get(set.groups()[i])).toArray();
    }

    private Map<String, Integer> dealt(Map<String, Integer> left, long seed) {
        Random random = new Random(seed);
        Map<String, Integer> dealt = new HashMap<>();
        int next = 0;
        for (int label = 1; label >= 0; label--) {
            int wanted = label;
            List<String> groups = new ArrayList<>(
                    left.keySet().stream().filter(g -> left.get(g) == wanted).toList());
            Collections.shuffle(groups, random);
            for (String group : groups) {
                dealt.put(group, next++ % folds);
            }
        }
        return dealt;
    }

    int count() {
        return folds;
    }

    /** The fold of each row. */
    int[] foldOf() {
        return foldOf;
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
