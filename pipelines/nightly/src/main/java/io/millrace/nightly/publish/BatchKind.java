package io.millrace.nightly.publish;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Staging;
import io.millrace.contracts.TableContract;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A kind of decision, with a table of its own in the staging schema: one for each table of gold whose contract says how it is staged. */
public final class BatchKind {

    private static final Map<String, BatchKind> ALL = load();

    private final StagingTable table;
    private final Staging staging;

    private BatchKind(TableContract contract) {
        this.table = StagingTables.decisions(contract.table(), contract.staging());
        this.staging = contract.staging();
    }

    private static Map<String, BatchKind> load() {
        Map<String, BatchKind> kinds = new LinkedHashMap<>();
        ContractCatalog.load().inDatabase("gold").stream()
                .filter(contract -> contract.staging() != null)
                .forEach(contract -> kinds.put(contract.table(), new BatchKind(contract)));
        return Collections.unmodifiableMap(kinds);
    }

    /** Every kind, by the name of its table. */
    public static Collection<BatchKind> all() {
        return ALL.values();
    }

    /**
     * The kind that a table of gold holds.
     *
     * @param table its name without the database
     * @throws IllegalArgumentException where its contract does not say how it is staged
     */
    public static BatchKind of(String table) {
        BatchKind kind = ALL.get(table);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "The contract of gold.%s does not say how it is staged".formatted(table));
        }
        return kind;
    }

    /** Name of its table, in gold and in the staging schema, which is also what column {@code kind} of the batch holds. */
    public String tableName() {
        return table.name();
    }

    /** The columns that a decision fills, in order: all but {@code batch_id}, {@code decision_id} and the ERP's answer. */
    public List<StagingColumn> columns() {
        int size = table.columns().size();
        return table.columns().subList(StagingTables.HEAD.size(), size - StagingTables.TAIL.size());
    }

    /** True if a night's batch takes the place of earlier nights: it says everything that is to be done now. */
    public boolean isPlan() {
        return staging.batch() == Staging.Batch.PLAN;
    }

    /** Spark SQL condition on the rows of the gold table that the ERP gets. */
    String rows() {
        return staging.rows();
    }

    StagingTable table() {
        return table;
    }

    @Override
    public String toString() {
        return tableName();
    }
}
