package io.millrace.decisions.replay;

import java.util.List;

/**
 * What became of an item.
 *
 * @param startDate  date on which it entered: the first of the calendar with a week of sales behind it
 * @param startStock units on hand then, the same under every policy
 * @param policies   one outcome for each policy that was replayed
 */
public record ItemOutcome(int startDate, double startStock, List<PolicyOutcome> policies) {

    /** Keeps its own copy. */
    public ItemOutcome {
        policies = List.copyOf(policies);
    }

    /** The outcome under a policy. */
    public PolicyOutcome of(ReplayPolicy policy) {
        return policies.stream().filter(p -> p.policy() == policy).findFirst().orElseThrow();
    }
}
