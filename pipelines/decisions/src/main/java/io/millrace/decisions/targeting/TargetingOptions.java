package io.millrace.decisions.targeting;

import io.millrace.decisions.Require;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Parameters of a campaign.
 *
 * @param channels         cost and assumed response of each channel that may be used, at least one
 * @param budget           most that all contacts may cost, 0 or more
 * @param contactCap       contacts that a customer may have had in the window and still not be contacted again: at this
 *                         number or more they are left in peace, at least 1
 * @param windowDays       days that the window looks back, at least 1
 * @param controlShare     share of those about to be contacted who are held back, 0 to below 1
 * @param minExpectedValue least expected value that is worth a contact
 * @param seed             of the draw of the control group
 */
public record TargetingOptions(
        Map<Channel, ChannelTerms> channels,
        double budget,
        int contactCap,
        int windowDays,
        double controlShare,
        double minExpectedValue,
        long seed) {

    /** Refuses a campaign without channel and shares that leave nobody to contact. */
    public TargetingOptions {
        Require.that(!channels.isEmpty(), "a campaign needs a channel; give the terms of at least one");
        channels = Collections.unmodifiableMap(new EnumMap<>(channels));
        Require.notNegative("campaign budget", budget);
        Require.atLeast("contact cap", contactCap, 1);
        Require.atLeast("window of the contact cap", windowDays, 1);
        Require.that(
                controlShare >= 0 && controlShare < 1,
                "control share is %s; it must be 0 or more and below 1",
                controlShare);
        Require.finite("least expected value", minExpectedValue);
    }
}
