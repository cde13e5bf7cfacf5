package io.millrace.nightly.rehearse;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.Fixture;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows that are expected of a table of silver beside those that it has. Values are texts, an empty one for none. */
final class RowMatch {

    private final TableContract contract;
    private final List<String> key;

    RowMatch(TableContract contract) {
        this.contract = contract;
        // All rows are of one source.
        this.key = contract.key().stream().filter(k -> !k.equals("source")).toList();
    }

    /** The columns by which a row is shown. */
    List<String> key() {
        return key;
    }

    /**
     * What differs, a line each. A row that is expected and not there is shown beside the one that is most like it.
     *
     * @param expected some columns of each row
     * @param found    at least the same columns and those of the key
     */
    List<String> differences(List<Map<String, String>> expected, List<Map<String, String>> found) {
        List<Map<String, String>> missing = new ArrayList<>();
        List<Map<String, String>> others = new ArrayList<>(found);
        // Who says most chooses first, so that nobody is left with another's row.
        List<Map<String, String>> choosing = expected.stream()
                .sorted(Comparator.<Map<String, String>>comparingInt(Map::size).reversed())
                .toList();
        for (Map<String, String> row : choosing) {
            Optional<Map<String, String>> same = others.stream()
                    .filter(other -> alike(row, other) == row.size())
                    .findFirst();
            same.ifPresentOrElse(others::remove, () -> missing.add(row));
        }
        List<String> differences = new ArrayList<>();
        for (Map<String, String> row : missing) {
            Optional<Map<String, String>> nearest = others.stream()
                    .filter(other -> isCandidate(row, other))
                    .max(Comparator.comparingInt(other -> alike(row, other)));
            nearest.ifPresent(others::remove);
            differences.add(nearest.map(other -> changed(row, other))
                    .orElseGet(() -> contract.name() + ": expected, and not there: " + text(row)));
        }
        others.forEach(other -> differences.add(contract.name() + ": not expected: " + text(other)));
        return differences;
    }

    /** What has the same key; of a row that does not name its whole key, what has something in common with it. */
    private boolean isCandidate(Map<String, String> row, Map<String, String> other) {
        return row.keySet().containsAll(key)
                ? key.stream().allMatch(k -> isSame(k, row.get(k), other.get(k)))
                : alike(row, other) > 0;
    }

    private int alike(Map<String, String> row, Map<String, String> other) {
        return (int) row.entrySet().stream()
                .filter(e -> isSame(e.getKey(), e.getValue(), other.get(e.getKey())))
                .count();
    }

    private String changed(Map<String, String> row, Map<String, String> other) {
        Map<String, String> named = new LinkedHashMap<>();
        key.forEach(k -> named.put(k, other.get(k)));
        return row.entrySet().stream()
                .filter(e -> !isSame(e.getKey(), e.getValue(), other.get(e.getKey())))
                .map(e -> "%s: expected %s, found %s"
                        .formatted(e.getKey(), shown(e.getValue()), shown(other.get(e.getKey()))))
                .collect(Collectors.joining("; ", contract.name() + ": " + text(named) + ": ", ""));
    }

    private boolean isSame(String column, String expected, String found) {
        if (expected.isEmpty() || found.isEmpty() || expected.equals(found)) {
            return expected.equals(found);
        }
        String type = contract.column(column).map(ColumnContract::type).orElse("string");
        if (type.equals("double")) {
            return Double.compare(Double.parseDouble(expected), Double.parseDouble(found)) == 0;
        }
        return Fixture.isNumeric(type) && new BigDecimal(expected).compareTo(new BigDecimal(found)) == 0;
    }

    private static String text(Map<String, String> row) {
        return row.entrySet().stream()
                .map(e -> e.getKey() + " " + shown(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "nothing" : value;
    }
}
