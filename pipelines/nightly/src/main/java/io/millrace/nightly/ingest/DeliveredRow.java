package io.millrace.nightly.ingest;

/**
 * A row as it was delivered.
 *
 * @param line      line in the file, or ordinal
 * @param values    fields in the order of the extract's header; null where malformed
 * @param malformed the text of a row that could not be split into its fields, or null
 */
record DeliveredRow(long line, String[] values, String malformed) {}
