package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.lake.LakeReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A read-only query over the lake, also while a night is running. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Answers a query over the tables of the lake. Reads only, also while a night is running.")
final class SqlCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    /** Rows of a table that a person looks at. */
    private static final int SHOWN = 1000;

    @Parameters(
            arity = "0..1",
            paramLabel = "QUERY",
            description = "Spark SQL, as in \"SELECT count(*) FROM silver.customer\"")
    private String query;

    @Option(names = "--file", paramLabel = "Q.sql", description = "Takes the query from a file")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "table|csv|json",
            description =
                    "table (the default), csv, or json with one object a line. With --output the file's ending says it, as long as nobody else does")
    private RowPrinter.Format format;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Rows at most. Default: " + SHOWN + " in a table, which is held as a whole; all in csv and json")
    private Integer limit;

    @Option(
            names = "--output",
            paramLabel = "F.csv",
            description = "Writes the answer to a file: .csv, .json, .jsonl or any other")
    private Path output;

    @Override
    public Integer call() {
        String asked = asked();
        if (limit != null && limit < 1) {
            throw Failure.usage("--limit must be 1 or more and is " + limit);
        }
        try (LakeReader lake = new LakeReader(main.shared().settings().lake(), ContractCatalog.load())) {
            Dataset<Row> answer = lake.query(asked);
            if (output == null) {
                print(answer, System.out);
            } else {
                write(answer);
            }
        }
        return 0;
    }

    private String asked() {
        if ((query == null) == (file == null)) {
            throw Failure.usage("A query, or --file with one: either of them");
        }
        String asked = query;
        try {
            asked = file == null ? query : Files.readString(file);
        } catch (IOException e) {
            throw Failure.usage(file + " cannot be read: " + e);
        }
        if (asked.isBlank()) {
            throw Failure.usage("The query is empty");
        }
        // A file ends as it would be typed into another program.
        return asked.strip().replaceFirst("(?s);\\s*$", "");
    }

    private RowPrinter.Format format() {
        if (format != null || output == null) {
            return format == null ? RowPrinter.Format.TABLE : format;
        }
        String name = output.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv")
                ? RowPrinter.Format.CSV
                : name.endsWith(".json") || name.endsWith(".jsonl") ? RowPrinter.Format.JSON : RowPrinter.Format.TABLE;
    }

    private void write(Dataset<Row> answer) {
        try (PrintStream out = new PrintStream(
                new BufferedOutputStream(Files.newOutputStream(output)), false, StandardCharsets.UTF_8)) {
            print(answer, out);
            if (out.checkError()) {
                throw Failure.outside(output + " could not be written to its end", null);
            }
        } catch (IOException e) {
            throw Failure.usage("--output " + output + " cannot be written: " + e);
        }
    }

    private void print(Dataset<Row> answer, PrintStream out) {
        RowPrinter.Format as = format();
        int most = limit != null ? limit : as == RowPrinter.Format.TABLE ? SHOWN : Integer.MAX_VALUE;
        try {
            new RowPrinter(out, as, most).print(answer);
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** A query may be understood and still fail on a row: that is the query's, and its innermost cause says why. */
    private static Failure failed(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return Failure.usage("The query failed as it ran: "
                + why.lines().filter(l -> !l.isBlank()).findFirst().orElse(cause.toString()));
    }
}
