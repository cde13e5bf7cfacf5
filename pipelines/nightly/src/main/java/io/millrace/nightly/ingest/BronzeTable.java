package io.millrace.nightly.ingest;

import io.millrace.contracts.Column;
import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The bronze table of a source's table: load columns first, so that Delta keeps statistics of them, then text. */
public final class BronzeTable {

    /** What every bronze row carries beside what was delivered. */
    static final List<Column> LOAD = List.of(
            column("_source", "string", "Source that delivered the row"),
            column("_file", "string", "File that delivered the row"),
            column("_query", "string", "Query that delivered the row"),
            column("_line", "bigint", "Line in the file or ordinal in the query's answer"),
            column("_extract_id", "string", "See ops.extract"),
            column("_run_id", "string", "Run that loaded the row"),
            column("_loaded_at", "timestamp", "Start of the run that loaded the row"),
            column("_business_date", "date", "Business date of the extract"),
            column("_delivery", "bigint", "Ordinal of the extract; of one business date the later one wins"),
            column("_op", "string", "D where the comparison of keys found the row deleted, otherwise U"),
            column("_malformed", "string", "The line as it was, where it could not be split into fields"));

    private BronzeTable() {}

    /** @param unknown columns that were delivered and that the source's description does not know */
    public static TableContract contract(String source, String name, SourceTable table, Collection<String> unknown) {
        List<Column> columns = new ArrayList<>(LOAD);
        table.columns().forEach((column, c) -> columns.add(column(column, "string", "As delivered, read as " + c)));
        unknown.forEach(
                column -> columns.add(column(column, "string", "As delivered; unknown to the source's description")));
        return new TableContract(
                SourceSystem.bronze(source, name),
                "Rows of " + name + " as " + source + " delivered them",
                Shape.LOG,
                List.of(),
                List.of(),
                null,
                columns,
                List.of());
    }

    private static Column column(String name, String type, String about) {
        return new Column(name, type, false, null, null, about);
    }
}
