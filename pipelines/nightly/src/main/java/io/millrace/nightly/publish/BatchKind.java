package io.millrace.nightly.publish;

import java.util.List;

/** A kind of decision, each with a table of its own in the staging schema. */
public enum BatchKind {
    REORDER_PLAN(StagingTables.REORDER_PLAN, true),
    CAMPAIGN_TARGET(StagingTables.CAMPAIGN_TARGET, true),
    ROUTE_STOP(StagingTables.ROUTE_STOP, true),
    ALERT(StagingTables.ALERT, false);

    private final StagingTable table;
    private final boolean isPlan;
    private final List<StagingColumn> columns;

    BatchKind(StagingTable table, boolean isPlan) {
        this.table = table;
        this.isPlan = isPlan;
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

    /** True where a night's batch takes the place of earlier nights': it says everything that is to be done now. */
    public boolean isPlan() {
        return isPlan;
    }

    StagingTable table() {
        return table;
    }
}
