package io.millrace.nightly.churn;

import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Problems;
import io.millrace.nightly.evaluate.CsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A table of text with a label, as a file of comma-separated values holds it.
 *
 * @param columns names of the columns, label and identifier left out
 * @param rows    values of these columns, one array a row; blank where missing
 * @param labels  1 where the label column has the positive value
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelledTable(List<String> columns, List<String[]> rows, int[] labels) {

    /** Number of different labels that a message lists. */
    private static final int LISTED = 8;

    /**
     * Reads a file, UTF-8, with a header; packed with gzip where its name ends in {@code .gz}.
     *
     * @param id identifier column to leave out, or null
     * @throws Failure of kind USAGE for columns or a positive value that are not there, of kind DATA for a file that
     *     cannot be learned from
     */
    static LabelledTable read(Path file, String label, String positive, String id) {
        CsvTable table = CsvTable.read(file);
        int labelAt = table.place(file, "--label", label);
        int idAt = id == null ? -1 : table.place(file, "--id", id);
        if (label.equals(id)) {
            throw Failure.usage("--label and --id both name the column '" + label + "'");
        }
        int[] kept = IntStream.range(0, table.header().size())
                .filter(i -> i != labelAt && i != idAt)
                .toArray();
        List<String[]> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (String[] record : table.rows()) {
            rows.add(Arrays.stream(kept).mapToObj(i -> record[i]).toArray(String[]::new));
            labels.add(record[labelAt]);
        }
        List<String> columns = Arrays.stream(kept).mapToObj(table.header()::get).toList();
        return new LabelledTable(columns, rows, labels(file, label, positive, labels));
    }

    private static int[] labels(Path file, String column, String positive, List<String> values) {
        TreeSet<String> found = new TreeSet<>(values);
        String some = String.join(
                ", ", found.stream().limit(LISTED).map(v -> "'" + v + "'").toList());
        if (found.contains("")) {
            throw Failure.data(
                    "%s has rows without a '%s', the first in record %d. Leave rows out whose outcome is not known"
                            .formatted(file, column, values.indexOf("") + 1));
        }
        if (!found.contains(positive)) {
            throw Failure.usage("No row of %s has %s = '%s'%s. Its values are %s%s"
                    .formatted(
                            file,
                            column,
                            positive,
                            Problems.didYouMean(positive, found),
                            some,
                            found.size() > LISTED ? ", ..." : ""));
        }
        if (found.size() == 1) {
            throw Failure.data(
                    "Every row of %s has %s = '%s'. There is nothing to tell apart; give rows of both classes"
                            .formatted(file, column, positive));
        }
        return values.stream().mapToInt(v -> v.equals(positive) ? 1 : 0).toArray();
    }
}
