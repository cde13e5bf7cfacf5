package io.millrace.decisions.targeting;

import io.millrace.decisions.Require;

/**
 * A channel with a content: what can be done for a customer.
 *
 * @param code         name of the offer
 * @param channel      how
 * @param content      what is offered
 * @param cost         of one contact, 0 or more
 * @param responseRate share of customers about to leave whom a contact is assumed to keep, 0 to 1. An assumption until the log of contacts has
 *                     measured it
 */
public record Offer(String code, Channel channel, String content, double cost, double responseRate) {

    /** Refuses an empty code, a negative cost and a rate that is no share. */
    public Offer {
        Require.text("code of an offer", code);
        Require.that(channel != null, "offer %s has no channel; give it one", code);
        Require.notNegative("contact cost", cost);
        Require.between("response rate", responseRate, 0, 1);
    }
}
