package io.millrace.features;

import io.millrace.contracts.ColumnContract;

/**
 * One column of a feature view: an aggregate over a source's rows in one window.
 *
 * @param column    name, type, unit and description, as in the view's contract
 * @param aggregate how rows become a value
 * @param value     SQL over a row of the source
 * @param where     boolean over a row of the source, or null for every row
 * @param window    which ages count
 * @param otherwise SQL literal for an entity without rows, or null
 * @param internal  true if the column only serves derived features and is not kept
 */
public record Feature(
        ColumnContract column,
        Aggregate aggregate,
        String value,
        String where,
        Window window,
        String otherwise,
        boolean internal) {

    /** The value of an entity, over the columns of its source. */
    String sql(boolean grouped) {
        String age = window.sql();
        String filter = where == null ? age : age == null ? "(" + where + ")" : age + " AND (" + where + ")";
        return "CAST(%s AS %s)".formatted(aggregate.sql(value, filter, grouped ? "oldest" : "age"), column.type());
    }
}
