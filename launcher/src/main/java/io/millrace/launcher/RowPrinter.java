package io.millrace.launcher;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.io.output.AppendableWriter;
import org.apache.spark.sql.Column;
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
    private final int most;

    RowPrinter(PrintStream out, Format format) {
        this(out, format, Integer.MAX_VALUE);
    }

    /** @param most rows that are printed at most */
    RowPrinter(PrintStream out, Format format, int most) {
        this.out = out;
        this.format = format;
        this.most = most;
    }

    void print(Dataset<Row> rows) {
        switch (format) {
            case JSON -> json(limited(rows, most));
            case CSV -> csv(limited(rows, most));
            case TABLE -> table(rows);
        }
    }

    private static Dataset<Row> limited(Dataset<Row> rows, int limit) {
        return limit == Integer.MAX_VALUE ? rows : rows.limit(limit);
    }

    /** Every row has every column, whatever is null in it. */
    private void json(Dataset<Row> rows) {
        rows.select(to_json(struct(col("*")), Map.of("ignoreNullFields", "false")))
                .toLocalIterator()
                .forEachRemaining(row -> out.println(row.getString(0)));
    }

    private void csv(Dataset<Row> rows) {
        // The stream knows the character set of the terminal; a writer over its bytes would not.
        CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.PLATFORM)
                .bufferSize(0)
                .build(new AppendableWriter<>(out));
        csv.writeRecord(rows.columns());
        asText(rows).toLocalIterator().forEachRemaining(row -> csv.writeRecord(texts(row)));
    }

    private void table(Dataset<Row> rows) {
        List<String> header = List.of(rows.columns());
        List<List<String>> lines = new ArrayList<>();
        // One more tells that there is more.
        asText(limited(rows, most == Integer.MAX_VALUE ? most : most + 1))
                .collectAsList()
                .forEach(row ->
                        lines.add(texts(row).stream().map(RowPrinter::cut).toList()));
        boolean isCut = lines.size() > most;
        if (isCut) {
            lines.remove(most);
        }
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
        out.printf(
                "(%d %s%s)%n",
                lines.size(),
                lines.size() == 1 ? "row" : "rows",
                isCut ? ", and there are more: --limit, or --output" : "");
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

    /** Lists, maps, structures and bytes as Spark writes them; two columns may have one name. */
    private static Dataset<Row> asText(Dataset<Row> rows) {
        String[] places =
                IntStream.range(0, rows.columns().length).mapToObj(i -> "c" + i).toArray(String[]::new);
        Dataset<Row> placed = rows.toDF(places);
        return placed.select(
                Arrays.stream(places).map(c -> placed.col(c).cast("string")).toArray(Column[]::new));
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.length(); i++) {
            texts.add(row.isNullAt(i) ? "" : String.valueOf(row.get(i)));
        }
        return texts;
    }
}
