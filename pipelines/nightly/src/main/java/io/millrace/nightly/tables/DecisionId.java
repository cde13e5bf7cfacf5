package io.millrace.nightly.tables;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/** The name of a decision: the same night about the same thing always has the same one. */
public final class DecisionId {

    private DecisionId() {}

    /** First 32 hex digits of the SHA-256 over kind, business date and business key. */
    public static String of(String kind, LocalDate businessDate, String... key) {
        String text = kind + "\u001f" + businessDate + "\u001f" + String.join("\u001f", key);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
