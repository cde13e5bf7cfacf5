package io.millrace.nightly.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compares what a night wrote with what its replay wrote, row by row. */
final class Differences {

    private static final String SEPARATOR = "\u001f";

    private Differences() {}

    /**
     * @param key     columns that name a row
     * @param ignored columns that say who wrote and not what
     */
    static Difference of(String table, List<String> key, List<String> ignored, Dataset<Row> then, Dataset<Row> now) {
        Map<String, Row> before = byKey(then, key);
        Map<String, Row> after = byKey(now, key);
        List<String> columns = Arrays.stream(now.columns())
                .filter(c -> !key.contains(c) && !ignored.contains(c))
                .toList();
        Map<String, Difference.Line> lines = new TreeMap<>();
        after.forEach((k, row) -> {
            Row was = before.get(k);
            Map<String, Difference.Change> changes = changes(was, row, columns);
            if (!changes.isEmpty()) {
                lines.put(
                        k,
                        new Difference.Line(
                                was == null ? Difference.Kind.ADDED : Difference.Kind.CHANGED,
                                values(row, key),
                                changes));
            }
        });
        before.forEach((k, row) -> {
            if (!after.containsKey(k)) {
                lines.put(
                        k, new Difference.Line(Difference.Kind.REMOVED, values(row, key), changes(row, null, columns)));
            }
        });
        return new Difference(table, before.size(), after.size(), new ArrayList<>(lines.values()));
    }

    private static Map<String, Row> byKey(Dataset<Row> rows, List<String> key) {
        return rows.collectAsList().stream()
                .collect(Collectors.toMap(row -> String.join(SEPARATOR, values(row, key)), row -> row));
    }

    private static List<String> values(Row row, List<String> columns) {
        return columns.stream().map(c -> text(row, c)).toList();
    }

    private static Map<String, Difference.Change> changes(Row then, Row now, List<String> columns) {
        Map<String, Difference.Change> changes = new LinkedHashMap<>();
        for (String column : columns) {
            Difference.Change change = new Difference.Change(text(then, column), text(now, column));
            if (!change.then().equals(change.now())) {
                changes.put(column, change);
            }
        }
        return changes;
    }

    /** A table that a night of an older version wrote may lack the column. */
    private static String text(Row row, String column) {
        if (row == null || !List.of(row.schema().fieldNames()).contains(column)) {
            return "";
        }
        Object value = row.getAs(column);
        return value == null
                ? ""
                : value instanceof BigDecimal number
                        ? number.stripTrailingZeros().toPlainString()
                        : value.toString();
    }
}
