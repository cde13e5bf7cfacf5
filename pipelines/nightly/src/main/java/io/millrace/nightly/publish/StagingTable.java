package io.millrace.nightly.publish;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A table of the staging schema.
 *
 * @param name       lower case, as in the public contract
 * @param columns    in order
 * @param primaryKey its column
 * @param unique     columns that are unique together, or none
 * @param indexed    column with an index of its own, or null
 * @param states     what its column {@code state} may hold
 */
record StagingTable(
        String name,
        List<StagingColumn> columns,
        String primaryKey,
        List<String> unique,
        String indexed,
        List<String> states) {

    StagingTable {
        columns = List.copyOf(columns);
        unique = List.copyOf(unique);
        states = List.copyOf(states);
        Set<String> names = new HashSet<>();
        for (StagingColumn column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("table %s has two columns %s".formatted(name, column.name()));
            }
        }
        if (!names.contains(primaryKey)) {
            throw new IllegalArgumentException("table %s has no column %s for its key".formatted(name, primaryKey));
        }
    }

    List<String> columnNames() {
        return columns.stream().map(StagingColumn::name).toList();
    }
}
