package io.millrace.lake;

import java.util.Collection;
import java.util.stream.Collectors;
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
        String text = content.stream().sorted().map(part -> part + "\0").collect(Collectors.joining());
        return new Once(writer + "/" + DigestUtils.sha256Hex(text).substring(0, DIGITS), 1);
    }
}
