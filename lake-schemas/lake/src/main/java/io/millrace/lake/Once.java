package io.millrace.lake;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

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
        MessageDigest digest = DigestUtils.getSha256Digest();
        content.stream().sorted().forEach(text -> DigestUtils.updateDigest(digest, text + "\0"));
        return new Once(writer + "/" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS), 1);
    }
}
