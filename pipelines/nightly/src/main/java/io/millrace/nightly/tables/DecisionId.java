package io.millrace.nightly.tables;

import java.time.LocalDate;
import org.apache.commons.codec.digest.DigestUtils;

/** The name of a decision: the same night about the same thing always has the same one. */
public final class DecisionId {

    private DecisionId() {}

    /** First 32 hex digits of the SHA-256 over kind, business date and business key. */
    public static String of(String kind, LocalDate businessDate, String... key) {
        String text = kind + "\u001f" + businessDate + "\u001f" + String.join("\u001f", key);
        return DigestUtils.sha256Hex(text).substring(0, 32);
    }
}
