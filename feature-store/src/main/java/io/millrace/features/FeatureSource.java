package io.millrace.features;

import java.util.List;
import java.util.Map;

/**
 * Rows that features are made of. A row counts for a date only where its event is not after that date and it was known
 * by then.
 *
 * @param name      its name within the view
 * @param table     table of the lake
 * @param eventTime column that says when it happened, a date or a timestamp
 * @param known     column with the date since when the row is known
 * @param where     boolean over the table's columns, {@code age} (days since the event) and {@code as_of}, or null
 * @param per       SQL over the same: rows of an entity are first grouped by these, as lines into orders; empty for none
 * @param columns   columns of such a group: name → SQL aggregate. {@code age} is that of its latest event,
 *                  {@code oldest} that of its earliest
 * @param features  what is made of the rows, or of the groups
 */
public record FeatureSource(
        String name,
        String table,
        String eventTime,
        String known,
        String where,
        List<String> per,
        Map<String, String> columns,
        List<Feature> features) {

    boolean isGrouped() {
        return !per.isEmpty();
    }
}
