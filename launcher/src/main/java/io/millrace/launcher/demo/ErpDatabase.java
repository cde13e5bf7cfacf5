package io.millrace.launcher.demo;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * The tables of the simulated company that live in its ERP's own database, PostgreSQL schema {@value #SCHEMA}: master
 * data of products, customers and suppliers, reorder rules, and stock levels and moves of the last {@value
 * Warehouses#DAYS_KEPT} days. Tables are named and typed as the contracts name and type them, and have a {@code
 * changed_at} besides.
 */
public final class ErpDatabase {

    /** The schema that the ERP's tables are in. */
    public static final String SCHEMA = "erp";

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
        PGCopyOutputStream server = new PGCopyOutputStream(
                connection.unwrap(PGConnection.class),
                "COPY " + SCHEMA + "." + table.tableName() + " FROM STDIN WITH (FORMAT csv)");
        CsvWriter csv = CsvFile.writer(new OutputStreamWriter(server, StandardCharsets.UTF_8));
        try {
            rows.of(table, csv::writeRecord);
            csv.flush();
            return server.endCopy();
        } catch (UncheckedIOException e) {
            throw refusal(e.getCause());
        } catch (IOException e) {
            throw refusal(e);
        } finally {
            if (server.isActive()) {
                server.cancelCopy();
            }
        }
    }

    private static SQLException refusal(IOException e) {
        return e.getCause() instanceof SQLException database ? database : new SQLException(e);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
