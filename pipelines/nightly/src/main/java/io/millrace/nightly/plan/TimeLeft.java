package io.millrace.nightly.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How long a run still takes if its stages take as long as they usually did: the rest of the plan is played through, as many stages at a
 * time and in the order in which {@link PlanRunner} starts them. A stage of which nothing is known counts as the mean of the others.
 */
final class TimeLeft {

    private final List<String> stages = new ArrayList<>();
    private final Map<String, Double> seconds = new HashMap<>();
    /** Stage → those that have to end before it begins, and those that merely may not run beside it. */
    private final Map<String, Set<String>> after = new HashMap<>();

    private final Map<String, Set<String>> apart = new HashMap<>();

    /**
     * @param ordered what is run, in the order of {@link PlanRunner#ordered}
     * @param usual   name of a stage → seconds that it usually takes, 0 or more
     */
    TimeLeft(List<Stage> ordered, Map<String, Double> usual) {
        OptionalDouble mean = ordered.stream()
                .filter(s -> usual.containsKey(s.name()))
                .mapToDouble(s -> usual.get(s.name()))
                .average();
        for (Stage stage : ordered) {
            stages.add(stage.name());
            after.put(stage.name(), names(ordered, stage, PlanRunner::feeds));
            apart.put(stage.name(), names(ordered, stage, PlanRunner::sharesOutput));
            mean.ifPresent(m -> seconds.put(stage.name(), usual.getOrDefault(stage.name(), m)));
        }
    }

    private interface Between {
        boolean holds(Stage other, Stage stage);
    }

    private static Set<String> names(List<Stage> all, Stage stage, Between between) {
        Set<String> names = new LinkedHashSet<>();
        all.stream()
                .filter(other -> other != stage && between.holds(other, stage))
                .forEach(other -> names.add(other.name()));
        return names;
    }

    /**
     * Seconds until the last stage ends, 0 or more; empty if nothing is known of any stage.
     *
     * @param ended   stages that nobody waits for any more
     * @param running stage → seconds since it began; one that takes longer than usual is believed to end now
     */
    OptionalDouble seconds(Set<String> ended, Map<String, Double> running) {
        if (seconds.isEmpty()) {
            return OptionalDouble.empty();
        }
        Set<String> waiting = new LinkedHashSet<>(stages);
        waiting.removeAll(ended);
        waiting.removeAll(running.keySet());
        Map<String, Double> ends = new HashMap<>();
        running.forEach((stage, since) -> ends.put(stage, Math.max(0, seconds.getOrDefault(stage, 0.0) - since)));
        double now = 0;
        while (!waiting.isEmpty() || !ends.isEmpty()) {
            for (String stage : List.copyOf(waiting)) {
                if (ends.size() < PlanRunner.SIDE_BY_SIDE && isReady(stage, waiting, ends.keySet())) {
                    waiting.remove(stage);
                    ends.put(stage, now + seconds.get(stage));
                }
            }
            String next = ends.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            now = ends.remove(next);
        }
        return OptionalDouble.of(now);
    }

    private boolean isReady(String stage, Set<String> waiting, Set<String> running) {
        return after.get(stage).stream().noneMatch(other -> waiting.contains(other) || running.contains(other))
                && apart.get(stage).stream().noneMatch(running::contains);
    }
}
