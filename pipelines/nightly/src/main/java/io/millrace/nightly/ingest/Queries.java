package io.millrace.nightly.ingest;

import io.millrace.contracts.source.SourceTable;
import io.millrace.nightly.database.Database;
import io.millrace.nightly.database.RetryPolicy;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** SELECTs on a source's database. Identifiers come from the checked description; values are bound. */
final class Queries {

    private static final String DATE = ":business_date";

    /** Characters of a query that an error shows. */
    private static final int QUERY_SHOWN = 300;

    private final Database database;
    private final String what;
    private final String select;
    private final LocalDate date;

    /** @param source name of the source, for whoever reads an error */
    Queries(Database database, String source, String table, SourceTable description, LocalDate date) {
        this.database = database;
        this.what = "%s.%s at %s".formatted(source, table, database.url());
        this.select = description.query() == null ? "SELECT * FROM " + table : description.query();
        this.date = date;
    }

    /** A SELECT over the table's query: text and values. */
    record Bound(String sql, List<Object> values) {}

    /** What is asked, for an error: source, table and address. */
    String what() {
        return what;
    }

    /** The columns {@code columns} of the rows for which {@code condition} holds. */
    Bound select(List<String> columns, String condition, List<Object> values) {
        List<Object> all = new ArrayList<>();
        String inner = select;
        for (int at = inner.indexOf(DATE); at >= 0; at = inner.indexOf(DATE)) {
            inner = inner.substring(0, at) + "?" + inner.substring(at + DATE.length());
            all.add(Date.valueOf(date));
        }
        all.addAll(values);
        String where = condition.isEmpty() ? "" : " WHERE " + condition;
        return new Bound("SELECT " + String.join(", ", columns) + " FROM (" + inner + ") q" + where, all);
    }

    /** What these columns are, without a row of them. */
    Map<String, KeyType> types(List<String> columns) {
        Bound none = select(columns, "1 = 0", List.of());
        try (ResultSet result = open(database, what, none.sql(), none.values(), 1);
                Connection closed = result.getStatement().getConnection()) {
            Map<String, KeyType> types = new LinkedHashMap<>();
            for (String column : columns) {
                types.put(column, KeyType.of(result.getMetaData().getColumnType(types.size() + 1)));
            }
            return types;
        } catch (SQLException e) {
            throw RetryPolicy.failure(what, e, 1);
        }
    }

    /** One row of text: the result of aggregates. */
    String[] one(Bound bound) {
        List<String[]> rows = new ArrayList<>();
        stream(bound, 1, rows::add);
        return rows.get(0);
    }

    /** Gives each row as text to {@code row}. */
    void stream(Bound bound, int fetchSize, Consumer<String[]> row) {
        try (ResultSet result = open(database, what, bound.sql(), bound.values(), fetchSize);
                Connection closed = result.getStatement().getConnection()) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                String[] values = new String[width];
                for (int i = 0; i < width; i++) {
                    values[i] = result.getString(i + 1);
                }
                row.accept(values);
            }
        } catch (SQLException e) {
            throw RetryPolicy.failure(what, e, 1);
        }
    }

    /** The rows of a query, whose connection whoever reads them closes. A database that is away for a moment is asked again. */
    static ResultSet open(Database database, String what, String sql, List<Object> values, int fetchSize) {
        String line = sql.replaceAll("\\s+", " ");
        String shown = line.length() <= QUERY_SHOWN ? line : line.substring(0, QUERY_SHOWN) + " ...";
        return RetryPolicy.DEFAULT.open(
                what + " (" + shown + ")", database::connect, connection -> rows(connection, sql, values, fetchSize));
    }

    /** The rows of a query, in a transaction that cannot write. */
    static ResultSet rows(Connection connection, String sql, List<Object> values, int fetchSize) throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        statement.setFetchSize(fetchSize);
        return statement.executeQuery();
    }
}
