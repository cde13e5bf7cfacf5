package io.millrace.nightly.publish;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that publish and read back one kind of decision; every value is bound. */
final class StagingSql {

    /** Columns of {@link #selectDecided} before those of the decision itself. */
    static final int DECIDED_COLUMNS = 6;

    private final Dialect dialect;
    private final StagingDdl names;
    private final StagingTable rows;
    private final List<String> decision;

    StagingSql(String schema, Dialect dialect, BatchKind kind) {
        this.dialect = dialect;
        this.names = new StagingDdl(schema, dialect);
        this.rows = kind.table();
        this.decision = kind.columns().stream().map(StagingColumn::name).toList();
    }

    /**
     * Binds kind and business date; gives batch_id, content_hash, revision, state, and how many rows it carries by its own word and how many
     * there are, the newest first.
     */
    String selectBatches() {
        return "SELECT %1$s, (SELECT COUNT(*) FROM %2$s r WHERE r.%3$s = b.%3$s) FROM %4$s b WHERE %5$s = ? AND %6$s = ? ORDER BY %7$s DESC"
                .formatted(
                        list("batch_id", "content_hash", "revision", "state", "row_count"),
                        rows(),
                        q("batch_id"),
                        batch(),
                        q("kind"),
                        q("business_date"),
                        q("revision"));
    }

    /** Binds kind and business date; gives batch_id of the batches of later nights, the newest first, but for those that were taken back. */
    String selectLaterBatches() {
        return "SELECT %s FROM %s WHERE %s = ? AND %s > ? AND %s <> 'SUPERSEDED' ORDER BY %s DESC, %s DESC"
                .formatted(
                        q("batch_id"),
                        batch(),
                        q("kind"),
                        q("business_date"),
                        q("state"),
                        q("business_date"),
                        q("revision"));
    }

    /** Binds state_reason, kind and business date. Never touches what is decided. */
    String takeBackRows() {
        return ("UPDATE %s SET %s = 'SUPERSEDED', %s = ? WHERE %s = 'NEW'"
                        + " AND %s IN (SELECT %s FROM %s WHERE %s = ? AND %s >= ?)")
                .formatted(
                        rows(),
                        q("state"),
                        q("state_reason"),
                        q("state"),
                        q("batch_id"),
                        q("batch_id"),
                        batch(),
                        q("kind"),
                        q("business_date"));
    }

    /** Binds kind and business date. Whatever the ERP made of it, the batch is no plan to act on. */
    String takeBackBatches() {
        return "UPDATE %s SET %s = 'SUPERSEDED' WHERE %s = ? AND %s >= ?"
                .formatted(batch(), q("state"), q("kind"), q("business_date"));
    }

    /** Binds the columns of the batch in their order. */
    String insertBatch() {
        List<String> columns = StagingTables.BATCH.columnNames();
        return insert(batch(), columns);
    }

    /** Binds kind and business date; gives decision_id and state of the night's rows, and of rows without a batch, which stay locked. */
    String lockRows() {
        return ("SELECT %1$s FROM %2$s%3$s WHERE %4$s IN (SELECT %4$s FROM %5$s WHERE %6$s = ? AND %7$s = ?)"
                        + " OR %4$s NOT IN (SELECT %4$s FROM %5$s) ORDER BY %8$s%9$s")
                .formatted(
                        list("decision_id", "state"),
                        rows(),
                        dialect.lockHint(),
                        q("batch_id"),
                        batch(),
                        q("kind"),
                        q("business_date"),
                        q("decision_id"),
                        dialect.lockClause());
    }

    /** Binds the columns of the decision, then state, batch_id and decision_id. */
    String insertRow() {
        List<String> columns = new ArrayList<>(decision);
        Collections.addAll(columns, "state", "batch_id", "decision_id");
        return insert(rows(), columns);
    }

    /** Binds the columns of the decision, then state, batch_id and decision_id. Never touches what is decided. */
    String updateRow() {
        String own = decision.stream().map(name -> q(name) + " = ?").collect(Collectors.joining(", "));
        return "UPDATE %s SET %s, %s = ?, %s = ?, %s = NULL, %s = NULL WHERE %s = ? AND %s IN ('NEW', 'SUPERSEDED')"
                .formatted(
                        rows(),
                        own,
                        q("state"),
                        q("batch_id"),
                        q("state_reason"),
                        q("decided_at"),
                        q("decision_id"),
                        q("state"));
    }

    /** Binds state_reason and decision_id. Never touches what is decided. */
    String supersedeRow() {
        return "UPDATE %s SET %s = 'SUPERSEDED', %s = ? WHERE %s = ? AND %s = 'NEW'"
                .formatted(rows(), q("state"), q("state_reason"), q("decision_id"), q("state"));
    }

