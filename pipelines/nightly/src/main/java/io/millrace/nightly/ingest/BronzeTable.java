package io.millrace.nightly.ingest;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.SourceColumn;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The bronze table of a source's table: load columns first, so that Delta keeps statistics of them, then text. */
public final class BronzeTable {

    /** What every bronze row carries beside what was delivered. */
    static final List<ColumnContract> LOAD = List.of(
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
            column("_malformed", "string", "The line as it was, where it could not be split into fields"),
            column(
                    "_typed",
                    "string",
                    "Columns with a notation of their own of which the row holds a number and no text, between commas"));

    private BronzeTable() {}

    /**
     * A Spark SQL expression that reads a column of a table: by its notation, which is for text, or as the number that it was delivered as.
     */
    public static String reading(SourceTable table, String column) {
        SourceColumn described = table.columns().get(column);
        return described.hasNotation()
                ? "IF(_typed LIKE '%%,%1$s,%%', `%1$s`, %2$s)".formatted(column, described.sql(column))
                : described.sql(column);
    }

    /** The value of {@code _typed} that names these columns, or null for none. */
    static String typed(List<String> columns) {
        return columns.isEmpty() ? null : columns.stream().collect(Collectors.joining(",", ",", ","));
    }

    /** @param unknown columns that were delivered and that the source's description does not know */
    public static TableContract contract(String source, String name, SourceTable table, Collection<String> unknown) {
        List<ColumnContract> columns = new ArrayList<>(LOAD);
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
                List.of(),
                null);
    }

    private static ColumnContract column(String name, String type, String about) {
        return new ColumnContract(name, type, false, null, null, about);
    }
}
