package io.millrace.nightly.explain;

import java.util.Map;

/**
 * A row that something rests on.
 *
 * @param values column → value as text, in the order of the table, without what is empty
 * @param origin the file and line, or the query and row, that delivered it; null for rows that Millrace made
 */
public record Fact(Map<String, String> values, String origin) {}
