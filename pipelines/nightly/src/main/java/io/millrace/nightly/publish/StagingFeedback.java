package io.millrace.nightly.publish;

import io.millrace.nightly.database.Connections;
import io.millrace.nightly.database.RetryPolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads back what the ERP decided; changes nothing. */
public final class StagingFeedback {

    private static final int FETCH_SIZE = 1000;

    private final StagingSchema schema;
    private final RetryPolicy retries;

    public StagingFeedback(StagingSchema schema) {
        this(schema, RetryPolicy.DEFAULT);
    }

    public StagingFeedback(StagingSchema schema, RetryPolicy retries) {
        this.schema = schema;
        this.retries = retries;
    }

    /**
     * All rows that the ERP accepted or rejected, of batches for {@code since} or later, by kind and then identifier.
     *
     * @param since first business date; {@link LocalDate#EPOCH} for all
     * @throws io.millrace.contracts.Failure of kind OUTSIDE if the database does not answer,
     *     of kind CONFIGURATION if it answers and refuses
     */
    public List<DecidedRow> read(Connections connections, LocalDate since) {
        String doing = "the decisions of schema %s since %s".formatted(schema.name(), since);
        return retries.run(doing, connections, connection -> decided(connection, since));
    }

    private List<DecidedRow> decided(Connection connection, LocalDate since) throws SQLException {
        // PostgreSQL heeds the fetch size within a transaction only.
        connection.setAutoCommit(false);
        List<DecidedRow> rows = new ArrayList<>();
        StagingCatalog catalog = new StagingCatalog(schema.name(), connection);
        for (BatchKind kind : BatchKind.all()) {
            if (!catalog.hasTable(kind.table())) {
                // Of a kind that is new since: the first night that publishes it creates its table.
                continue;
            }
            String sql = new StagingSql(schema.name(), Dialect.of(connection), kind).selectDecided();
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(FETCH_SIZE);
                select.setString(1, kind.tableName());
                select.setObject(2, since);
                collect(kind, select, rows);
            }
        }
        connection.rollback();
        return rows;
    }

    private static void collect(BatchKind kind, PreparedStatement select, List<DecidedRow> rows) throws SQLException {
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                rows.add(new DecidedRow(
                        kind,
                        found.getString(1),
                        found.getString(2),
                        found.getObject(3, LocalDate.class),
                        RowState.valueOf(found.getString(4)),
                        found.getString(5),
                        instant(found.getObject(6, LocalDateTime.class)),
                        content(kind, found)));
            }
        }
    }

    private static Map<String, Object> content(BatchKind kind, ResultSet found) throws SQLException {
        Map<String, Object> content = new LinkedHashMap<>();
        int index = StagingSql.DECIDED_COLUMNS;
        for (StagingColumn column : kind.columns()) {
            content.put(column.name(), column.read(found, ++index));
        }
        return content;
    }

    private static Instant instant(LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
