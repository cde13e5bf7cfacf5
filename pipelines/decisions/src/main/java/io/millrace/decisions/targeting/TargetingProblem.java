package io.millrace.decisions.targeting;

import io.millrace.decisions.Require;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The customers of a campaign to choose from.
 *
 * @param campaign   campaign code
 * @param date       the night; each has a draw of its own
 * @param candidates each customer once, in any order
 */
public record TargetingProblem(String campaign, LocalDate date, List<Candidate> candidates) {

    /** Refuses a customer who is there twice. */
    public TargetingProblem {
        Require.text("campaign code", campaign);
        candidates = List.copyOf(candidates);
        Set<String> seen = new HashSet<>();
        for (Candidate candidate : candidates) {
            Require.that(
                    seen.add(candidate.customer()),
                    "customer %s is there twice; give each customer once",
                    candidate.customer());
        }
    }
}
