package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.nightly.campaign.CampaignEvaluation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A contact policy on any log of contacts. */
@Command(
        name = "campaign",
        mixinStandardHelpOptions = true,
        description =
                "A log of contacts, a row each: what was known, what was done, what came of it. Learns whom to contact how, and tells what that"
                        + " is worth a row, beside what was done, the best single action and all actions alike. Rows that cannot be judged are"
                        + " left out, and counted.")
final class EvaluateCampaignCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private EvaluateOptions options;

    @Option(
            names = "--context",
            required = true,
            split = ",",
            paramLabel = "COL",
            description = "Columns with what was known beforehand, numbers or categories, separated by commas")
    private List<String> context;

    @Option(names = "--action", required = true, paramLabel = "COL", description = "Column with what was done")
    private String action;

    @Option(
            names = "--reward",
            required = true,
            paramLabel = "COL",
            description = "Column with what came of it, a number")
    private String reward;

    @Option(
            names = "--propensity",
            paramLabel = "COL",
            description =
                    "Column with the probability with which the action had been chosen. Without it, it is estimated")
    private String propensity;

    @Option(
            names = "--action-cost",
            split = ",",
            paramLabel = "ACTION=COST",
            description = "Cost of an action, deducted from its rewards; others cost nothing")
    private List<String> costs = List.of();

    @Option(
            names = "--no-contact",
            paramLabel = "ACTION",
            description =
                    "Action that means no contact. Default: one whose name says so, such as none, control or no e-mail")
    private String noContact;

    @Override
    public Integer call() throws IOException {
        Map<String, Double> cost = costs();
        return options.run(data -> new CampaignEvaluation(
                        data, context, action, reward, propensity, cost, noContact, options.seed())
                .run());
    }

    /** An action may have an equals sign in its name, so the last one counts. */
    private Map<String, Double> costs() {
        Map<String, Double> cost = new LinkedHashMap<>();
        for (String text : costs) {
            int at = text.lastIndexOf('=');
            try {
                cost.put(
                        text.substring(0, Math.max(0, at)).strip(),
                        Double.parseDouble(text.substring(at + 1).strip()));
            } catch (NumberFormatException e) {
                throw Failure.usage("--action-cost '%s' is not like email=0.5".formatted(text));
            }
        }
        return cost;
    }
}
