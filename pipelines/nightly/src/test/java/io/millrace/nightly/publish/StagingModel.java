package io.millrace.nightly.publish;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an ERP is to find after a publication, told from what it found before, what the night decided, and which answers that knew. It says what
 * holds and not how it comes about.
 */
final class StagingModel {

    /**
     * A decision as it stands in the staging schema.
     *
     * @param day   of the night that made it
     * @param batch its batch, or null if that is not there any more
     */
    record Line(int day, String product, int quantity, RowState state, Batch batch) {}

    /** A batch as it stands in the staging schema. */
    record Batch(int day, int revision, BatchState state, int rows) {}

    private final Set<String> known = new TreeSet<>();
    private final Map<Integer, Map<String, Integer>> decided = new TreeMap<>();
    private final Map<Integer, Set<String>> knew = new TreeMap<>();

    static String id(int day, String product) {
        return "day" + day + "-" + product;
    }

    /** Answers came in. */
    void read(Set<String> answered) {
        known.addAll(answered);
    }

    void decide(int day, Map<String, Integer> plan) {
        decided.put(day, plan);
        knew.put(day, Set.copyOf(known));
    }

    /** What a day decided last; nothing if it never did. */
    Optional<Map<String, Integer>> plan(int day) {
        return Optional.ofNullable(decided.get(day));
    }

    /** The answers that it decided with. */
    Set<String> knew(int day) {
        return knew.get(day);
    }

    /** The days are taken back: they never decided. */
    void takeBack(int from) {
        decided.keySet().removeIf(day -> day >= from);
    }

    /** True if the plan of a later day stands, so that there is nothing to publish. */
    static boolean isLate(int day, List<Batch> batches) {
        return batches.stream().anyMatch(b -> b.day() > day && b.state() != BatchState.SUPERSEDED);
    }

    /** The lines after the plan of a day was published, as {@code id quantity state}, if none of a later day stands. */
    Set<String> published(int day, Map<String, Line> before) {
        Map<String, Integer> plan = decided.get(day);
        Set<String> ordered = before.entrySet().stream()
                .filter(line -> line.getValue().state() == RowState.ACCEPTED
                        && line.getValue().batch() != null
                        && line.getValue().day() != day)
                .filter(line -> !knew.get(day).contains(line.getKey()))
                .map(line -> line.getValue().product())
                .collect(Collectors.toSet());
        Map<String, String> after = new TreeMap<>();
        before.forEach((id, line) -> {
            RowState state = line.state() == RowState.NEW ? RowState.SUPERSEDED : line.state();
            after.put(id, line.quantity() + " " + state);
        });
        plan.forEach((product, quantity) -> {
            String id = id(day, product);
            Line line = before.get(id);
            boolean isAnswered = line != null && line.state().isDecided();
            boolean isLost = line == null && knew.get(day).contains(id);
            if (!isAnswered && !isLost && !ordered.contains(product)) {
                after.put(id, quantity + " " + RowState.NEW);
            }
        });
        return lines(after);
    }

    /** The lines after the nights from a day on were taken back. */
    static Set<String> takenBack(int from, Map<String, Line> before) {
        Map<String, String> after = new TreeMap<>();
        before.forEach((id, line) -> {
            boolean waits = line.state() == RowState.NEW && line.batch() != null && line.day() >= from;
            after.put(id, line.quantity() + " " + (waits ? RowState.SUPERSEDED : line.state()));
        });
        return lines(after);
    }

    /** Lines that stand. */
    static Set<String> lines(Map<String, String> byId) {
        return byId.entrySet().stream()
                .map(line -> line.getKey() + " " + line.getValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is wrong with the batches after the plan of a day was published, or null. */
    static String wrong(int day, Map<String, Line> lines, List<Batch> batches) {
        Set<Batch> ready = batches.stream()
                .filter(b -> b.state() == BatchState.READY)
                .collect(Collectors.toCollection(HashSet::new));
        if (ready.size() > 1) {
            return "several batches are ready: " + ready;
        }
        Batch newest =
                batches.stream().filter(b -> b.day() == day).reduce((a, b) -> b).orElse(null);
        if (newest == null || newest.state() == BatchState.SUPERSEDED) {
            return "no batch of day " + day + " stands: " + batches;
        }
        for (Line line : lines.values()) {
            if (line.state() == RowState.NEW && !newest.equals(line.batch())) {
                return line + " waits in another batch than " + newest;
            }
        }
        long rows = lines.values().stream()
                .filter(line -> newest.equals(line.batch()))
                .count();
        if (rows != newest.rows()) {
            return newest + " carries " + rows;
        }
        return null;
    }
}
