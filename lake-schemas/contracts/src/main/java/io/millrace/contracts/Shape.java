package io.millrace.contracts;

/** How a table takes new rows. */
public enum Shape {
    /** A row each span of days in which nothing changed: valid_from, valid_to, is_current. */
    HISTORY,
    /** One row a key; a new delivery replaces it. */
    KEYED,
    /** The rows of a business date are replaced as a whole. */
    DATED,
    /** Rows are only added. */
    LOG
}
