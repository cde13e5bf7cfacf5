package io.millrace.models.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Splits rows into folds in which every class has the same share, up to one row.
 *
 * @param folds how many, 2 or more
 * @param seed  the same seed and labels give the same folds
 */
public record StratifiedKFold(int folds, long seed) {

    /** The rows to learn from and the rows to measure on, both ascending; together they are all rows. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Split(int[] train, int[] test) {}

    public StratifiedKFold {
        if (folds < 2) {
            throw new IllegalArgumentException("folds is " + folds + ": at least 2 are needed to hold one out.");
        }
    }

    /** One split for each fold; {@code labels} are class numbers. Each row is in exactly one test part. */
    public List<Split> split(int[] labels) {
        if (labels.length < folds) {
            throw new IllegalArgumentException(
                    "There are " + labels.length + " rows for " + folds + " folds: use at most as many folds as rows.");
        }
        return splits(foldOfRow(labels));
    }

    /** One split for each fold that has rows, by the number of the fold that each row is in, from 0. */
    public static List<Split> splits(int[] foldOfRow) {
        List<Split> splits = new ArrayList<>();
        for (int f : Arrays.stream(foldOfRow).distinct().sorted().toArray()) {
            splits.add(new Split(
                    rows(foldOfRow.length, row -> foldOfRow[row] != f),
                    rows(foldOfRow.length, row -> foldOfRow[row] == f)));
        }
        return splits;
    }

    /** The number of the fold, from 0, whose test part holds each row. */
    public int[] foldOfRow(int[] labels) {
        RandomGenerator random = new SplittableRandom(seed);
        int[] fold = new int[labels.length];
        int dealt = 0;
        // Dealing goes on from class to class, so that the sizes of the folds differ by one row at most.
        for (int[] rows : rowsOfClass(labels).values()) {
            shuffle(rows, random);
            for (int row : rows) {
                fold[row] = dealt++ % folds;
            }
        }
        return fold;
    }

    private static Map<Integer, int[]> rowsOfClass(int[] labels) {
        Map<Integer, int[]> rows = new TreeMap<>();
        for (int label : Arrays.stream(labels).distinct().toArray()) {
            rows.put(label, rows(labels.length, row -> labels[row] == label));
        }
        return rows;
    }

    private static int[] rows(int count, IntPredicate wanted) {
        return IntStream.range(0, count).filter(wanted).toArray();
    }

    private static void shuffle(int[] values, RandomGenerator random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
    }
}
