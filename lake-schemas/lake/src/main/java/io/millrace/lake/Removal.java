package io.millrace.lake;

import java.time.LocalDate;

/**
 * Which rows of a table go when a full delivery no longer holds their key.
 *
 * @param source    the source system that delivered in full; rows of other sources stay
 * @param date      business date of the delivery
 * @param sliceOnly true if only rows of that business date are concerned
 */
public record Removal(String source, LocalDate date, boolean sliceOnly) {

    /**
     * What a removal would do.
     *
     * @param there rows that it concerns
     * @param gone  those of them that would go
     */
    public record Extent(long there, long gone) {}

    /** A Spark SQL condition over the table's columns under {@code alias}. */
    String sql(String alias) {
        return "%1$s.source = '%2$s' AND %1$s._business_date %3$s DATE'%4$s'"
                .formatted(alias, source.replace("'", "\\'"), sliceOnly ? "=" : "<=", date);
    }
}
