package io.millrace.nightly.publish;

import java.sql.Types;

/** Kinds of column in the staging schema: those that every ERP's database has. */
public enum SqlType {
    TEXT(Types.VARCHAR),
    DECIMAL(Types.DECIMAL),
    INTEGER(Types.INTEGER),
    DATE(Types.DATE),
    /** Date and time of day in UTC, to the microsecond. */
    TIMESTAMP(Types.TIMESTAMP);

    private final int jdbcType;

    SqlType(int jdbcType) {
        this.jdbcType = jdbcType;
    }

    int jdbcType() {
        return jdbcType;
    }
}
