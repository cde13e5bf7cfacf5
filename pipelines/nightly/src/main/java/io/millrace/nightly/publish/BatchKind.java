package io.millrace.nightly.publish;

import java.util.List;

/** A kind of decision, each with a table of its own in the staging schema. */
public enum BatchKind {
    REORDER_PLAN(StagingTables.REORDER_PLAN),
    CAMPAIGN_TARGET(StagingTables.CAMPAIGN_TARGET),
    ROUTE_STOP(StagingTables.ROUTE_STOP),
    ALERT(StagingTables.ALERT);

    private final StagingTable table;
    private final List<StagingColumn> columns;

    BatchKind(StagingTable table) {
        this.table = table;
        int size = table.columns().size();
        this.columns = table.columns().subList(StagingTables.HEAD.size(), size - StagingTables.TAIL.size());
    }

    /** Name of its table, which is also what column {@code kind} of the batch holds. */
    public String tableName() {
        return table.name();
    }

    /** The columns that a decision fills, in order: all but {@code batch_id}, {@code decision_id} and the ERP's answer. */
    public List<StagingColumn> columns() {
        return columns;
    }

    /** Whether a night's rows stand for the whole of the kind. What an alert reports stays true on the next night. */
    boolean replacesEarlierNights() {
        return this != ALERT;
    }

    StagingTable table() {
        return table;
    }
}
