package io.millrace.nightly.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Renders the tables of the staging schema as the statements that create them. */
final class StagingDdl {

    private final String schema;
    private final Dialect dialect;

    StagingDdl(String schema, Dialect dialect) {
        this.schema = schema;
        this.dialect = dialect;
    }

    /** All of them, in the order in which they run. */
    List<String> statements() {
        List<String> statements = new ArrayList<>();
        if (dialect.canCreateSchema()) {
            statements.add(createSchema());
        }
        for (StagingTable table : StagingTables.all()) {
            statements.add(createTable(table));
            if (table.indexed() != null) {
                statements.add(createIndex(table));
            }
        }
        return statements;
    }

    String createSchema() {
        return "CREATE SCHEMA " + ifNotExists() + dialect.quoted(schema);
    }

    String createTable(StagingTable table) {
        List<String> lines = new ArrayList<>();
        table.columns().forEach(column -> lines.add(column(column)));
        lines.add(constraint("pk", table) + "PRIMARY KEY (" + dialect.quoted(table.primaryKey()) + ")");
        if (!table.unique().isEmpty()) {
            lines.add(constraint("uq", table) + "UNIQUE (" + quoted(table.unique()) + ")");
        }
        String states = table.states().stream().map(state -> "'" + state + "'").collect(Collectors.joining(", "));
        lines.add(constraint("ck", table) + "CHECK (" + dialect.quoted("state") + " IN (" + states + "))");
        return "CREATE TABLE " + ifNotExists() + qualified(table) + " (\n  " + String.join(",\n  ", lines) + "\n)"
                + dialect.tableOptions();
    }

    String createIndex(StagingTable table) {
        return "CREATE INDEX %s%s ON %s (%s)"
                .formatted(ifNotExists(), indexName(table), qualified(table), dialect.quoted(table.indexed()));
    }

    /** The others put an index beside its table by themselves; Oracle puts it into the schema of whoever is connected. */
    private String indexName(StagingTable table) {
        String name = dialect.quoted("ix_" + table.name() + "_" + table.indexed());
        return dialect == Dialect.ORACLE ? dialect.quoted(schema) + "." + name : name;
    }

    /** Statements that need the rights of a publisher and change nothing. */
    List<String> writeNothing(StagingTable table) {
        String columns = quoted(table.columnNames());
        String state = dialect.quoted("state");
        return List.of(
                "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %1$s WHERE 1 = 0".formatted(qualified(table), columns),
                "UPDATE %1$s SET %2$s = %2$s WHERE 1 = 0".formatted(qualified(table), state));
    }

    String countRows(StagingTable table) {
        return "SELECT COUNT(*) FROM " + qualified(table);
    }

    String qualified(StagingTable table) {
        return dialect.quoted(schema) + "." + dialect.quoted(table.name());
    }

    private String column(StagingColumn column) {
        return dialect.quoted(column.name()) + " " + dialect.type(column) + (column.nullable() ? "" : " NOT NULL");
    }

    private String constraint(String prefix, StagingTable table) {
        return "CONSTRAINT " + dialect.quoted(prefix + "_" + table.name()) + " ";
    }

    private String quoted(List<String> names) {
        return names.stream().map(dialect::quoted).collect(Collectors.joining(", "));
    }

    private String ifNotExists() {
        return dialect.hasIfNotExists() ? "IF NOT EXISTS " : "";
    }
}
