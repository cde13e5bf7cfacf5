package io.millrace.decisions.targeting;

import io.millrace.decisions.Require;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters of a campaign.
 *
 * @param offers           that may be made, at least one, no two of one code
 * @param budget           most that all contacts may cost, 0 or more
 * @param capacity         most contacts on a channel, 0 or more; a channel without one takes any number
 * @param contactCap       contacts that a customer may have had in the window and still not be contacted again: at this
 *                         number or more they are left in peace, at least 1
 * @param windowDays       days that the window looks back, at least 1
 * @param explorationShare share of the customers who could be contacted whose action is drawn at random, 0 to below 1. Fewer are drawn
 *                         if that would take more than a quarter of the budget or of a capacity
 * @param seed             of the draw
 */
public record TargetingOptions(
        List<Offer> offers,
        double budget,
        Map<Channel, Integer> capacity,
        int contactCap,
        int windowDays,
        double explorationShare,
        long seed) {

    /** Refuses a campaign without offers and shares that leave nothing to choose. */
    public TargetingOptions {
        Require.that(!offers.isEmpty(), "a campaign needs an offer; give at least one");
        offers = List.copyOf(offers);
        Require.that(
                offers.stream().map(Offer::code).distinct().count() == offers.size(),
                "two offers of a campaign have one code; give each its own");
        Map<Channel, Integer> most = new EnumMap<>(Channel.class);
        most.putAll(capacity);
        most.forEach((channel, contacts) -> Require.atLeast("capacity of " + channel.code(), contacts, 0));
        capacity = Collections.unmodifiableMap(most);
        Require.notNegative("campaign budget", budget);
        Require.atLeast("contact cap", contactCap, 1);
        Require.atLeast("window of the contact cap", windowDays, 1);
        Require.that(
                explorationShare >= 0 && explorationShare < 1,
                "exploration share is %s; it must be 0 or more and below 1",
                explorationShare);
    }

    /** Most contacts on a channel; infinite if nobody said. */
    double most(Channel channel) {
        Integer most = capacity.get(channel);
        return most == null ? Double.POSITIVE_INFINITY : most;
    }
}
