package io.millrace.lake;

/**
 * Makes a write happen once: Delta keeps the greatest number committed for each writer, and a write with that number
 * or a lower one is skipped.
 *
 * @param writer what writes, stable over nights, as in {@code ingest/bronze.shop_customer}
 * @param number grows with everything this writer ever writes
 */
public record Once(String writer, long number) {}
