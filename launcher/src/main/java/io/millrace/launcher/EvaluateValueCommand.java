package io.millrace.launcher;

import io.millrace.nightly.value.PurchaseFile;
import io.millrace.nightly.value.ValueEvaluation;
import java.io.IOException;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Customer value on any log of purchases. */
@Command(
        name = "value",
        mixinStandardHelpOptions = true,
        description =
                "Purchases, a row each: customer,date,amount. What customers buy after a day, told from what they bought until then."
                        + " Rows of a customer and a day are one purchase; refunds and rows that cannot be read are left out, and counted.")
final class EvaluateValueCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private EvaluateOptions options;

    @Option(
            names = "--calibration-end",
            required = true,
            paramLabel = "DATE",
            description = "Last day that is learned from, as in 2026-02-28")
    private LocalDate calibrationEnd;

    @Option(
            names = "--holdout-end",
            paramLabel = "DATE",
            description = "Last day that is judged. Default: the last one of the data")
    private LocalDate holdoutEnd;

    @Option(
            names = "--customer",
            paramLabel = "COL",
            description = "Column with the customer. Default: ${DEFAULT-VALUE}")
    private String customer = "customer";

    @Option(names = "--date", paramLabel = "COL", description = "Column with the day. Default: ${DEFAULT-VALUE}")
    private String date = "date";

    @Option(
            names = "--amount",
            paramLabel = "COL",
            description = "Column with the money. Default: amount; without such a column purchases alone are judged")
    private String amount;

    @Override
    public Integer call() throws IOException {
        PurchaseFile.Columns columns = new PurchaseFile.Columns(customer, date, amount);
        return options.run(
                data -> new ValueEvaluation(data, columns, calibrationEnd, holdoutEnd, options.seed()).run());
    }
}
