package io.millrace.nightly.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What can happen between us and an ERP, in any order. */
final class StagingHistory {

    static final List<String> PRODUCTS = List.of("A", "B", "C", "D");
    private static final int DAYS = 4;
    private static final int LONGEST = 16;

    private StagingHistory() {}

    /** One thing that happens. Days are counted from the first night. */
    sealed interface Step {

        /** We read the ERP's answers. */
        record Read() implements Step {}

        /** The night of a day decides, with the answers that were read: quantity by product. */
        record Decide(int day, Map<String, Integer> plan) implements Step {}

        /** What a day decided last is published; the connection is lost at the first commit, or just after it, if said so. */
        record Publish(int day, Lost lost) implements Step {}

        /** The ERP answers what waits of a product. */
        record Answer(String product, RowState state) implements Step {}

        /** The ERP takes or refuses the batches that are ready. */
        record TakeOver(BatchState state) implements Step {}

        /** Its database is backed up. */
        record BackUp() implements Step {}

        /** The backup is restored. */
        record Restore() implements Step {}

        /** Somebody empties tables. */
        record Empty(boolean batches, boolean rows) implements Step {}

        /** Somebody deletes a product's rows. */
        record Delete(String product) implements Step {}

        /** We take back the nights from a day on. */
        record TakeBack(int day) implements Step {}
    }

    /** When a connection ends. */
    enum Lost {
        NEVER,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** The history of a seed. */
    static List<Step> of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        Map<Integer, Map<String, Integer>> plans = new TreeMap<>();
        int day = 0;
        int length = 5 + random.nextInt(LONGEST - 4);
        while (steps.size() < length) {
            double what = random.nextDouble();
            if (what < 0.1) {
                steps.add(new Step.Read());
            } else if (what < 0.48) {
                day = random.nextInt(3) == 0 ? random.nextInt(DAYS) : Math.min(DAYS - 1, day + random.nextInt(2));
                if (random.nextBoolean()) {
                    steps.add(new Step.Read());
                }
                if (random.nextInt(3) > 0) {
                    plans.put(day, plan(random));
                }
                // Or it says again what it said, with the answers that came since.
                steps.add(new Step.Decide(day, plans.computeIfAbsent(day, first -> plan(random))));
                if (random.nextInt(3) == 0) {
                    steps.add(answer(random));
                }
                steps.add(publish(day, random));
            } else if (what < 0.6) {
                steps.add(publish(random.nextInt(DAYS), random));
            } else if (what < 0.85) {
                steps.add(answer(random));
            } else if (what < 0.88) {
                steps.add(new Step.TakeOver(random.nextBoolean() ? BatchState.CONSUMED : BatchState.REJECTED));
            } else if (what < 0.91) {
                steps.add(new Step.BackUp());
            } else if (what < 0.94) {
                steps.add(new Step.Restore());
            } else if (what < 0.96) {
                boolean batches = random.nextBoolean();
                steps.add(new Step.Empty(batches, !batches || random.nextBoolean()));
            } else if (what < 0.965) {
                steps.add(new Step.Delete(any(PRODUCTS, random)));
            } else {
                steps.add(new Step.TakeBack(random.nextInt(DAYS)));
            }
        }
        return steps;
    }

    private static Step publish(int day, SplittableRandom random) {
        return new Step.Publish(day, Lost.values()[random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0]);
    }

    private static Step answer(SplittableRandom random) {
        return new Step.Answer(any(PRODUCTS, random), random.nextInt(3) == 0 ? RowState.REJECTED : RowState.ACCEPTED);
    }

    private static Map<String, Integer> plan(SplittableRandom random) {
        Map<String, Integer> plan = new TreeMap<>();
        PRODUCTS.stream()
                .filter(product -> random.nextInt(5) < 3)
                .forEach(product -> plan.put(product, 1 + random.nextInt(2)));
        return plan;
    }

    private static <T> T any(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    /** A history without any step that it does not take to fail. */
    static List<Step> shortest(List<Step> failing, Predicate<List<Step>> fails) {
        List<Step> shortest = failing;
        for (int i = 0; i < shortest.size(); ) {
            List<Step> without = new ArrayList<>(shortest);
            without.remove(i);
            if (fails.test(without)) {
                shortest = without;
                i = 0;
            } else {
                i++;
            }
        }
        return shortest;
    }
}
