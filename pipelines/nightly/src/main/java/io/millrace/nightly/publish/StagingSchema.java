package io.millrace.nightly.publish;

import io.millrace.contracts.Identifiers;
import io.millrace.nightly.database.Connections;
import io.millrace.nightly.database.RetryPolicy;
import io.millrace.nightly.database.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schema in which decisions wait for the ERP: a table of batches, and a table for each {@link BatchKind}.
 *
 * <p>Who publishes needs, in this schema and nowhere else, the right to use it and to SELECT, INSERT and UPDATE its
 * tables. Creating it is the work of another user or of an administrator who runs {@link #statements}.
 *
 * @param name a plain identifier of 63 characters at the most; quoted in the case that the database gives to names
 *             without quotes
 */
public record StagingSchema(String name) {

    public StagingSchema {
        Identifiers.simple("staging.schema", name);
    }

    /** The statements that create the schema in a database without it, in order and without semicolons. */
    public List<String> statements(Dialect dialect) {
        return new StagingDdl(name, dialect).statements();
    }

    /**
     * Creates what is missing, and asks for no right where nothing is.
     *
     * @return what was created, such as {@code table batch}
     * @throws io.millrace.contracts.Failure of kind CONFIGURATION if the database refuses, or a table that exists lacks a column,
     *     of kind OUTSIDE if it does not answer
     */
    public List<String> create(Connections connections) {
        return RetryPolicy.DEFAULT.run("the tables of schema " + name, connections, this::create);
    }

    /** What is missing in the database, such as {@code table batch} or {@code column alert.score}; empty if all is well. */
    public List<String> missing(Connections connections) {
        return RetryPolicy.DEFAULT.run(
                "a look at schema " + name, connections, connection -> new StagingCatalog(name, connection).missing());
    }

    /**
     * Rows of a table, the batches among them: publishing only adds, so fewer than there were say that something was lost.
     *
     * @param table as in {@code reorder_plan} or {@code batch}
     * @return -1 where the table is missing
     */
    public long rows(Connections connections, String table) {
        StagingTable counted = StagingTables.all().stream()
                .filter(t -> t.name().equals(table))
                .findFirst()
                .orElseThrow();
        return RetryPolicy.DEFAULT.run("the rows of %s.%s".formatted(name, table), connections, connection -> {
            if (!new StagingCatalog(name, connection).hasTable(counted)) {
                return -1L;
            }
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery(new StagingDdl(name, Dialect.of(connection)).countRows(counted))) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /**
     * What became of a line.
     *
     * @return state, state_reason, decided_at, batch_id and created_at, without what is empty; nothing if the line was not published
     */
    public Map<String, String> row(Connections connections, BatchKind kind, String decisionId) {
        return RetryPolicy.DEFAULT.run(
                "the line %s of schema %s".formatted(decisionId, name), connections, connection -> {
                    Map<String, String> line = new LinkedHashMap<>();
                    if (!new StagingCatalog(name, connection).hasTable(kind.table())) {
                        return line;
                    }
                    try (PreparedStatement select = connection.prepareStatement(
                            new StagingSql(name, Dialect.of(connection), kind).selectLine())) {
                        select.setString(1, decisionId);
                        try (ResultSet found = select.executeQuery()) {
                            if (found.next()) {
                                String[] columns = {"state", "state_reason", "decided_at", "batch_id", "created_at"};
                                for (int i = 0; i < columns.length; i++) {
                                    if (found.getString(i + 1) != null) {
                                        line.put(columns[i], found.getString(i + 1));
                                    }
                                }
                            }
                        }
                    }
                    return line;
                });
    }

    /**
     * Writes nothing to each table, which asks for the rights that publishing needs.
     *
     * @throws io.millrace.contracts.Failure of kind CONFIGURATION if the database refuses, of kind OUTSIDE if it does not answer
     */
    public void tryWrites(Connections connections) {
        for (StagingTable table : StagingTables.all()) {
            RetryPolicy.ONCE.run("a try to write to %s.%s".formatted(name, table.name()), connections, connection -> {
                StagingDdl names = new StagingDdl(name, Dialect.of(connection));
                try (Statement statement = connection.createStatement()) {
                    for (String nothing : names.writeNothing(table)) {
                        statement.executeUpdate(nothing);
                    }
                    return 0;
                }
            });
        }
    }

    private List<String> create(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        StagingCatalog catalog = new StagingCatalog(name, connection);
        StagingDdl ddl = new StagingDdl(name, Dialect.of(connection));
        List<String> created = new ArrayList<>();
        if (!catalog.hasSchema()) {
            catalog.refuseWhereOnlyAnAdministratorCreates();
            execute(connection, ddl.createSchema(), catalog::hasSchema);
            created.add("schema " + name);
        }
        for (StagingTable table : StagingTables.all()) {
            if (!catalog.hasTable(table)) {
                execute(connection, ddl.createTable(table), () -> catalog.hasTable(table));
                created.add("table " + table.name());
            }
            if (table.indexed() != null && !catalog.hasIndex(table)) {
                execute(connection, ddl.createIndex(table), () -> catalog.hasIndex(table));
                created.add("index " + table.name() + "." + table.indexed());
            }
        }
        catalog.refuseMissingColumns();
        return created;
    }

    /** Somebody else may create the same between the look and the deed: then it is there, and all is well. */
    private static void execute(Connection connection, String sql, Present present) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (SqlErrors.isRecoverable(e) || !present.test()) {
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Present {
        boolean test() throws SQLException;
    }
}
