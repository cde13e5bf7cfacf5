package io.millrace.nightly.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The statements of one publication, within a transaction that the caller begins and ends. */
final class StagingTransaction {

    private static final int ROWS_A_ROUND_TRIP = 1000;

    private final Connection connection;
    private final StagingSql sql;
    private final StagingBatch batch;
    private final Duration patience;

    StagingTransaction(Connection connection, StagingSql sql, StagingBatch batch, Duration patience) {
        this.connection = connection;
        this.sql = sql;
        this.batch = batch;
        this.patience = patience;
    }

    /** A batch of the same night that is there already. */
    private record Earlier(String batchId, String contentHash, int revision) {}

    PublishResult publish(Instant now) throws SQLException {
        List<Earlier> earlier = earlierBatches();
        String contentHash = batch.contentHash();
        if (!earlier.isEmpty() && earlier.get(0).contentHash().equals(contentHash)) {
            return PublishResult.already(earlier.get(0).batchId());
        }
        Optional<String> later = batch.kind().isPlan() ? laterBatch() : Optional.empty();
        if (later.isPresent()) {
            return PublishResult.already(later.get());
        }
        int revision = earlier.isEmpty() ? 1 : earlier.get(0).revision() + 1;
        boolean taken = earlier.stream().anyMatch(one -> one.batchId().equals(batch.batchId()));
        String batchId = taken ? batch.batchId(revision) : batch.batchId();
        insertBatch(batchId, revision, contentHash, now);
        PublishResult result = write(batchId, lockRows());
        supersedeBatches(revision);
        countRows();
        return batch.kind().isPlan() ? result.withSuperseded(supersedeEarlierNights()) : result;
    }

    private List<Earlier> earlierBatches() throws SQLException {
        try (PreparedStatement select = prepareForNight(sql.selectBatches());
                ResultSet found = select.executeQuery()) {
            List<Earlier> earlier = new ArrayList<>();
            while (found.next()) {
                earlier.add(new Earlier(found.getString(1), found.getString(2), found.getInt(3)));
            }
            return earlier;
        }
    }

    /** The newest batch of the nights after this one: what it says has taken the place of whatever this night plans. */
    private Optional<String> laterBatch() throws SQLException {
        try (PreparedStatement select = prepareForNight(sql.selectLaterBatches());
                ResultSet found = select.executeQuery()) {
            return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
        }
    }

    /**
     * Also the lock: kind, business date and revision are unique together, so a second publisher waits here until the
     * first has committed, fails, and starts over with what the first has left.
     */
    private void insertBatch(String batchId, int revision, String contentHash, Instant now) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("batch_id", batchId);
        values.put("kind", batch.kind().tableName());
        values.put("business_date", batch.businessDate());
        values.put("revision", revision);
        values.put("row_count", 0);
        values.put("content_hash", contentHash);
        values.put("model_versions", batch.modelVersions());
        values.put("run_id", batch.runId());
        values.put("created_at", LocalDateTime.ofInstant(now, ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS));
        values.put("state", BatchState.READY.name());
        try (PreparedStatement insert = prepare(sql.insertBatch())) {
            int index = 1;
            for (StagingColumn column : StagingTables.BATCH.columns()) {
                column.bind(insert, index++, values.get(column.name()));
            }
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!SqlErrors.isConstraint(e)) {
                throw e;
            }
            throw new SQLTransactionRollbackException("another publisher of the same night was faster", "40001", e);
        }
    }

    private Map<String, RowState> lockRows() throws SQLException {
        try (PreparedStatement select = prepareForNight(sql.lockRows())) {
            select.setFetchSize(ROWS_A_ROUND_TRIP);
            try (ResultSet found = select.executeQuery()) {
                Map<String, RowState> present = new LinkedHashMap<>();
                while (found.next()) {
                    present.put(found.getString(1), RowState.valueOf(found.getString(2)));
                }
                return present;
            }
        }
    }

    private PublishResult write(String batchId, Map<String, RowState> present) throws SQLException {
        List<StagingRow> fresh = new ArrayList<>();
        List<StagingRow> undecided = new ArrayList<>();
        Set<String> planned = new HashSet<>();
        for (StagingRow row : batch.rows()) {
            planned.add(row.decisionId());
            RowState state = present.get(row.decisionId());
            if (state == null) {
                fresh.add(row);
            } else if (!state.isDecided()) {
                undecided.add(row);
            }
        }
        List<String> dropped = present.keySet().stream()
                .filter(id -> present.get(id) == RowState.NEW && !planned.contains(id))
                .toList();
        writeRows(sql.insertRow(), batchId, fresh);
        writeRows(sql.updateRow(), batchId, undecided);
        supersedeRows(batchId, dropped);
        int decided =
                (int) present.values().stream().filter(RowState::isDecided).count();
        return new PublishResult(fresh.size(), undecided.size(), dropped.size(), decided, batchId, false);
    }

    private void writeRows(String statement, String batchId, List<StagingRow> rows) throws SQLException {
        List<StagingColumn> columns = batch.kind().columns();
        inRounds(statement, rows, (write, row) -> {
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).bind(write, i + 1, row.values().get(i));
            }
            write.setString(columns.size() + 1, RowState.NEW.name());
            write.setString(columns.size() + 2, batchId);
            write.setString(columns.size() + 3, row.decisionId());
        });
    }

    private void supersedeRows(String batchId, List<String> decisionIds) throws SQLException {
        String reason = "not in batch %s any more".formatted(batchId);
        inRounds(sql.supersedeRow(), decisionIds, (update, id) -> {
            update.setString(1, reason);
            update.setString(2, id);
        });
    }

    private void supersedeBatches(int revision) throws SQLException {
        try (PreparedStatement update = prepareForNight(sql.supersedeBatches())) {
            update.setInt(3, revision);
            update.executeUpdate();
        }
    }

    /** @return rows that were waiting in the batches of earlier nights */
    private int supersedeEarlierNights() throws SQLException {
        int superseded;
        try (PreparedStatement update = prepare(sql.supersedeEarlierRows())) {
            update.setString(1, "the night of %s planned anew".formatted(batch.businessDate()));
            update.setString(2, batch.kind().tableName());
            update.setObject(3, batch.businessDate());
            superseded = update.executeUpdate();
        }
        try (PreparedStatement update = prepareForNight(sql.supersedeEarlierBatches())) {
            update.executeUpdate();
        }
        return superseded;
    }

    private void countRows() throws SQLException {
        try (PreparedStatement update = prepareForNight(sql.countRows())) {
            update.executeUpdate();
        }
    }

    @FunctionalInterface
    private interface Binding<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    private <T> void inRounds(String statement, List<T> rows, Binding<T> binding) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement prepared = prepare(statement)) {
            int waiting = 0;
            for (T row : rows) {
                binding.bind(prepared, row);
                prepared.addBatch();
                if (++waiting == ROWS_A_ROUND_TRIP) {
                    prepared.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                prepared.executeBatch();
            }
        }
    }

    private PreparedStatement prepareForNight(String statement) throws SQLException {
        PreparedStatement prepared = prepare(statement);
        try {
            prepared.setString(1, batch.kind().tableName());
            prepared.setObject(2, batch.businessDate());
            return prepared;
        } catch (SQLException e) {
            prepared.close();
            throw e;
        }
    }

    /** Nobody's locks hold the night up for longer than the patience. */
    private PreparedStatement prepare(String statement) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        prepared.setQueryTimeout((int) Math.max(1, patience.toSeconds()));
        return prepared;
    }
}
