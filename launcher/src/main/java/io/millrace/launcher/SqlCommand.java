package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.lake.LakeReader;
import java.util.concurrent.Callable;
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
        try (LakeReader lake = new LakeReader(main.shared().settings().lake())) {
            new RowPrinter(System.out, format).print(lake.query(query));
        }
        return 0;
    }
}
