package io.millrace.contracts.source;

import io.millrace.contracts.yaml.Records.Optional;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table or file that a source delivers.
 *
 * @param key       columns that identify a row, so that a later delivery replaces an earlier one. Empty: every row is
 *                  one of its own
 * @param mode      what a delivery without a word of its own holds
 * @param columns   the columns by name, in the order of a file without a header
 * @param format    how its files are written, or null if they are written as those of the source
 * @param operation Spark SQL over the columns: {@code 'U'} the row holds now, {@code 'D'} it was deleted, {@code 'B'}
 *                  a before-image that says nothing. Null: every row holds
 * @param sequence  columns that order the changes within a delivery; the line orders what they leave equal
 * @param query     JDBC: SELECT to read, or null for the table of the same name
 * @param watermark JDBC: column that grows with every change the source can show, or null to read all each night
 * @param partition JDBC: numeric column by whose ranges the read is split, or null for one reader
 * @param compare   JDBC: columns read for every key each night beside the watermark. A key that is gone was deleted,
 *                  and a key whose values differ is read anew: for changes that the watermark does not show
 */
public record SourceTable(
        @Optional List<String> key,
        @Optional("delta") Mode mode,
        Map<String, SourceColumn> columns,
        @Optional FileFormat format,
        @Optional String operation,
        @Optional List<String> sequence,
        @Optional String query,
        @Optional String watermark,
        @Optional String partition,
        @Optional List<String> compare) {

    /**
     * The same with the text of its query, and with the zone of the source for columns that say none.
     *
     * @param zone null for UTC
     */
    SourceTable with(String text, ZoneId zone) {
        Map<String, SourceColumn> zoned = new LinkedHashMap<>();
        columns.forEach((name, column) -> zoned.put(name, column == null ? null : column.in(zone)));
        return new SourceTable(key, mode, zoned, format, operation, sequence, text, watermark, partition, compare);
    }

    /** What of it decides how rows that were taken in are mapped: other words, and silver may be another. */
    public String mapped() {
        return List.of(key, mode, columns, String.valueOf(operation), sequence).toString();
    }

    /** What a delivery holds. */
    public enum Mode {
        /** Everything there is: a key that is missing was deleted. */
        FULL,
        /** What changed: a key that is missing is as it was. */
        DELTA,
        /** Everything of its business date: a corrected delivery of that date replaces the earlier one. */
        SLICE
    }
}
