package io.millrace.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a table is, promised to everybody who reads it.
 *
 * @param name        database and table, as in {@code silver.customer}
 * @param about       one or two sentences; the table's comment in the metastore
 * @param shape       how it takes new rows
 * @param key         business key. A HISTORY table's primary key is this and {@code valid_from}
 * @param partitionBy partition columns, mostly none
 * @param eventTime   the column that says when it happened, or null
 * @param columns     in order, with the columns that Millrace adds behind those of the contract
 * @param rules       what must hold; the required columns' rules come first
 * @param staging     how its rows reach the ERP, or null if they do not
 */
public record TableContract(
        String name,
        String about,
        Shape shape,
        List<String> key,
        List<String> partitionBy,
        String eventTime,
        List<ColumnContract> columns,
        List<Rule> rules,
        Staging staging) {

    /** Columns that every silver table carries: which delivered row a row came from, and since when it is known. */
    public static final List<ColumnContract> LINEAGE = List.of(
            new ColumnContract("source", "string", true, null, null, "Source system that delivered the row"),
            new ColumnContract(
                    "_extract_id", "string", true, null, null, "Extract that delivered the row, see ops.extract"),
            new ColumnContract("_line", "bigint", true, null, null, "Line or ordinal of the row in its extract"),
            new ColumnContract(
                    "_business_date", "date", true, null, null, "Business date of the extract that delivered the row"),
            new ColumnContract(
                    "_known_on",
                    "date",
                    true,
                    null,
                    null,
                    "Business date on which Millrace first knew of the key. For a table's first load, the day of the event"));

    /** Columns that a HISTORY table carries behind its own. */
    public static final List<ColumnContract> VALIDITY = List.of(
            new ColumnContract("valid_from", "date", true, null, null, "First business date on which the row held"),
            new ColumnContract(
                    "valid_to",
                    "date",
                    false,
                    null,
                    null,
                    "First business date on which it no longer held; empty while it does"),
            new ColumnContract("is_current", "boolean", true, null, null, "True for the row that holds now"));

    private static final String BY_SOURCE = "_by_source";

    /** The database, as in {@code silver}. */
    public String database() {
        return name.substring(0, name.indexOf('.'));
    }

    /** The table without its database, as in {@code customer}. */
    public String table() {
        return name.substring(name.indexOf('.') + 1);
    }

    /** The columns that a mapping fills: all but those that Millrace adds. */
    public List<ColumnContract> ownColumns() {
        List<ColumnContract> own = new ArrayList<>(columns);
        own.removeAll(LINEAGE);
        own.removeAll(VALIDITY);
        return own;
    }

    public Optional<ColumnContract> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    /** The primary key: the business key, and {@code valid_from} where history is kept. */
    public List<String> primaryKey() {
        if (shape != Shape.HISTORY) {
            return key;
        }
        List<String> primary = new ArrayList<>(key);
        primary.add("valid_from");
        return primary;
    }

    /**
     * The table beside this one of silver that keeps what each source says, if several sources tell of the same keys: the same columns and shape, and
     * the source in its key.
     */
    public TableContract bySource() {
        List<String> each = new ArrayList<>(List.of("source"));
        each.addAll(key);
        return new TableContract(
                name + BY_SOURCE,
                "What each source says of " + name + ". " + about,
                shape,
                List.copyOf(each),
                partitionBy,
                eventTime,
                columns,
                rules,
                null);
    }

    /** The name of the table of silver of which a table of this name keeps what each source says; empty if it is none of these. */
    static Optional<String> ofEachSource(String name) {
        return name.startsWith("silver.") && name.endsWith(BY_SOURCE)
                ? Optional.of(name.substring(0, name.length() - BY_SOURCE.length()))
                : Optional.empty();
    }
}
