package io.millrace.models.evaluate;

import io.millrace.models.evaluate.LongRows.Row;
import io.millrace.models.evaluate.LongSeries.Duplicates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes series of the rows of a file, and keeps what there is to remark. */
final class SeriesAssembly {

    /** Rows that a refusal lists. */
    private static final int LISTED = 20;

    private final String file;
    private final Duplicates duplicates;
    private final List<Repeat> repeats = new ArrayList<>();
    private final List<Row> blank = new ArrayList<>();
    private final List<String> sorted = new ArrayList<>();
    private final List<String> cut = new ArrayList<>();
    private final Map<String, double[]> series = new LinkedHashMap<>();

    private record Repeat(String id, Row row) {}

    SeriesAssembly(String file, Duplicates duplicates) {
        this.file = file;
        this.duplicates = duplicates;
    }

    LongSeries of(Map<String, List<Row>> byId) {
        Map<String, List<Row>> whole = new LinkedHashMap<>();
        byId.forEach((id, rows) -> {
            List<List<Row>> pieces = pieces(rows);
            for (int i = 0; i < pieces.size(); i++) {
                String name = i == 0 ? id : id + "#" + (i + 1);
                if (i > 0 && byId.containsKey(name)) {
                    throw new IllegalArgumentException(file + " begins series " + id + " anew, which would be called "
                            + name + ", but that is the id of another series. Name one of them otherwise.");
                }
                whole.put(name, pieces.get(i));
            }
            if (pieces.size() > 1) {
                cut.add(id);
            }
        });
        whole.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        entry -> entry.getValue().get(0).line()))
                .forEach(entry -> series.put(entry.getKey(), values(entry.getKey(), entry.getValue())));
        if (duplicates == Duplicates.REFUSED && !repeats.isEmpty()) {
            throw refused();
        }
        long rows = byId.values().stream().mapToLong(List::size).sum();
        return new LongSeries(series, rows, blank.size(), remarks());
    }

    /** The rows of one id, cut where its first time comes again if all pieces can be series of their own. */
    private List<List<Row>> pieces(List<Row> rows) {
        if (duplicates == Duplicates.SUMMED) {
            return List.of(rows);
        }
        List<Integer> begins = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).time().equals(rows.get(0).time())) {
                begins.add(i);
            }
        }
        if (begins.size() == 1) {
            return List.of(rows);
        }
        begins.add(rows.size());
        List<List<Row>> pieces = new ArrayList<>();
        for (int i = 1; i < begins.size(); i++) {
            pieces.add(rows.subList(begins.get(i - 1), begins.get(i)));
        }
        return pieces.stream().allMatch(SeriesAssembly::isWhole) ? pieces : List.of(rows);
    }

    /** A single row is rather one that was delivered twice. */
    private static boolean isWhole(List<Row> piece) {
        return piece.size() > 1
                && !goesBack(piece)
                && piece.stream().map(Row::time).distinct().count() == piece.size();
    }

    private static boolean goesBack(List<Row> rows) {
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i).time().isBefore(rows.get(i - 1).time())) {
                return true;
            }
        }
        return false;
    }

    private double[] values(String name, List<Row> rows) {
        List<Row> present = rows;
        if (rows.stream().anyMatch(Row::isBlank)) {
            rows.stream().filter(Row::isBlank).forEach(blank::add);
            present = rows.stream().filter(row -> !row.isBlank()).toList();
        }
        if (goesBack(present)) {
            present = inOrder(name, present);
        }
        Set<Moment> seen = new HashSet<>();
        present.stream().filter(row -> !seen.add(row.time())).forEach(row -> repeats.add(new Repeat(name, row)));
        if (seen.size() == present.size()) {
            return present.stream().mapToDouble(Row::value).toArray();
        }
        Map<Moment, Double> sums = new LinkedHashMap<>();
        present.forEach(row -> sums.merge(row.time(), row.value(), Double::sum));
        return sums.values().stream().mapToDouble(value -> value).toArray();
    }

    private List<Row> inOrder(String name, List<Row> rows) {
        Moment first = rows.get(0).time();
        if (!rows.stream().allMatch(row -> first.hasOrderWith(row.time()))) {
            return rows;
        }
        sorted.add(name);
        return rows.stream()
                .sorted(Comparator.comparing(row -> row.time().place()))
                .toList();
    }

    private IllegalArgumentException refused() {
        String listed = repeats.stream()
                .sorted(Comparator.comparingLong(repeat -> repeat.row().line()))
                .limit(LISTED)
                .map(repeat -> "%n  line %d: series %s, ds %s"
                        .formatted(
                                repeat.row().line(),
                                repeat.id(),
                                repeat.row().time().text()))
                .collect(Collectors.joining());
        String more = repeats.size() > LISTED ? "%n  and %,d more".formatted(repeats.size() - LISTED) : "";
        return new IllegalArgumentException(
                "%s has %,d rows that repeat a ds of their series. Correct them, or have them added up with --sum-duplicates.%s%s"
                        .formatted(file, repeats.size(), listed, more));
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!blank.isEmpty()) {
            remarks.add("%s: %,d rows without a y are left out, the first in line %d"
                    .formatted(
                            file,
                            blank.size(),
                            blank.stream().mapToLong(Row::line).min().orElseThrow()));
        }
        if (!sorted.isEmpty()) {
            remarks.add("%s: the rows of %,d series go back in time and were sorted, the first of them %s"
                    .formatted(file, sorted.size(), sorted.get(0)));
        }
        if (!cut.isEmpty()) {
            remarks.add(
                    "%s: %,d ids begin anew and were cut into series, the first of them %s into %<s, %<s#2 and so on"
                            .formatted(file, cut.size(), cut.get(0)));
        }
        if (!repeats.isEmpty()) {
            remarks.add(
                    "%s: %,d rows repeat a ds of their series and were added to it".formatted(file, repeats.size()));
        }
        return remarks;
    }
}
