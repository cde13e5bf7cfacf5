package io.millrace.launcher;

import io.millrace.decisions.evaluate.InventoryCsv;
import io.millrace.decisions.evaluate.InventoryEvaluation;
import io.millrace.models.evaluate.EvaluationResult;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Stock policies on any items. */
@Command(
        name = "inventory",
        mixinStandardHelpOptions = true,
        description =
                "Items: item,lead_time,demand_mean,demand_sd,holding,shortage,order_cost,unit_cost,review. A period is a day.")
final class EvaluateInventoryCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private EvaluateOptions options;

    @Override
    public Integer call() throws IOException {
        return options.run(data -> {
            InventoryEvaluation.Result r = new InventoryEvaluation(options.seed())
                    .evaluate(data.getFileName().toString(), InventoryCsv.read(data));
            return new EvaluationResult(
                    r.task(), r.data(), r.metrics(), r.baselines(), r.rows(), r.seconds(), r.seed());
        });
    }
}
