package io.millrace.nightly.publish;

import io.millrace.nightly.database.SqlErrors;
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
import java.util.TreeSet;

/** The statements of one publication, within a transaction that the caller begins and ends. */
final class StagingTransaction {

    private static final int ROWS_A_ROUND_TRIP = 1000;

    private final Connection connection;
    private final StagingSql sql;
    private final StagingBatch batch;
    private final Basis basis;
    private final Duration patience;

    StagingTransaction(Connection connection, StagingSql sql, StagingBatch batch, Basis basis, Duration patience) {
        this.connection = connection;
        this.sql = sql;
        this.batch = batch;
        this.basis = basis;
        this.patience = patience;
    }

    /** A batch of the same night that is there already. */
    private record Earlier(String batchId, String contentHash, int revision, BatchState state, boolean isWhole) {

        /** False if a later night took its place, it was taken back, or some of its rows are gone. */
        boolean stands() {
            return state != BatchState.SUPERSEDED && isWhole;
        }
    }

    PublishResult publish(Instant now) throws SQLException {
        Optional<String> later = batch.kind().isPlan() ? laterBatch() : Optional.empty();
        if (later.isPresent()) {
            return PublishResult.already(later.get());
        }
        List<Earlier> earlier = earlierBatches();
        String contentHash = batch.contentHash();
        if (!earlier.isEmpty()
                && earlier.get(0).stands()
                && earlier.get(0).contentHash().equals(contentHash)
                && work(lockRows(), acceptedUnknown()).isDone()) {
            return PublishResult.already(earlier.get(0).batchId());
        }
        int revision = earlier.isEmpty() ? 1 : earlier.get(0).revision() + 1;
        boolean taken = earlier.stream().anyMatch(one -> one.batchId().equals(batch.batchId()));
        String batchId = taken ? batch.batchId(revision) : batch.batchId();
        insertBatch(batchId, revision, contentHash, now);
        // First of all, since it waits for whoever is just deciding about one of them: what is accepted by then is
        // under way.
        int superseded = batch.kind().isPlan() ? supersedeEarlierNights() : 0;
        PublishResult result = write(batchId, work(lockRows(), acceptedUnknown()));
        supersedeBatches(revision);
        countRows();
        return result.withSuperseded(superseded);
    }

    /**
     * What there is to do about the lines of the night.
     *
     * @param fresh   lines that are not there
     * @param waiting lines that are there and that the ERP has not decided
     * @param revived how many of those do not wait for it
     * @param dropped lines that wait for it and are no longer in the plan
     * @param decided how many of the night's lines it has decided
     * @param leftOut how many lines of the plan are not to be there
     */
    private record Work(
            List<StagingRow> fresh,
            List<StagingRow> waiting,
            int revived,
            List<String> dropped,
            int decided,
            int leftOut) {

        /** True if the same content needs no write. */
        boolean isDone() {
            return fresh.isEmpty() && revived == 0 && dropped.isEmpty();
        }
    }

    private Work work(Map<String, RowState> present, Set<List<Object>> underWay) {
        List<StagingRow> fresh = new ArrayList<>();
        List<StagingRow> waiting = new ArrayList<>();
        Set<String> planned = new HashSet<>();
        int revived = 0;
        int leftOut = 0;
        for (StagingRow row : batch.rows()) {
            RowState state = present.get(row.decisionId());
            boolean isGone = state == null && basis.answered().contains(row.decisionId());
            if (isGone || !underWay.isEmpty() && underWay.contains(basis.about(batch.kind(), row.values()))) {
                leftOut++;
                continue;
            }
            planned.add(row.decisionId());
            if (state == null) {
                fresh.add(row);
            } else if (!state.isDecided()) {
                waiting.add(row);
                revived += state == RowState.NEW ? 0 : 1;
            }
        }
        List<String> dropped = present.keySet().stream()
                .filter(id -> present.get(id) == RowState.NEW && !planned.contains(id))
                .toList();
        int decided =
                (int) present.values().stream().filter(RowState::isDecided).count();
        return new Work(fresh, waiting, revived, dropped, decided, leftOut);
    }

    /**
     * What decisions of other nights are about that the ERP accepted and this plan does not know of: the newest night's, or of an older one
     * whose acceptance that one did not know of either.
     */
    private Set<List<Object>> acceptedUnknown() throws SQLException {
        if (basis.key().isEmpty()) {
            return Set.of();
        }
        Set<String> unknown = new TreeSet<>();
        try (PreparedStatement select = prepareForNight(sql.selectAccepted())) {
            select.setFetchSize(ROWS_A_ROUND_TRIP);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    if (!basis.answered().contains(found.getString(1))) {
                        unknown.add(found.getString(1));
                    }
                }
            }
        }
        Set<List<Object>> about = new HashSet<>();
        try (PreparedStatement select = prepare(sql.selectContent())) {
            for (String id : unknown) {
                select.setString(1, id);
                try (ResultSet found = select.executeQuery()) {
                    found.next();
                    List<Object> values = new ArrayList<>();
                    for (StagingColumn column : batch.kind().columns()) {
                        values.add(column.read(found, values.size() + 1));
                    }
                    about.add(basis.about(batch.kind(), values));
                }
            }
        }
        return about;
    }

    private List<Earlier> earlierBatches() throws SQLException {
        try (PreparedStatement select = prepareForNight(sql.selectBatches());
                ResultSet found = select.executeQuery()) {
            List<Earlier> earlier = new ArrayList<>();
            while (found.next()) {
                earlier.add(new Earlier(
                        found.getString(1),
                        found.getString(2),
                        found.getInt(3),
                        BatchState.valueOf(found.getString(4)),
                        found.getLong(5) == found.getLong(6)));
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

    /** The night's lines, and those of no night: whose batch is gone. Somebody emptied or restored one table and not the other. */
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

    private PublishResult write(String batchId, Work work) throws SQLException {
        writeRows(sql.insertRow(), batchId, work.fresh());
        writeRows(sql.updateRow(), batchId, work.waiting());
        supersedeRows(batchId, work.dropped());
        return new PublishResult(
                work.fresh().size(),
                work.waiting().size(),
                work.dropped().size(),
                work.decided(),
                work.leftOut(),
                batchId,
                false);
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
