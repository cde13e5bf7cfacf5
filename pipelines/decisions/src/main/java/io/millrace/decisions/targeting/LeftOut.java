package io.millrace.decisions.targeting;

import java.util.Locale;

/** Why a candidate is neither contacted nor a control. */
public enum LeftOut {
    /** Does not want to be contacted. */
    OPTED_OUT,
    /** Had as many contacts in the window as the cap allows. */
    CONTACT_CAP,
    /** Has no address on a channel of the campaign. */
    UNREACHABLE,
    /** The expected value lies below the least that is worth a contact. */
    LOW_VALUE,
    /** The budget was spent on better contacts. */
    BUDGET;

    /** As in a sentence: {@code opted out}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
