package io.millrace.decisions.targeting;

import java.util.Locale;

/** Why a customer is not contacted, if not by chance. */
public enum LeftOut {
    /** Does not want to be contacted. */
    OPTED_OUT,
    /** Had as many contacts in the window as the cap allows. */
    CONTACT_CAP,
    /** Has no address on a channel of any offer. */
    UNREACHABLE,
    /** No offer is worth more than it costs. */
    LOW_VALUE,
    /** Budget or capacity bring more elsewhere. */
    BUDGET;

    /** As in a sentence: {@code opted out}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
