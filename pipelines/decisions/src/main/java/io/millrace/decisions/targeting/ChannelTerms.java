package io.millrace.decisions.targeting;

import io.millrace.decisions.Require;

/**
 * What a contact on a channel costs and is assumed to bring.
 *
 * @param contactCost  of one contact, 0 or more
 * @param responseRate share of customers about to leave whom a contact is assumed to keep, 0 to 1. An assumption until the
 *                     control group has measured it
 */
public record ChannelTerms(double contactCost, double responseRate) {

    /** Refuses a negative cost and a rate that is no share. */
    public ChannelTerms {
        Require.notNegative("contact cost", contactCost);
        Require.between("response rate", responseRate, 0, 1);
    }
}