    /** Binds kind, business date and the new revision. A batch that the ERP took or refused keeps its state. */
    String supersedeBatches() {
        return "UPDATE %s SET %s = 'SUPERSEDED' WHERE %s = ? AND %s = ? AND %s < ? AND %s = 'READY'"
                .formatted(batch(), q("state"), q("kind"), q("business_date"), q("revision"), q("state"));
    }

    /** Binds state_reason, kind and business date. Never touches what is decided. */
    String supersedeEarlierRows() {
        return ("UPDATE %s SET %s = 'SUPERSEDED', %s = ? WHERE %s = 'NEW'"
                        + " AND %s IN (SELECT %s FROM %s WHERE %s = ? AND %s < ?)")
                .formatted(
                        rows(),
                        q("state"),
                        q("state_reason"),
                        q("state"),
                        q("batch_id"),
                        q("batch_id"),
                        batch(),
                        q("kind"),
                        q("business_date"));
    }

    /** Binds kind and business date. A batch that the ERP took or refused keeps its state. */
    String supersedeEarlierBatches() {
        return "UPDATE %s SET %s = 'SUPERSEDED' WHERE %s = ? AND %s < ? AND %s = 'READY'"
                .formatted(batch(), q("state"), q("kind"), q("business_date"), q("state"));
    }

    /** Binds kind and business date; counts the rows that each batch of the night carries now. */
    String countRows() {
        return "UPDATE %s SET %s = (SELECT COUNT(*) FROM %s WHERE %s.%s = %s.%s) WHERE %s = ? AND %s = ?"
                .formatted(
                        batch(),
                        q("row_count"),
                        rows(),
                        rows(),
                        q("batch_id"),
                        batch(),
                        q("batch_id"),
                        q("kind"),
                        q("business_date"));
    }

    /** Binds kind and the first business date; gives what the ERP decided: six columns, and those of the decision. */
    String selectDecided() {
        return ("SELECT r.%1$s, r.%2$s, b.%3$s, r.%4$s, r.%5$s, r.%6$s, %10$s FROM %7$s r JOIN %8$s b ON b.%2$s = r.%2$s"
                        + " WHERE b.%9$s = ? AND b.%3$s >= ? AND r.%4$s IN ('ACCEPTED', 'REJECTED') ORDER BY r.%1$s")
                .formatted(
                        q("decision_id"),
                        q("batch_id"),
                        q("business_date"),
                        q("state"),
                        q("state_reason"),
                        q("decided_at"),
                        rows(),
                        batch(),
                        q("kind"),
                        decision.stream().map(name -> "r." + q(name)).collect(Collectors.joining(", ")));
    }

    /** Binds kind and business date; gives decision_id of what the ERP accepted of other nights. */
    String selectAccepted() {
        return "SELECT r.%1$s FROM %2$s r JOIN %3$s b ON b.%4$s = r.%4$s WHERE b.%5$s = ? AND b.%6$s <> ? AND r.%7$s = 'ACCEPTED'"
                .formatted(q("decision_id"), rows(), batch(), q("batch_id"), q("kind"), q("business_date"), q("state"));
    }

    /** Binds decision_id; gives the columns of the decision. */
    String selectContent() {
        return "SELECT %s FROM %s WHERE %s = ?"
                .formatted(list(decision.toArray(String[]::new)), rows(), q("decision_id"));
    }

    /** Binds decision_id; gives state, state_reason, decided_at, batch_id, and when that was created. */
    String selectLine() {
        return "SELECT r.%1$s, r.%2$s, r.%3$s, r.%4$s, b.%5$s FROM %6$s r JOIN %7$s b ON b.%4$s = r.%4$s WHERE r.%8$s = ?"
                .formatted(
                        q("state"),
                        q("state_reason"),
                        q("decided_at"),
                        q("batch_id"),
                        q("created_at"),
                        rows(),
                        batch(),
                        q("decision_id"));
    }

    private String insert(String table, List<String> columns) {
        return "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(
                        table,
                        list(columns.toArray(String[]::new)),
                        String.join(", ", Collections.nCopies(columns.size(), "?")));
    }

    private String batch() {
        return names.qualified(StagingTables.BATCH);
    }

    private String rows() {
        return names.qualified(rows);
    }

    private String q(String name) {
        return dialect.quoted(name);
    }

    private String list(String... columns) {
        return List.of(columns).stream().map(dialect::quoted).collect(Collectors.joining(", "));
    }
}
