package io.millrace.nightly.publish;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A decision on its way to the ERP.
 *
 * @param kind       says which columns it has
 * @param decisionId 1 to 64 printable ASCII characters: the hash of kind, business date and business key
 * @param values     one for each of {@link BatchKind#columns}, in that order: String, BigDecimal, Integer, LocalDate,
 *                   LocalDateTime in UTC or Instant, or null. Kept as the database will hold them
 */
public record StagingRow(BatchKind kind, String decisionId, List<Object> values) {

    public StagingRow {
        if (decisionId == null || !decisionId.matches("[!-~]{1,64}")) {
            throw new IllegalArgumentException(
                    "decision_id '%s' must be 1 to 64 printable ASCII characters without spaces".formatted(decisionId));
        }
        List<StagingColumn> columns = kind.columns();
        if (values.size() != columns.size()) {
            throw new IllegalArgumentException("%s %s has %d values for %d columns: give one for each of %s"
                    .formatted(
                            kind.tableName(),
                            decisionId,
                            values.size(),
                            columns.size(),
                            columns.stream().map(StagingColumn::name).toList()));
        }
        values = accepted(kind, decisionId, values);
    }

    /**
     * A decision from values by column name; a column that is not named is null.
     *
     * @throws IllegalArgumentException where a name is no column of the kind, or a column cannot hold its value
     */
    public static StagingRow of(BatchKind kind, String decisionId, Map<String, ?> values) {
        List<String> names = kind.columns().stream().map(StagingColumn::name).toList();
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "%s %s names a column %s: it has %s".formatted(kind.tableName(), decisionId, name, names));
            }
        }
        List<Object> ordered = new ArrayList<>(names.size());
        names.forEach(name -> ordered.add(values.get(name)));
        return new StagingRow(kind, decisionId, ordered);
    }

    private static List<Object> accepted(BatchKind kind, String decisionId, List<Object> values) {
        List<Object> accepted = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            try {
                accepted.add(kind.columns().get(i).accepted(values.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "%s %s: %s".formatted(kind.tableName(), decisionId, e.getMessage()), e);
            }
        }
        return Collections.unmodifiableList(accepted);
    }
}
