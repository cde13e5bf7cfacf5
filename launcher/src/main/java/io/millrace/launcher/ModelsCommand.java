package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.lake.Lake;
import io.millrace.lake.LakeReader;
import io.millrace.lake.Sessions;
import io.millrace.nightly.plan.LakeLock;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.RunRecord;
import io.millrace.nightly.settings.Settings;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.Promotion;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The registry. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Shows registered models, and which version was champion when; promotes or rolls back by hand.")
final class ModelsCommand implements Callable<Integer> {

    private static final String VERSIONS = "ops.model_version";
    private static final String ALIASES = "ops.model_alias";

    @ParentCommand
    private Main main;

    @Override
    public Integer call() {
        return list();
    }

    @Command(
            name = "list",
            description = "Every version, with the alias that it holds",
            mixinStandardHelpOptions = true)
    int list() {
        return print("SELECT v.model_name, v.version, v.business_date, v.metrics, v.artefact_hash,"
                + " IF(v.version = c.version, 'champion', '') AS alias FROM ops.model_version v LEFT JOIN"
                + " (SELECT model_name, max_by(version, struct(business_date, sequence)) AS version FROM ops.model_alias"
                + " WHERE alias = 'champion' GROUP BY model_name) c ON c.model_name = v.model_name ORDER BY 1, 2");
    }

    @Command(
            name = "show",
            description = "One version with its parameters, metrics and data versions",
            mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "MODEL") String model, @Parameters(paramLabel = "VERSION") int version) {
        try (LakeReader lake = reader()) {
            new RowPrinter(System.out, RowPrinter.Format.JSON)
                    .print(lake.query("SELECT * FROM " + VERSIONS)
                            .filter(org.apache
                                    .spark
                                    .sql
                                    .functions
                                    .col("model_name")
                                    .equalTo(model))
                            .filter("version = " + version));
        }
        return 0;
    }

    @Command(
            name = "history",
            description = "Every decision about a model's champion, in order",
            mixinStandardHelpOptions = true)
    int history(@Parameters(paramLabel = "MODEL") String model) {
        try (LakeReader lake = reader()) {
            new RowPrinter(System.out, RowPrinter.Format.TABLE)
                    .print(lake.query("SELECT * FROM " + ALIASES)
                            .filter(org.apache
                                    .spark
                                    .sql
                                    .functions
                                    .col("model_name")
                                    .equalTo(model))
                            .orderBy("business_date", "sequence"));
        }
        return 0;
    }

    @Command(name = "promote", description = "Makes a version champion by hand", mixinStandardHelpOptions = true)
    int promote(
            @Parameters(paramLabel = "MODEL") String model,
            @Parameters(paramLabel = "VERSION") int version,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the history")
                    String reason) {
        return decide((registry, date) -> registry.promote(model, version, date, "by-hand", reason));
    }

    @Command(
            name = "rollback",
            description = "Makes the champion before the present one champion again",
            mixinStandardHelpOptions = true)
    int rollback(
            @Parameters(paramLabel = "MODEL") String model,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the history")
                    String reason) {
        return decide((registry, date) -> registry.rollback(model, date, "by-hand", reason));
    }

    /** A decision about a champion. */
    private interface Decision {
        Promotion take(ModelRegistry registry, LocalDate date);
    }

    private int decide(Decision decision) {
        Settings settings = main.shared().settings();
        Promotion promotion = locked(settings, registry -> decision.take(registry, lastNight(settings)));
        System.out.printf(
                "%s: version %d is champion: %s%n", promotion.name(), promotion.version(), promotion.reason());
        return 0;
    }

    private static Promotion locked(Settings settings, Function<ModelRegistry, Promotion> work) {
        try (LakeLock lock =
                LakeLock.take(settings.lake().root(), "models", settings.lake().hadoop())) {
            Lake lake = new Lake(
                    Sessions.writing("millrace models", settings.lake()), ContractCatalog.load(), settings.lake());
            Promotion promotion =
                    work.apply(new ModelRegistry(lake, settings.lake().root() + "/_models"));
            lake.spark().stop();
            return promotion;
        }
    }

    private static LocalDate lastNight(Settings settings) {
        List<RunRecord> runs =
                Ledger.open(settings.lake().root(), settings.lake().hadoop()).runs();
        if (runs.isEmpty()) {
            throw Failure.usage("No night has run yet: there is no model to decide about");
        }
        return runs.stream()
                .map(r -> LocalDate.parse(r.businessDate()))
                .max(LocalDate::compareTo)
                .orElseThrow();
    }

    private LakeReader reader() {
        return new LakeReader(main.shared().settings().lake());
    }

    private int print(String sql) {
        try (LakeReader lake = reader()) {
            new RowPrinter(System.out, RowPrinter.Format.TABLE).print(lake.query(sql));
        }
        return 0;
    }
}
