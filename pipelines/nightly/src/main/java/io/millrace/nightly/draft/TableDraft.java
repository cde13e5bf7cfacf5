package io.millrace.nightly.draft;

import io.millrace.contracts.source.SourceColumn.Reading;
import io.millrace.nightly.ingest.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table as its sample tells it.
 *
 * @param key columns of which no two rows have the same values, or none
 */
record TableDraft(Sample sample, List<ColumnDraft> columns, List<String> key) {

    /** Columns among which a key of several is looked for. */
    private static final int LEADING = 6;

    private static final int WIDEST_KEY = 3;

    static TableDraft of(Sample sample) {
        List<ColumnDraft> columns = IntStream.range(0, sample.columns().size())
                .mapToObj(i -> ColumnDraft.of(
                        sample.columns().get(i),
                        sample.rows().stream().map(row -> row[i]).toList()))
                .toList();
        List<String> key = key(sample, columns);
        return new TableDraft(
                sample,
                inOneNotation(columns).stream()
                        .map(c -> c.as() == Reading.NUMBER && (isCode(c) || key.contains(c.name()))
                                ? c.as(Reading.TEXT, ColumnDraft.NAME)
                                : c)
                        .toList(),
                key);
    }

    /** A number that may be read in two ways is read as the others of its file. */
    private static List<ColumnDraft> inOneNotation(List<ColumnDraft> columns) {
        Set<String> notations = new HashSet<>();
        columns.stream()
                .filter(c -> c.as() == Reading.NUMBER && !c.isWhole() && c.open() == null)
                .forEach(c -> notations.add(c.format()));
        if (notations.size() != 1) {
            return columns;
        }
        String notation = notations.iterator().next();
        return columns.stream()
                .map(c -> c.as() == Reading.NUMBER && c.open() != null
                        ? c.with(Reading.NUMBER, notation, "the notation of the other columns", null)
                        : c)
                .toList();
    }

    String name() {
        return sample.table();
    }

    TableDraft with(List<ColumnDraft> others, List<String> otherKey) {
        return new TableDraft(sample, others, otherKey);
    }

    /** Rows that have the values of an earlier one in some columns, or every row if one of these may be empty. */
    long repeated(List<String> names) {
        List<Integer> places =
                names.stream().map(name -> sample.columns().indexOf(name)).toList();
        return places.stream().allMatch(i -> columns.get(i).isFull())
                ? sample.rows().size() - distinct(sample.rows(), places)
                : sample.rows().size();
    }

    /** The narrowest one; of several, one whose columns are named as codes, then the leftmost. */
    private static List<String> key(Sample sample, List<ColumnDraft> columns) {
        if (sample.rows().size() < 2) {
            return List.of();
        }
        List<Integer> candidates = IntStream.range(0, columns.size())
                .filter(i -> mayBeKey(columns.get(i)))
                .boxed()
                .sorted(Comparator.comparing(
                        i -> isCode(columns.get(i)) ? 0 : columns.get(i).as() == Reading.NUMBER ? 2 : 1))
                .toList();
        List<List<Integer>> sets =
                new ArrayList<>(candidates.stream().map(List::of).toList());
        List<Integer> leading = candidates.stream().limit(LEADING).toList();
        List<List<Integer>> wider = leading.stream().map(List::of).toList();
        for (int width = 2; width <= WIDEST_KEY; width++) {
            List<List<Integer>> next = new ArrayList<>();
            for (List<Integer> set : wider) {
                for (int i = leading.indexOf(set.get(set.size() - 1)) + 1; i < leading.size(); i++) {
                    List<Integer> more = new ArrayList<>(set);
                    more.add(leading.get(i));
                    next.add(more);
                }
            }
            sets.addAll(next);
            wider = next;
        }
        return sets.stream()
                .filter(set -> distinct(sample.rows(), set) == sample.rows().size())
                .findFirst()
                .map(set ->
                        set.stream().sorted().map(i -> columns.get(i).name()).toList())
                .orElse(List.of());
    }

    private static boolean isCode(ColumnDraft column) {
        return (column.isWhole() || column.as() == Reading.TEXT || column.as() == Reading.CODE)
                && Names.words(column.name()).contains("code");
    }

    private static boolean mayBeKey(ColumnDraft column) {
        return column.isFull()
                && !Names.words(column.name()).contains("name")
                && column.as() != Reading.FLAG
                && (column.as() != Reading.NUMBER || column.isWhole());
    }

    private static long distinct(List<String[]> rows, List<Integer> columns) {
        return rows.stream()
                .map(row -> columns.stream().map(i -> row[i].strip()).toList())
                .distinct()
                .count();
    }
}
