package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.contracts.Resources;
import io.millrace.launcher.demo.Company;
import io.millrace.launcher.demo.DemoOptions;
import io.millrace.launcher.demo.DemoPostgres;
import io.millrace.launcher.demo.ErpDatabase;
import io.millrace.launcher.demo.Extracts;
import io.millrace.nightly.NightlyPlan;
import io.millrace.nightly.publish.StagingSchema;
import io.millrace.nightly.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A simulated company, and one whole night on it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Simulates a company with extracts and an ERP in an embedded PostgreSQL, and runs one whole night on it. Run again it resumes what was interrupted, or changes nothing.")
final class DemoCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(names = "--home", paramLabel = "DIR", description = "Where everything is kept. Default: ${DEFAULT-VALUE}")
    private Path home = Path.of(".millrace", "demo");

    @Option(
            names = "--scale",
            paramLabel = "S",
            description =
                    "Size of the company, up to 100. 1 (the default) is 1,500 customers and about 50,000 sales lines")
    private double scale = 1;

    @Option(names = "--date", paramLabel = "D", description = "Business date of the night. Default: 2026-02-28")
    private LocalDate date = DemoOptions.DEFAULT_DATE;

    @Override
    public Integer call() throws IOException {
        DemoPostgres.requireServer();
        home = home.toAbsolutePath().normalize();
        DemoOptions options = options();
        DemoHome.claim(home, options);
        try (DemoPostgres postgres = DemoPostgres.open(home)) {
            writeConfiguration(postgres);
            deliver(options, postgres);
            main.shared().at(home.resolve("conf"));
            Settings configured = main.shared().settings();
            return main.shared().withDatabases(configured, settings -> {
                new StagingSchema(settings.staging().schema())
                        .create(settings.staging().database()::connect);
                main.shared()
                        .nights(settings)
                        .run(date, NightlyPlan.stages(main.shared().confFolder()), "nightly", false);
                new DemoSummary(System.out, settings, home, date).print();
                return 0;
            });
        }
    }

    private DemoOptions options() {
        try {
            return new DemoOptions(scale, date, DemoOptions.DEFAULT_SEED);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--" + e.getMessage());
        }
    }

    private void deliver(DemoOptions options, DemoPostgres postgres) throws IOException {
        Path drop = home.resolve("drop");
        Path truth = home.resolve("truth");
        Company company = null;
        if (!Extracts.areDelivered(options, drop, truth)) {
            Extracts.Delivery delivery = Extracts.deliver(options, drop, truth);
            company = delivery.company();
            main.shared()
                    .events()
                    .note("simulated a company: %d files in %s"
                            .formatted(delivery.files().size(), drop));
        }
        try (Connection connection = postgres.connectAsErp()) {
            if (!ErpDatabase.isLoaded(connection, options)) {
                long rows = ErpDatabase.load(connection, company == null ? Company.simulate(options) : company);
                main.shared().events().note("loaded %,d rows into the ERP's own tables".formatted(rows));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The demo's ERP cannot be loaded", e);
        }
    }

    /** The overlay and the ERP's source system, as a user would write them. */
    private void writeConfiguration(DemoPostgres postgres) throws IOException {
        Path conf = home.resolve("conf");
        Resources.folder("millrace/demo/conf", "").forEach((name, text) -> {
            Path file = conf.resolve(name);
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(
                        file,
                        text.replace("@home@", home.toString())
                                .replace("@reader@", postgres.reader().reference())
                                .replace("@writer@", postgres.writer().reference()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Commands that work on what the demo leaves behind. */
    static List<String> next(Path home, LocalDate date) {
        String conf = "./millrace --conf " + home.resolve("conf");
        return List.of(
                conf + " report --open",
                conf + " status",
                conf + " run --date " + date + " --dry-run",
                conf + " tables gold.reorder_plan",
                conf + " explain reorder --product P-0001 --site WH01",
                conf
                        + " sql \"SELECT product_code, order_value, reason FROM gold.reorder_plan ORDER BY order_value DESC LIMIT 5\"",
                conf + " sql \"SELECT * FROM ops.quarantine\" --format json");
    }
}
