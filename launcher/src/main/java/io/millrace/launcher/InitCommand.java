package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.nightly.publish.StagingSchema;
import io.millrace.nightly.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Everything that a first night would create on its way, created now. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        subcommands = InitSourceCommand.class,
        description = "Creates databases, tables and the staging schema. What exists is left as it is.")
final class InitCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    Path confFolder() {
        return main.shared().confFolder();
    }

    @Override
    public Integer call() {
        return main.shared().withDatabases(main.shared().settings(), settings -> {
            ContractCatalog shipped = ContractCatalog.load();
            ContractCatalog contracts =
                    shipped.plus(main.shared().views(shipped).contracts());
            int tables = Shared.holding(settings, "init", contracts, lake -> {
                contracts.all().forEach(lake::ensure);
                return contracts.all().size();
            });
            System.out.printf("%d tables in %s%n", tables, settings.lake().root());
            staging(settings);
            return 0;
        });
    }

    private static void staging(Settings settings) {
        if (settings.staging().database() == null) {
            System.out.println("No staging database is configured: nothing will be published");
            return;
        }
        StagingSchema schema = new StagingSchema(settings.staging().schema());
        int created = schema.create(settings.staging().database()::connect).size();
        System.out.printf(
                "Staging schema %s: %s%n", schema.name(), created == 0 ? "complete" : created + " statements run");
    }
}
