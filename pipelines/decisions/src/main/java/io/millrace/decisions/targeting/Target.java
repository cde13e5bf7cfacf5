package io.millrace.decisions.targeting;

import java.util.Optional;

/**
 * One customer of the plan: contacted, or held back as a control.
 *
 * @param customer         customer code
 * @param channel          how to contact; empty for a control
 * @param expectedValue    of the contact; for a control, of the contact that was withheld
 * @param baselineValue    mean expected value of a contact over all customers who could be contacted
 * @param propensity       probability with which the action taken was chosen: 1 − control share of a contact, control share of
 *                         a control
 * @param cost             of the contact; 0 for a control
 * @param churnProbability as in the candidate
 * @param segment          as in the candidate
 * @param reason           one sentence for the marketer
 */
public record Target(
        String customer,
        Optional<Channel> channel,
        double expectedValue,
        double baselineValue,
        double propensity,
        double cost,
        double churnProbability,
        String segment,
        String reason) {

    /** Whether the customer is held back. */
    public boolean isControl() {
        return channel.isEmpty();
    }
}
