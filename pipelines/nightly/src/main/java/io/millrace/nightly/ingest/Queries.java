package io.millrace.nightly.ingest;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.SourceTable;
import io.millrace.nightly.settings.Database;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** SELECTs on a source's database. Identifiers come from the checked description; values are bound. */
final class Queries {

    private static final String DATE = ":business_date";

    private final Database database;
    private final String select;
    private final LocalDate date;

    Queries(Database database, String table, SourceTable description, LocalDate date) {
        this.database = database;
        this.select = description.query() == null ? "SELECT * FROM " + table : description.query();
        this.date = date;
    }

    /** A SELECT over the table's query: text and values. */
    record Bound(String sql, List<Object> values) {}

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

    /** One row of text: the result of aggregates. */
    String[] one(Bound bound) {
        List<String[]> rows = new ArrayList<>();
        stream(bound, 1, rows::add);
        return rows.get(0);
    }

    /** Gives each row as text to {@code row}. */
    void stream(Bound bound, int fetchSize, Consumer<String[]> row) {
        try (Connection connection = database.connect();
                PreparedStatement statement = prepared(connection, bound.sql(), bound.values())) {
            statement.setFetchSize(fetchSize);
            try (ResultSet result = statement.executeQuery()) {
                int width = result.getMetaData().getColumnCount();
                while (result.next()) {
                    String[] values = new String[width];
                    for (int i = 0; i < width; i++) {
                        values[i] = result.getString(i + 1);
                    }
                    row.accept(values);
                }
            }
        } catch (SQLException e) {
            throw failed(database, bound.sql(), e);
        }
    }

    static PreparedStatement prepared(Connection connection, String sql, List<Object> values) throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }

    /** 08 is a broken connection, 57 and 53 a server that shuts down or is full; anything else is the query. */
    static Failure failed(Database database, String sql, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String message = "%s does not answer: %s".formatted(database.url(), e.getMessage());
        if (state.startsWith("08") || state.startsWith("57") || state.startsWith("53")) {
            return Failure.outside(message, e);
        }
        String shown = sql.length() <= 600 ? sql : sql.substring(0, 600) + " ...";
        return Failure.configuration("%s refuses a query of the source's description: %s%n%s"
                .formatted(database.url(), e.getMessage(), shown));
    }
}
