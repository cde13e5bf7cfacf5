package io.millrace.nightly.publish;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of the staging schema a database has, by its own catalogue. */
final class StagingCatalog {

    private static final String UNDEFINED_SCHEMA = "3F000";
    private static final String UNDEFINED_COLUMN = "42703";

    private final String schema;
    private final Dialect dialect;
    private final DatabaseMetaData catalog;
    private final String jdbcCatalog;
    private final String jdbcSchema;

    StagingCatalog(String schema, Connection connection) throws SQLException {
        this.schema = schema;
        this.dialect = Dialect.of(connection);
        this.catalog = connection.getMetaData();
        this.jdbcCatalog = dialect.schemaIsCatalog() ? schema : connection.getCatalog();
        this.jdbcSchema = dialect.schemaIsCatalog() ? null : dialect.folded(schema);
    }

    boolean hasSchema() throws SQLException {
        try (ResultSet found = dialect.schemaIsCatalog() ? catalog.getCatalogs() : catalog.getSchemas()) {
            return names(found, 1).contains(dialect.folded(schema));
        }
    }

    boolean hasTable(StagingTable table) throws SQLException {
        try (ResultSet found = catalog.getTables(jdbcCatalog, jdbcSchema, dialect.folded(table.name()), null)) {
            return names(found, 3).contains(dialect.folded(table.name()));
        }
    }

    /** True if some index starts with the column, whatever its name. */
    boolean hasIndex(StagingTable table) throws SQLException {
        try (ResultSet found =
                catalog.getIndexInfo(jdbcCatalog, jdbcSchema, dialect.folded(table.name()), false, true)) {
            while (found.next()) {
                if (found.getShort("ORDINAL_POSITION") == 1
                        && dialect.folded(table.indexed()).equals(found.getString("COLUMN_NAME"))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What is not there. */
    List<String> missing() throws SQLException {
        if (!hasSchema()) {
            return List.of("schema " + schema);
        }
        List<String> missing = new ArrayList<>();
        for (StagingTable table : StagingTables.all()) {
            if (hasTable(table)) {
                missing.addAll(missingColumns(table));
            } else {
                missing.add("table " + table.name());
            }
        }
        return missing;
    }

    private List<String> missingColumns(StagingTable table) throws SQLException {
        try (ResultSet found = catalog.getColumns(jdbcCatalog, jdbcSchema, dialect.folded(table.name()), null)) {
            Set<String> there = new HashSet<>();
            while (found.next()) {
                // The name is a pattern in which _ stands for any letter.
                if (dialect.folded(table.name()).equals(found.getString("TABLE_NAME"))) {
                    there.add(found.getString("COLUMN_NAME"));
                }
            }
            return table.columnNames().stream()
                    .filter(name -> !there.contains(dialect.folded(name)))
                    .map(name -> "column " + table.name() + "." + name)
                    .toList();
        }
    }

    void refuseMissingColumns() throws SQLException {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new SQLSyntaxErrorException(
                    "schema %s exists and lacks %s: add them, or name an empty schema".formatted(schema, missing),
                    UNDEFINED_COLUMN);
        }
    }

    void refuseWhereOnlyAnAdministratorCreates() throws SQLException {
        if (!dialect.canCreateSchema()) {
            throw new SQLSyntaxErrorException(
                    "schema %s does not exist, and in this database a schema is a user: have an administrator CREATE USER it"
                            .formatted(schema),
                    UNDEFINED_SCHEMA);
        }
    }

    private static Set<String> names(ResultSet found, int column) throws SQLException {
        Set<String> names = new HashSet<>();
        while (found.next()) {
            names.add(found.getString(column));
        }
        return names;
    }
}
