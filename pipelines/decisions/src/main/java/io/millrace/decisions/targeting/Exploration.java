package io.millrace.decisions.targeting;

import io.millrace.decisions.StableHash;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whose action chance decides, and which one: no contact or any offer that reaches the customer, all with the same probability. The draw
 * is a hash of seed, campaign, date and customer, so it is another one each night and depends on nobody else; nor does the share of the
 * customers that is drawn depend on it.
 *
 * @param share of the customers
 */
record Exploration(double share) {

    /** Of the budget, and of each capacity, that exploration is expected to take at most. */
    private static final double MOST = 0.25;

    /** @param reach what reaches each customer who could be contacted */
    static Exploration of(TargetingOptions options, List<List<Offer>> reach) {
        double cost = 0;
        Map<Channel, Double> contacts = new EnumMap<>(Channel.class);
        for (List<Offer> offers : reach) {
            for (Offer offer : offers) {
                cost += offer.cost() / (offers.size() + 1);
                contacts.merge(offer.channel(), 1.0 / (offers.size() + 1), Double::sum);
            }
        }
        double share = options.explorationShare();
        share = cost > 0 ? Math.min(share, MOST * options.budget() / cost) : share;
        for (Map.Entry<Channel, Double> channel : contacts.entrySet()) {
            share = Math.min(share, MOST * options.most(channel.getKey()) / channel.getValue());
        }
        return new Exploration(share);
    }

    boolean isDrawn(long seed, String campaign, LocalDate date, String customer) {
        return StableHash.uniform(seed, campaign, date.toString(), customer) < share;
    }

    /** Place of the drawn offer, {@link OfferPlan#NONE} for no contact. */
    int drawn(long seed, String campaign, LocalDate date, String customer, int offers) {
        return (int) (StableHash.uniform(seed, campaign, date.toString(), customer, "action") * (offers + 1)) - 1;
    }

    /** Probability of an action. @param listed whether the list would have it */
    double propensity(boolean listed, int offers) {
        return (listed ? 1 - share : 0) + share / (offers + 1);
    }
}
