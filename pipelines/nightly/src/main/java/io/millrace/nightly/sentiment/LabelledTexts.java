package io.millrace.nightly.sentiment;

import io.millrace.contracts.Failure;
import io.millrace.nightly.evaluate.CsvTable;
import io.millrace.nightly.evaluate.LeftOutRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts of a file with what each of them is. What has no text or no label is left out, counted, and told of with where it first stands.
 */
final class LabelledTexts {

    /** The columns. */
    record Columns(String text, String label) {}

    /** Why a row is left out. */
    private enum Why {
        FIELDS("with more or fewer fields than the header"),
        TEXT("without a text"),
        LABEL("without a label");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What stands for bytes that are not UTF-8. */
    private static final char UNKNOWN = '\uFFFD';

    private final Path file;
    private final Columns columns;
    private final LeftOutRows<Why> leftOut = new LeftOutRows<>();
    private final List<String> texts = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private List<String> header;
    private long damaged;
    private int textAt;
    private int labelAt;

    private LabelledTexts(Path file, Columns columns) {
        this.file = file;
        this.columns = columns;
    }

    /**
     * Reads a file of comma-separated values with a header.
     *
     * @throws Failure of kind USAGE or DATA if it cannot be read, lacks a column, or has no text with a label
     */
    static LabelledTexts read(Path file, Columns columns) {
        LabelledTexts read = new LabelledTexts(file, columns);
        CsvTable.scanAnyText(file, read::take);
        if (read.texts.isEmpty()) {
            throw Failure.data(file + " has no text with a label"
                    + (read.leftOut.isEmpty() ? "" : ": " + String.join("; ", read.remarks())));
        }
        return read;
    }

    private void take(String[] record, long line) {
        if (header == null) {
            header = CsvTable.header(file, record);
            textAt = CsvTable.place(header, file, "--text", columns.text());
            labelAt = CsvTable.place(header, file, "--label", columns.label());
        } else if (record.length != header.size()) {
            leftOut.add(Why.FIELDS, line, String.join(",", record));
        } else if (record[textAt].isBlank()) {
            leftOut.add(Why.TEXT, line, "");
        } else if (record[labelAt].isBlank()) {
            leftOut.add(Why.LABEL, line, "");
        } else {
            damaged += record[textAt].indexOf(UNKNOWN) < 0 ? 0 : 1;
            texts.add(record[textAt]);
            labels.add(record[labelAt].strip());
        }
    }

    Path file() {
        return file;
    }

    List<String> texts() {
        return texts;
    }

    List<String> labels() {
        return labels;
    }

    long rowsLeftOut() {
        return leftOut.rows();
    }

    /** A sentence about each kind of rows that are left out, and about characters that cannot be read. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>(leftOut.remarks());
        if (damaged > 0) {
            remarks.add("%,d texts have characters that are not UTF-8, which are read as unknown".formatted(damaged));
        }
        return remarks.stream()
                .map(remark -> file.getFileName() + ": " + remark)
                .toList();
    }
}
