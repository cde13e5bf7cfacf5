package io.millrace.nightly.ingest;

import java.util.BitSet;

/**
 * A row as it was delivered.
 *
 * @param line      line in the file, or ordinal
 * @param values    fields in the order of the extract's header; null if malformed
 * @param malformed the text of a row that could not be split into its fields, or null
 * @param numbers   which of the values were delivered as numbers and not as text; null for none
 */
record DeliveredRow(long line, String[] values, String malformed, BitSet numbers) {

    /** A row of text. */
    DeliveredRow(long line, String[] values, String malformed) {
        this(line, values, malformed, null);
    }
}
