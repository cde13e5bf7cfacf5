package io.millrace.launcher;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.Rule;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.yaml.Problems;
import io.millrace.lake.LakeReader;
import io.millrace.lake.TableVersions;
import io.millrace.nightly.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The tables, from their contracts and their logs. */
@Command(
        name = "tables",
        mixinStandardHelpOptions = true,
        description =
                "Lists the tables, or shows one: columns, comments, keys, rules, row count, versions. Works while a night is running.")
final class TablesCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "One table, as in silver.customer")
    private String table;

    @Override
    public Integer call() {
        Settings settings = main.shared().settings();
        ContractCatalog shipped = ContractCatalog.load();
        ContractCatalog contracts = shipped.plus(main.shared().views(shipped).contracts());
        TableVersions versions =
                new TableVersions(settings.lake().root(), settings.lake().hadoop());
        if (table == null) {
            list(contracts, versions);
        } else {
            show(settings, contracts, versions);
        }
        return 0;
    }

    private static void list(ContractCatalog contracts, TableVersions versions) {
        TreeSet<String> names = new TreeSet<>(versions.tables());
        contracts.all().forEach(c -> names.add(c.name()));
        System.out.printf("%-32s %8s  %s%n", "table", "version", "about");
        for (String name : names) {
            long version = versions.latest(name);
            String about = contracts.find(name).map(TableContract::about).orElse("as delivered");
            System.out.printf("%-32s %8s  %s%n", name, version < 0 ? "-" : version, about);
        }
    }

    private void show(Settings settings, ContractCatalog contracts, TableVersions versions) {
        long version = versions.latest(table);
        TableContract contract = contracts.find(table).orElse(null);
        if (contract == null && version < 0) {
            List<String> known = new ArrayList<>(versions.tables());
            contracts.all().forEach(c -> known.add(c.name()));
            throw Failure.usage("There is no table '" + table + "'" + Problems.didYouMean(table, known));
        }
        System.out.println(table);
        if (contract != null) {
            print(contract);
        }
        if (version < 0) {
            System.out.println("\nNot written yet.");
            return;
        }
        try (LakeReader lake = new LakeReader(settings.lake())) {
            if (contract == null) {
                new RowPrinter(System.out, RowPrinter.Format.TABLE).print(lake.query("DESCRIBE TABLE " + table));
            }
            long rows = lake.query("SELECT count(*) FROM " + table).first().getLong(0);
            System.out.printf("%n%,d rows at version %d. The last versions:%n", rows, version);
            new RowPrinter(System.out, RowPrinter.Format.TABLE)
                    .print(lake.query("DESCRIBE HISTORY " + table + " LIMIT 10")
                            .select("version", "timestamp", "operation", "operationMetrics"));
        }
    }

    private static void print(TableContract contract) {
        System.out.println(contract.about());
        System.out.printf(
                "%nShape %s. Key: %s%s%n%n",
                contract.shape().name().toLowerCase(Locale.ROOT),
                contract.primaryKey().isEmpty() ? "none" : String.join(", ", contract.primaryKey()),
                contract.partitionBy().isEmpty()
                        ? ""
                        : ". Partitioned by " + String.join(", ", contract.partitionBy()));
        for (ColumnContract c : contract.columns()) {
            System.out.printf(
                    "  %-22s %-14s %-9s %s%n", c.name(), c.type(), c.required() ? "required" : "", c.comment());
        }
        List<Rule> rules = contract.rules().stream()
                .filter(r -> r.kind() != Rule.Kind.COMPLETE)
                .toList();
        if (!rules.isEmpty()) {
            System.out.println("\nRules, beside the required columns:");
        }
        for (Rule r : rules) {
            System.out.printf(
                    "  %-28s %-10s %s%n", r.name(), r.severity().name().toLowerCase(Locale.ROOT), r.reason());
        }
    }
}
