package io.millrace.decisions.targeting;

import io.millrace.decisions.Require;
import java.util.Set;

/**
 * A customer who might be contacted.
 *
 * @param customer         customer code
 * @param churnProbability 0 to 1
 * @param valueAtRisk      money lost if the customer leaves, 0 or more
 * @param optedOut         whether the customer does not want to be contacted
 * @param recentContacts   contacts within the window of {@link TargetingOptions#windowDays()}, 0 or more
 * @param reachable        channels on which there is an address or a number
 * @param segment          risk band or segment; may be empty
 */
public record Candidate(
        String customer,
        double churnProbability,
        double valueAtRisk,
        boolean optedOut,
        int recentContacts,
        Set<Channel> reachable,
        String segment) {

    /** Refuses a probability outside 0 to 1 and negative values. */
    public Candidate {
        Require.text("customer code", customer);
        Require.between("churn probability of " + customer, churnProbability, 0, 1);
        Require.notNegative("value at risk of " + customer, valueAtRisk);
        Require.atLeast("recent contacts of " + customer, recentContacts, 0);
        reachable = Set.copyOf(reachable);
        segment = segment == null ? "" : segment;
    }

    /** What a contact is expected to bring: churn probability × value at risk × assumed response − contact cost. */
    double expectedValue(Offer offer) {
        return churnProbability * valueAtRisk * offer.responseRate() - offer.cost();
    }
}
