package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.lake.LakeReader;
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

    @Parameters(paramLabel = "QUERY", description = "Spark SQL, as in \"SELECT count(*) FROM silver.customer\"")
    private String query;

    @Option(
            names = "--format",
            paramLabel = "table|csv|json",
            description = "table (the default), csv, or json with one object a line")
    private RowPrinter.Format format = RowPrinter.Format.TABLE;

    @Override
    public Integer call() {
        if (query.isBlank()) {
            throw Failure.usage("The query is empty");
        }
        try (LakeReader lake = new LakeReader(main.shared().settings().lake(), ContractCatalog.load())) {
            Dataset<Row> answer = lake.query(query);
            try {
                new RowPrinter(System.out, format).print(answer);
            } catch (Exception e) {
                throw failed(e);
            }
        }
        return 0;
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
