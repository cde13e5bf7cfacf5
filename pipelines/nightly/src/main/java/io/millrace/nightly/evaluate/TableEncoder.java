package io.millrace.nightly.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns rows of text into features: a number as it is, a category into one feature for each of its frequent values, the
 * most frequent first. A value that is rare, or was not there when the encoder was fitted, has none of them.
 */
public final class TableEncoder {

    /** Most values of a category that become features. */
    private static final int MOST_VALUES = 30;

    /** Least share of rows of such a value. */
    private static final double LEAST_SHARE = 0.01;

    /** One feature: a column, and the value that it stands for, or null for a number. */
    private record Encoded(String name, int column, String value) {
        double of(String[] row) {
            String text = row[column];
            return value == null ? ColumnRole.number(text) : value.equals(normal(text)) ? 1 : 0;
        }
    }

    private final List<Encoded> encoded = new ArrayList<>();

    /**
     * Looks for the frequent values.
     *
     * @param columns names
     * @param roles   what each is taken for
     * @param rows    those that may be learned from, one array a row, one value a column
     */
    public TableEncoder(List<String> columns, List<ColumnRole> roles, List<String[]> rows) {
        for (int c = 0; c < columns.size(); c++) {
            if (roles.get(c) == ColumnRole.NUMBER) {
                encoded.add(new Encoded(columns.get(c), c, null));
            } else if (roles.get(c) == ColumnRole.CATEGORY) {
                for (String value : frequent(rows, c)) {
                    String shown = value.isEmpty() ? "(missing)" : value;
                    encoded.add(new Encoded(columns.get(c) + "=" + shown, c, value));
                }
            }
        }
    }

    private static List<String> frequent(List<String[]> rows, int column) {
        Map<String, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(normal(row[column]), 1, Integer::sum));
        List<String> frequent = counts.entrySet().stream()
                .filter(e -> e.getValue() >= LEAST_SHARE * rows.size())
                .sorted(Comparator.comparing((Map.Entry<String, Integer> e) -> -e.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_VALUES)
                .map(Map.Entry::getKey)
                .toList();
        // Of two values that leave no other, one says it all.
        return frequent.size() == 2 && counts.size() == 2 ? frequent.subList(1, 2) : frequent;
    }

    private static String normal(String text) {
        return ColumnRole.isMissing(text) ? "" : text.strip();
    }

    /** Why a column is no feature, in a sentence; empty if it is one. @param values one a row */
    public static Optional<String> leftOut(String column, ColumnRole role, List<String> values) {
        if (role == ColumnRole.IDENTIFIER) {
            return Optional.of(column + " is left out: it is different in every row");
        }
        if (role == ColumnRole.CONSTANT) {
            return Optional.of(column + " is left out: it is the same in every row");
        }
        List<String[]> rows = values.stream().map(value -> new String[] {value}).toList();
        return new TableEncoder(List.of(column), List.of(role), rows).features().isEmpty()
                ? Optional.of(column + " is left out: none of its values is frequent enough to learn from")
                : Optional.empty();
    }

    /** Names of the features. */
    public List<String> features() {
        return encoded.stream().map(Encoded::name).toList();
    }

    /** One array a row, NaN where a number is missing. */
    public double[][] encode(List<String[]> rows) {
        return rows.stream()
                .map(row -> encoded.stream().mapToDouble(e -> e.of(row)).toArray())
                .toArray(double[][]::new);
    }
}
