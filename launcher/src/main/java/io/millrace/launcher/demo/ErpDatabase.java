package io.millrace.launcher.demo;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The tables of the simulated company that live in its ERP's own database, PostgreSQL schema {@value #SCHEMA}: master
 * data of products, customers and suppliers, reorder rules, and stock levels and moves of the last {@value
 * Warehouses#DAYS_KEPT} days. Tables are named and typed as the contracts name and type them, and have a {@code
 * changed_at} besides.
 */
public final class ErpDatabase {

    /** The schema that the ERP's tables are in. */
    public static final String SCHEMA = "erp";

    private static final int BUFFER = 1 << 16;

    private ErpDatabase() {}

    /** Whether the company of these options is what the database holds. */
    public static boolean isLoaded(Connection connection, DemoOptions options) throws SQLException {
        String query = "SELECT obj_description(to_regnamespace('" + SCHEMA + "'), 'pg_namespace')";
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            return found.next() && marker(options).equals(found.getString(1));
        }
    }

    /**
     * Puts a company's ERP tables in place of what the schema held, in one transaction, and lets
     * {@value DemoPostgres#READER} read them where that role exists.
     *
     * @return rows loaded; 0 where the company was there already
     */
    public static long load(Connection connection, Company company) throws SQLException {
        if (isLoaded(connection, company.options())) {
            return 0;
        }
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            long rows = replace(connection, company);
            connection.commit();
            return rows;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static long replace(Connection connection, Company company) throws SQLException {
        execute(connection, "DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        execute(connection, "CREATE SCHEMA " + SCHEMA);
        ErpRows rows = new ErpRows(company);
        long loaded = 0;
        for (ErpTable table : ErpTable.values()) {
            execute(connection, table.ddl(SCHEMA));
            loaded += copy(connection, table, rows);
        }
        if (roleExists(connection)) {
            execute(connection, "GRANT USAGE ON SCHEMA " + SCHEMA + " TO " + DemoPostgres.READER);
            execute(connection, "GRANT SELECT ON ALL TABLES IN SCHEMA " + SCHEMA + " TO " + DemoPostgres.READER);
        }
        execute(connection, "COMMENT ON SCHEMA " + SCHEMA + " IS '" + marker(company.options()) + "'");
        return loaded;
    }

    private static String marker(DemoOptions options) {
        return "Millrace " + options;
    }

    private static boolean roleExists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT 1 FROM pg_roles WHERE rolname = '" + DemoPostgres.READER + "'")) {
            return found.next();
        }
    }

    private static long copy(Connection connection, ErpTable table, ErpRows rows) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + SCHEMA + "." + table.tableName() + " FROM STDIN WITH (FORMAT csv)");
        StringBuilder buffer = new StringBuilder();
        try {
            rows.of(table, row -> {
                Csv.row(buffer, row);
                if (buffer.length() > BUFFER) {
                    send(copy, buffer);
                }
            });
            send(copy, buffer);
            return copy.endCopy();
        } catch (Refused e) {
            throw e.cause;
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void send(CopyIn copy, StringBuilder buffer) {
        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
        } catch (SQLException e) {
            throw new Refused(e);
        }
        buffer.setLength(0);
    }

    /** Carries the database's refusal through a lambda. */
    private static final class Refused extends RuntimeException {
        private final SQLException cause;

        Refused(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
