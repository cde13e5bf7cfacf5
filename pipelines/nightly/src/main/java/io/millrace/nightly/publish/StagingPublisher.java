package io.millrace.nightly.publish;

import io.millrace.nightly.database.Connections;
import io.millrace.nightly.database.RetryPolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;

/**
 * Writes batches of decisions for the ERP to take.
 *
 * <p>A batch and its rows appear in one transaction. Publishing what the newest batch of the night says already changes
 * nothing. A corrected night makes a new batch, the next revision, and a row of that night
 *
 * <ul>
 *   <li>that is new in the plan is inserted;
 *   <li>that the ERP has not decided is brought up to date in place and belongs to the new batch from then on, because
 *       the same decision has the same identifier every time; so is one that an earlier correction had superseded;
 *   <li>that is {@code NEW} and no longer in the plan becomes {@code SUPERSEDED} and stays in its batch;
 *   <li>that the ERP accepted or rejected is never touched, and keeps its batch.
 * </ul>
 *
 * Earlier batches that are still {@code READY} become {@code SUPERSEDED}; one that is {@code CONSUMED} or
 * {@code REJECTED} stays what the ERP made it. The {@code row_count} of each is the number of rows that it carries now.
 *
 * <p>A plan ({@link BatchKind#isPlan}) takes the place of earlier nights' plans: their undecided rows and batches become
 * {@code SUPERSEDED} in the same transaction, so that the ERP finds one plan to act on. A night earlier than the newest
 * plan writes nothing.
 *
 * <p>What the ERP accepted of the plan before while this one was made is under way, and this one did not know of it: its line about the
 * same thing is left out. A batch of which rows are missing in the database is published again, but for those that the ERP
 * had answered.
 *
 * <p>Whether a transaction whose commit was not acknowledged took place is found out by trying again: where it did, the
 * next attempt finds the batch and reports {@code alreadyPublished}.
 */
public final class StagingPublisher {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final StagingSchema schema;
    private final RetryPolicy retries;
    private final Duration patience;
    private final Clock clock;

    /** A publisher that retries by default and waits a minute for locks. */
    public StagingPublisher(StagingSchema schema) {
        this(schema, RetryPolicy.DEFAULT, PATIENCE, Clock.systemUTC());
    }

    /**
     * @param retries  how often a transaction is tried
     * @param patience longest wait for a statement, such as for a lock that the ERP holds; whole seconds, 1 or more
     * @param clock    says when a batch was created
     */
    public StagingPublisher(StagingSchema schema, RetryPolicy retries, Duration patience, Clock clock) {
        if (patience.toSeconds() < 1) {
            throw new IllegalArgumentException("patience must be at least a second and is " + patience);
        }
        this.schema = schema;
        this.retries = retries;
        this.patience = patience;
        this.clock = clock;
    }

    /** The same for a batch that rests on nothing that the ERP decides. */
    public PublishResult publish(Connections connections, StagingBatch batch) {
        return publish(connections, batch, Basis.NONE);
    }

    /**
     * Publishes a batch in one transaction, on a connection of its own for each attempt.
     *
     * @param basis what the batch was decided with
     * @throws io.millrace.contracts.Failure of kind OUTSIDE if the database does not answer or others keep the rows locked,
     *     of kind CONFIGURATION if it answers and refuses
     */
    public PublishResult publish(Connections connections, StagingBatch batch, Basis basis) {
        String doing = "the batch %s of %s with %d rows for schema %s"
                .formatted(
                        batch.kind().tableName(),
                        batch.businessDate(),
                        batch.rows().size(),
                        schema.name());
        return retries.run(doing, connections, connection -> inTransaction(connection, batch, basis));
    }

    /**
     * Supersedes what nights from a date on published and the ERP has not decided, in one transaction. What it has decided stays as it is.
     *
     * @param from first business date
     * @return lines that were waiting
     * @throws io.millrace.contracts.Failure as {@link #publish} does
     */
    public int takeBack(Connections connections, LocalDate from) {
        return retries.run(
                "the batches since %s of schema %s".formatted(from, schema.name()), connections, connection -> {
                    connection.setAutoCommit(false);
                    StagingCatalog catalog = new StagingCatalog(schema.name(), connection);
                    int waiting = 0;
                    for (BatchKind kind : BatchKind.all()) {
                        if (catalog.hasTable(kind.table())) {
                            waiting += takeBack(connection, kind, from);
                        }
                    }
                    connection.commit();
                    return waiting;
                });
    }

    private int takeBack(Connection connection, BatchKind kind, LocalDate from) throws SQLException {
        StagingSql sql = new StagingSql(schema.name(), Dialect.of(connection), kind);
        int waiting;
        try (PreparedStatement update = connection.prepareStatement(sql.takeBackRows())) {
            update.setQueryTimeout((int) patience.toSeconds());
            update.setString(1, "the night was taken back");
            update.setString(2, kind.tableName());
            update.setObject(3, from);
            waiting = update.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(sql.takeBackBatches())) {
            update.setQueryTimeout((int) patience.toSeconds());
            update.setString(1, kind.tableName());
            update.setObject(2, from);
            update.executeUpdate();
        }
        return waiting;
    }

    private PublishResult inTransaction(Connection connection, StagingBatch batch, Basis basis) throws SQLException {
        // What another publisher committed must be visible after the wait for it.
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        StagingSql sql = new StagingSql(schema.name(), Dialect.of(connection), batch.kind());
        try {
            PublishResult result =
                    new StagingTransaction(connection, sql, batch, basis, patience).publish(clock.instant());
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
