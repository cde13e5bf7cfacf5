package io.millrace.decisions.targeting;

import java.util.Optional;

/**
 * What is done about one customer of the plan: a contact, or nothing.
 *
 * @param customer         customer code
 * @param offer            what is offered and how; empty if the customer is left alone
 * @param isExplored       whether chance chose, to learn from what comes of it
 * @param expectedValue    of the contact, its cost deducted; 0 of none
 * @param baselineValue    what is expected of the same money for customers and offers drawn at random; 0 of none
 * @param propensity       probability with which this action was chosen, above 0
 * @param cost             of the contact; 0 of none
 * @param churnProbability as in the candidate
 * @param segment          as in the candidate
 * @param reason           one sentence for the marketer
 */
public record Target(
        String customer,
        Optional<Offer> offer,
        boolean isExplored,
        double expectedValue,
        double baselineValue,
        double propensity,
        double cost,
        double churnProbability,
        String segment,
        String reason) {

    /** Whether the customer is left alone. */
    public boolean isControl() {
        return offer.isEmpty();
    }
}
