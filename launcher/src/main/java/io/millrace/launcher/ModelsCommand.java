package io.millrace.launcher;

import static org.apache.spark.sql.functions.col;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.lake.LakeReader;
import io.millrace.lake.TableVersions;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.RunRecord;
import io.millrace.nightly.settings.Settings;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.Promotion;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
        Settings settings = main.shared().settings();
        if (new TableVersions(settings.lake().root(), settings.lake().hadoop()).latest(VERSIONS) < 0) {
            System.out.println("No model yet.");
            return 0;
        }
        try (LakeReader lake = new LakeReader(settings.lake())) {
            new RowPrinter(System.out, RowPrinter.Format.TABLE)
                    .print(
                            lake.query(
                                    "SELECT v.model_name, v.version, v.business_date, v.metrics, v.artefact_hash,"
                                            + " IF(v.version = c.version, 'champion', '') AS alias FROM ops.model_version v LEFT JOIN"
                                            + " (SELECT model_name, max_by(version, struct(business_date, sequence)) AS version FROM ops.model_alias"
                                            + " WHERE alias = 'champion' GROUP BY model_name) c ON c.model_name = v.model_name ORDER BY 1, 2"));
        }
        return 0;
    }

    @Command(
            name = "show",
            description = "One version with its parameters, metrics and data versions",
            mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "MODEL") String model, @Parameters(paramLabel = "VERSION") int version) {
        return print(
                VERSIONS,
                col("model_name").equalTo(model).and(col("version").equalTo(version)),
                "There is no version " + version + " of a model '" + model + "'",
                RowPrinter.Format.JSON);
    }

    @Command(
            name = "history",
            description = "Every decision about a model's champion, in order",
            mixinStandardHelpOptions = true)
    int history(@Parameters(paramLabel = "MODEL") String model) {
        return print(
                ALIASES,
                col("model_name").equalTo(model),
                "There is no decision about a model '" + model + "'",
                RowPrinter.Format.TABLE);
    }

    /** The rows of a table of the registry. @throws Failure of kind USAGE with {@code otherwise} where there are none */
    private int print(String table, Column condition, String otherwise, RowPrinter.Format format) {
        Settings settings = main.shared().settings();
        if (new TableVersions(settings.lake().root(), settings.lake().hadoop()).latest(table) < 0) {
            throw Failure.usage(otherwise + ": no model yet");
        }
        try (LakeReader lake = new LakeReader(settings.lake())) {
            Dataset<Row> rows = lake.query("SELECT * FROM " + table)
                    .filter(condition)
                    .orderBy("business_date", table.equals(ALIASES) ? "sequence" : "version");
            if (rows.isEmpty()) {
                throw Failure.usage(otherwise);
            }
            new RowPrinter(System.out, format).print(rows);
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
        Promotion promotion = Shared.holding(
                settings,
                "models",
                ContractCatalog.load(),
                lake -> decision.take(
                        new ModelRegistry(lake, settings.lake().root() + "/_models"), lastNight(settings)));
        System.out.printf(
                "%s: version %d is champion: %s%n", promotion.name(), promotion.version(), promotion.reason());
        return 0;
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
}
