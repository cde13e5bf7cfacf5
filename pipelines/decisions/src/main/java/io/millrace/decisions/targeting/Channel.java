package io.millrace.decisions.targeting;

import java.util.Locale;

/** Ways to contact a customer. */
public enum Channel {
    /** Electronic mail. */
    EMAIL,
    /** A telephone call. */
    PHONE,
    /** A letter. */
    POST;

    /** The name in tables: email, phone or post. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
