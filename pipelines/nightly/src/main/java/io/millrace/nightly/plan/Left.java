package io.millrace.nightly.plan;

import io.millrace.contracts.Failure;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What a stage that goes table by table had to leave out, while it did the rest. Safe for use by several threads. */
public final class Left {

    private final Set<String> tables = new TreeSet<>();
    private Failure why;

    /** @param missing tables that are not up to date because of it */
    public synchronized void add(Failure failure, Set<String> missing) {
        why = why == null ? failure : why.and(failure);
        tables.addAll(missing);
    }

    /** What {@code work} gives, or {@code otherwise} where it fails, which costs {@code missing} and no more. */
    public <T> T out(Set<String> missing, T otherwise, Supplier<T> work) {
        try {
            return work.get();
        } catch (Exception e) {
            // Spark throws what it does not declare.
            Failure failure = Failure.within(e);
            if (failure == null) {
                throw e instanceof RuntimeException bug ? bug : new IllegalStateException(e);
            }
            add(failure, missing);
            return otherwise;
        }
    }

    /** The outcome of a stage, with what was left out of it. */
    public synchronized Stage.Outcome of(Stage.Outcome outcome) {
        return why == null ? outcome : outcome.but(new Stage.Refused(why, Set.copyOf(tables)));
    }
}
