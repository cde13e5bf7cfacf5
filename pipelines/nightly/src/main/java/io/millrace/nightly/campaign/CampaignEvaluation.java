package io.millrace.nightly.campaign;

import io.millrace.contracts.Failure;
import io.millrace.models.evaluate.EvaluationResult;
import io.millrace.models.policy.ContactLog;
import io.millrace.models.policy.Estimate;
import io.millrace.models.policy.PolicyEvaluation;
import io.millrace.models.policy.PolicyReport;
import io.millrace.models.policy.PropensitySource;
import io.millrace.models.policy.Valuation.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Learns a contact policy from a log of the user's, and tells what it is worth beside plain ones.
 *
 * @param data      file of comma-separated values with a header; {@code .gz} is unpacked
 * @param context   columns with what was known of a customer
 * @param action    column with what was done
 * @param reward    column with what came of it
 * @param propensity column with the probability with which it had been chosen, or null
 * @param costs     cost of an action by name, deducted from its rewards
 * @param noContact the action that means no contact, or null for one whose name says so
 * @param seed      of folds and models
 */
public record CampaignEvaluation(
        Path data,
        List<String> context,
        String action,
        String reward,
        String propensity,
        Map<String, Double> costs,
        String noContact,
        long seed) {

    private static final PolicyEvaluation.Options FOLDS = new PolicyEvaluation.Options(5, 4, 0, 1);

    /** Names of an action that leaves a customer alone. */
    private static final Pattern NOBODY = Pattern.compile(
            "no|none|nothing|never|control|controls|control group|hold ?out|untreated|no (contact|e ?mail|mail|call|action|offer|treatment|message|letter|campaign)s?");

    /** Below this a value rests on too few rows for its interval. */
    private static final int FEW = 100;

    /**
     * Runs it, on as many threads as there are processors.
     *
     * @return values of the policy; as baselines those of the logging policy, the best single action, all actions alike, no contact if there is such
     *     an action, and the learned policy whatever the gate says
     * @throws Failure of kind USAGE or DATA if the log does not allow it
     */
    public EvaluationResult run() {
        long start = System.nanoTime();
        ContactFile file = ContactFile.read(data, new ContactFile.Columns(context, action, reward, propensity), costs);
        ContactLog log = file.log();
        Optional<String> nobody = nobody(log);
        int threads = Runtime.getRuntime().availableProcessors();
        PolicyReport report = new PolicyEvaluation(
                        new PolicyEvaluation.Options(FOLDS.folds(), FOLDS.inner(), seed, threads))
                .run(log);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new EvaluationResult(
                "campaign",
                data.toString(),
                metrics(file, report),
                baselines(report, nobody),
                file.rows(),
                seconds,
                seed,
                file.remarks(),
                findings(log, report));
    }

    private Optional<String> nobody(ContactLog log) {
        if (noContact != null) {
            if (!log.actions().contains(noContact)) {
                throw Failure.usage("--no-contact '%s' is none of the actions that can be judged: %s"
                        .formatted(noContact, String.join(", ", log.actions())));
            }
            return Optional.of(noContact);
        }
        if (log.actions().equals(List.of("0", "1"))) {
            return Optional.of("0");
        }
        return log.actions().stream().filter(CampaignEvaluation::saysNobody).findFirst();
    }

    private static boolean saysNobody(String name) {
        return NOBODY.matcher(name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", " ")
                        .strip())
                .matches();
    }

    private static Map<String, Double> metrics(ContactFile file, PolicyReport report) {
        Map<String, Double> metrics = values(report.policy());
        metrics.put("policy_is_learned", report.isLearned() ? 1.0 : 0);
        put(metrics, "learned_gain", report.gain());
        metrics.put("propensities_estimated", report.source() == PropensitySource.LOGGED ? 0.0 : 1);
        metrics.put("tiny_propensities", report.overlap().tiny());
        metrics.put("clipped_propensities", report.overlap().clipped());
        metrics.put("unsupported", report.overlap().unsupported());
        metrics.put("rows_left_out", (double) file.rowsLeftOut());
        ContactLog log = file.log();
        double[] shares = log.shares();
        report.always().forEach((name, values) -> {
            String part = name.replace('.', '_') + ".";
            metrics.put(part + "rows_share", shares[log.actions().indexOf(name)]);
            metrics.put(part + "learned_share", report.shares().getOrDefault(name, 0.0));
            put(metrics, part + "dr", values.dr());
            metrics.put(part + "mean_weight", report.overlap().meanWeights().get(name));
        });
        return metrics;
    }

    private static Map<String, Map<String, Double>> baselines(PolicyReport report, Optional<String> nobody) {
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        baselines.put("logging_policy", values(report.logging()));
        baselines.put("best_single_action", values(report.bestSingle()));
        baselines.put("uniform", values(report.uniform()));
        baselines.forEach(
                (name, values) -> put(values, "policy_gain", report.gains().get(name)));
        nobody.ifPresent(name -> {
            Map<String, Double> values = values(report.always().get(name));
            put(values, "policy_gain", report.gains().get(name));
            baselines.put("no_contact", values);
        });
        baselines.put("learned_policy", values(report.learned()));
        return baselines;
    }

    private static Map<String, Double> values(Values values) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        put(metrics, "dr", values.dr());
        put(metrics, "switch_dr", values.switchDr());
        put(metrics, "snips", values.snips());
        put(metrics, "ips", values.ips());
        metrics.put("effective_rows", values.effectiveRows());
        return metrics;
    }

    /** An undefined figure is left out. */
    private static void put(Map<String, Double> metrics, String name, Estimate estimate) {
        if (!Double.isNaN(estimate.value())) {
            metrics.put(name, estimate.value());
            metrics.put(name + "_low", estimate.low());
            metrics.put(name + "_high", estimate.high());
        }
    }

    private List<String> findings(ContactLog log, PolicyReport report) {
        List<String> findings = new ArrayList<>();
        findings.add(verdict(report));
        findings.add(propensities(report));
        if (report.overlap().unsupported() > PolicyEvaluation.MOST_UNSUPPORTED) {
            findings.add(
                    "Warning: for %.1f %% of the rows the log hardly ever did in such a context what the policy does. There its value is what models expect from other contexts, which no interval covers."
                            .formatted(100 * report.overlap().unsupported()));
        }
        report.overlap()
                .doubtful()
                .ifPresent(name -> findings.add(
                        "Warning: the propensities of '%s' do not add up: 1 / propensity has a mean of %s over all rows where it should be 1, so every value is in doubt. A propensity is the probability of the action that was taken."
                                .formatted(
                                        name,
                                        number(report.overlap().meanWeights().get(name)))));
        findings.add("The value of the policy tells as much as %,.0f rows of %,d would if all had the same weight.%s"
                .formatted(
                        report.policy().effectiveRows(),
                        log.size(),
                        report.policy().effectiveRows() < FEW
                                ? " Warning: that is too few for its interval to be trusted."
                                : ""));
        findings.add("The learned policy takes %s. Learned by %s."
                .formatted(
                        report.shares().entrySet().stream()
                                .map(e -> "'%s' for %.1f %%".formatted(e.getKey(), 100 * e.getValue()))
                                .collect(Collectors.joining(", ")),
                        report.learners().entrySet().stream()
                                .map(e -> "%s (%d of %d folds)".formatted(e.getKey(), e.getValue(), FOLDS.folds()))
                                .collect(Collectors.joining(", "))));
        return findings;
    }

    private static String verdict(PolicyReport report) {
        Estimate gain = report.gain();
        String earns = "The learned policy earns %s (%s to %s) more a row than the best single action, '%s'"
                .formatted(number(gain.value()), number(gain.low()), number(gain.high()), report.bestAction());
        if (report.isLearned()) {
            return earns + ": it is advised.";
        }
        String why = gain.low() > 0
                ? "But for %.1f %% of the rows it takes what the log hardly ever did in such a context"
                        .formatted(100 * report.overlap().learnedUnsupported())
                : "The lower end is not above 0";
        return "%s. %s, so the data do not support more than that action for everybody: the policy is '%s'."
                .formatted(earns, why, report.bestAction());
    }

    private static String propensities(PolicyReport report) {
        return switch (report.source()) {
            case LOGGED ->
                "Propensities are those of the log; %.1f %% of them are below %s."
                        .formatted(100 * report.overlap().tiny(), PolicyEvaluation.TINY);
            case CONSTANT ->
                "Propensities were not logged and are estimated: the context does not tell which action was taken, so the log counts as randomised and each action's share is its propensity.";
            case ESTIMATED ->
                "Propensities were not logged and are estimated from the context (cross-fitted, calibrated), because the context tells which action was taken; %.1f %% were below %s and raised to it. The values hold if the context holds whatever both the choice and the reward depended on."
                        .formatted(100 * report.overlap().clipped(), PolicyEvaluation.TINY);
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%,.1f" : "%.4f", value);
    }
}
