package io.millrace.nightly.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** What of Parquet is refused before Spark would end a night on it. */
class ParquetRowsTest {

    private static String unreadable(String fields) {
        return ParquetRows.unreadable(MessageTypeParser.parseMessageType("message m { " + fields + " }"));
    }

    @Test
    void whatSparkReadsIsNoDefect() {
        assertThat(unreadable("required int64 id; optional binary name (STRING); optional int32 on_day (DATE); "
                        + "optional int64 at (TIMESTAMP(MICROS,true)); optional int64 amount (DECIMAL(15,3)); optional double x; "
                        + "optional int96 old; optional binary raw; optional boolean yes;"))
                .isNull();
    }

    @Test
    void whatSparkDoesNotReadIsSaidByColumn() {
        assertThat(unreadable("required int64 id; optional int64 order_date (TIMESTAMP(NANOS,false));"))
                .startsWith(
                        "has the column order_date of a type that Spark does not read: optional int64 order_date (TIMESTAMP(NANOS,false))");
        assertThat(unreadable("optional int64 at (TIME(MICROS,true));")).contains("column at ");
        assertThat(unreadable("optional int32 at (TIME(MILLIS,true));")).contains("column at ");
    }

    @Test
    void columnsThatDifferByCaseAloneAreRefused() {
        assertThat(unreadable("optional binary Name (STRING); optional binary name (STRING);"))
                .startsWith("has the columns Name and name");
    }
}
