package io.millrace.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.TableContract;
import io.millrace.nightly.NightlyPlan;
import io.millrace.nightly.explain.Evidence;
import io.millrace.nightly.explain.Explainer;
import io.millrace.nightly.explain.Explanation;
import io.millrace.nightly.explain.Fact;
import io.millrace.nightly.settings.Settings;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Why a line of the plan is what it is. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Follows a decision back: the line that the ERP got, the decision, the scores and features that it rests on, the model, and the delivered lines of each, as its night knew them.")
final class ExplainCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Parameters(
            arity = "1..*",
            paramLabel = "DECISION",
            description = "Identifiers of decisions; or reorder, campaign, routes or alerts, with its subject")
    private List<String> what;

    @Option(names = "--product", paramLabel = "P", description = "Product that is decided about")
    private String product;

    @Option(names = "--site", paramLabel = "S", description = "Site")
    private String site;

    @Option(names = "--customer", paramLabel = "C", description = "Customer")
    private String customer;

    @Option(names = "--subject", paramLabel = "X", description = "Subject of an alert")
    private String subject;

    @Option(
            names = "--date",
            paramLabel = "D",
            description = "Business date. Default: the newest night that decided about it")
    private LocalDate date;

    @Option(names = "--json", description = "One JSON object a line for each decision")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, String> named = named();
        boolean isName = what.size() == 1
                && NightlyPlan.decisions().stream().anyMatch(d -> d.name().equals(what.get(0)));
        if (isName == named.isEmpty()) {
            throw Failure.usage(
                    isName
                            ? "Which one of %s: --product, --site, --customer or --subject".formatted(what.get(0))
                            : "%s are taken for identifiers, which need no subject".formatted(what));
        }
        for (Explanation explanation :
                main.shared().withDatabases(main.shared().settings(), settings -> explained(settings, isName, named))) {
            if (json) {
                System.out.println(asJson(explanation));
            } else {
                print(explanation, System.out);
            }
        }
        return 0;
    }

    private Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        put(named, "product_code", product);
        put(named, "site_code", site);
        put(named, "customer_code", customer);
        put(named, "subject_code", subject);
        return named;
    }

    private static void put(Map<String, String> named, String column, String value) {
        if (value != null) {
            named.put(column, value);
        }
    }

    private List<Explanation> explained(Settings settings, boolean isName, Map<String, String> named) {
        return main.shared().nights(settings).look(Remapping.newest(settings), night -> {
            Explainer explainer =
                    new Explainer(night, NightlyPlan.stages(main.shared().confFolder()), NightlyPlan.decisions());
            return isName
                    ? List.of(explainer.about(what.get(0), named, date))
                    : what.stream().map(explainer::ofId).toList();
        });
    }

    private static String asJson(Explanation explanation) {
        try {
            return new ObjectMapper().writeValueAsString(explanation);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(Explanation e, PrintStream out) {
        ContractCatalog contracts = ContractCatalog.load();
        Map<String, String> decided = e.decided().facts().get(0).values();
        out.printf("%s of %s: %s%n", e.decision(), e.date(), e.about());
        out.printf("%n  %s%n%n", decided.getOrDefault("reason", "It gives no reason."));
        TableContract gold = contracts.get(e.decided().table());
        decided.forEach((column, value) -> {
            if (!column.equals("reason") && !column.equals("business_date")) {
                out.printf(
                        "  %-18s %-24s %s%n",
                        column,
                        shown(value),
                        gold.column(column).map(c -> c.about()).orElse(""));
            }
        });
        out.printf(
                "%nAt the ERP: %s%n",
                e.published().isEmpty()
                        ? "no line of it was published"
                        : e.published().entrySet().stream()
                                .map(p -> p.getKey() + " " + p.getValue())
                                .collect(Collectors.joining(", ")));
        out.printf("%nIt rests on%n");
        e.restsOn().forEach(evidence -> print(evidence, out));
    }

    /** A number of seventeen digits tells a person no more than one of six. */
    private static String shown(String value) {
        return value.matches("-?\\d+\\.\\d{7,}")
                ? String.format(Locale.ROOT, "%.6g", Double.parseDouble(value))
                : value;
    }

    private static void print(Evidence evidence, PrintStream out) {
        out.printf(
                "%n  %s, read by %s: %,d %s%s%n",
                evidence.table(),
                evidence.stage(),
                evidence.rows(),
                evidence.rows() == 1 ? "row" : "rows",
                evidence.rows() > evidence.facts().size()
                        ? ", of which " + evidence.facts().size() + " here"
                        : "");
        out.printf("  %s%n", evidence.about());
        Map<String, String> before = Map.of();
        for (Fact fact : evidence.facts()) {
            StringBuilder line = new StringBuilder("    -");
            int width = line.length();
            for (Map.Entry<String, String> value : fact.values().entrySet()) {
                if (value.getValue().equals(before.get(value.getKey()))) {
                    // A person reads what differs from the row above.
                    continue;
                }
                String cell = " " + value.getKey() + "=" + shown(value.getValue());
                if (width + cell.length() > 150 && width > 5) {
                    line.append(System.lineSeparator()).append("     ");
                    width = 5;
                }
                line.append(cell);
                width += cell.length();
            }
            out.println(line);
            before = fact.values();
            if (fact.origin() != null) {
                out.println("      from " + fact.origin());
            }
        }
    }
}
