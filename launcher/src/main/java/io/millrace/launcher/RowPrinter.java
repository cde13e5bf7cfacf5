package io.millrace.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Prints the rows of a query. */
final class RowPrinter {

    /** How rows are written. */
    enum Format {
        TABLE,
        CSV,
        JSON
    }

    private static final int WIDEST = 60;

    private final PrintStream out;
    private final Format format;

    RowPrinter(PrintStream out, Format format) {
        this.out = out;
        this.format = format;
    }

    void print(Dataset<Row> rows) {
        switch (format) {
            case JSON -> rows.toJSON().toLocalIterator().forEachRemaining(out::println);
            case CSV -> csv(rows);
            case TABLE -> table(rows);
        }
    }

    private void csv(Dataset<Row> rows) {
        List<String> header = List.of(rows.columns());
        out.println(String.join(",", header.stream().map(RowPrinter::quoted).toList()));
        rows.toLocalIterator()
                .forEachRemaining(row -> out.println(String.join(
                        ",", texts(row).stream().map(RowPrinter::quoted).toList())));
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void table(Dataset<Row> rows) {
        List<String> header = List.of(rows.columns());
        List<List<String>> lines = new ArrayList<>();
        rows.collectAsList()
                .forEach(row ->
                        lines.add(texts(row).stream().map(RowPrinter::cut).toList()));
        int[] widths = new int[header.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    header.get(i).length(),
                    lines.stream().mapToInt(l -> l.get(column).length()).max().orElse(0));
        }
        line(header, widths);
        for (List<String> line : lines) {
            line(line, widths);
        }
        out.printf("(%d %s)%n", lines.size(), lines.size() == 1 ? "row" : "rows");
    }

    private void line(List<String> cells, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
        }
        out.println(text.toString().stripTrailing());
    }

    private static String cut(String text) {
        String flat = text.replaceAll("\\s", " ");
        return flat.length() <= WIDEST ? flat : flat.substring(0, WIDEST - 1) + "…";
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.length(); i++) {
            texts.add(row.isNullAt(i) ? "" : String.valueOf(row.get(i)));
        }
        return texts;
    }
}
