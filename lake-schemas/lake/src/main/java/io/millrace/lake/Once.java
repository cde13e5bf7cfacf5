package io.millrace.lake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * Makes a write happen once: Delta keeps the greatest number committed for each writer, and a write with that number
 * or a lower one is skipped.
 *
 * @param writer what writes, stable over nights, as in {@code ledger}
 * @param number grows with everything this writer ever writes
 */
public record Once(String writer, long number) {

    private static final int DIGITS = 32;

    /**
     * By what is written and not by when: the same content is written once, and other content always, in whatever order it arrives.
     *
     * @param content what decides the rows, as ids of extracts and the query that maps them; their order does not matter
     */
    public static Once of(String writer, Collection<String> content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            content.stream().sorted().forEach(text -> {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            });
            return new Once(
                    writer + "/" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS), 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
