package io.millrace.models.policy;

import io.millrace.models.metrics.StratifiedKFold;
import java.util.stream.IntStream;

/** Folds of a log in which every action has the same share, up to one row. */
final class Folds {

    private final int[] foldOf;
    private final int count;

    Folds(ContactLog log, int count, long seed) {
        this.foldOf = new StratifiedKFold(count, seed).foldOfRow(log.taken());
        this.count = count;
    }

    int count() {
        return count;
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
