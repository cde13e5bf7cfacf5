package io.millrace.launcher;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.ContractCatalog;
import io.millrace.features.FeatureStore;
import io.millrace.features.FeatureView;
import io.millrace.features.FeatureViews;
import io.millrace.lake.Lake;
import io.millrace.lake.Sessions;
import io.millrace.nightly.settings.Settings;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The feature store. */
@Command(
        name = "features",
        mixinStandardHelpOptions = true,
        description = "Shows feature views, and builds training sets.")
final class FeaturesCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", description = "Every feature view", mixinStandardHelpOptions = true)
    int list() {
        System.out.printf("%-24s %-14s %9s  %s%n", "view", "entity", "features", "about");
        views().all()
                .forEach(v -> System.out.printf(
                        "%-24s %-14s %9d  %s%n",
                        v.name(), v.entity(), v.features().size(), v.about()));
        return 0;
    }

    @Command(
            name = "show",
            description = "One view: its features, and the SQL that it stands for",
            mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "VIEW") String name) {
        FeatureView view = views().get(name);
        System.out.printf(
                "%s%n%s%n%nKey: %s. Reads %s. Stale after %d days.%n%n",
                view.table(),
                view.about(),
                String.join(", ", view.keyNames()),
                String.join(", ", view.tables()),
                view.freshness());
        for (ColumnContract c : view.features()) {
            System.out.printf("  %-28s %-10s %s%n", c.name(), c.type(), c.comment());
        }
        System.out.printf("%n%s%n", view.sql());
        return 0;
    }

    @Command(
            name = "training-set",
            description =
                    "The features of every entity as of some dates, each with what was known on that date, as CSV",
            mixinStandardHelpOptions = true)
    int trainingSet(
            @Parameters(paramLabel = "VIEW") String name,
            @Option(
                            names = "--dates",
                            required = true,
                            split = ",",
                            paramLabel = "D,D",
                            description = "Dates, as in 2026-01-31,2026-02-28")
                    List<LocalDate> dates) {
        Settings settings = main.shared().settings();
        FeatureViews views = views();
        FeatureView view = views.get(name);
        ContractCatalog contracts = ContractCatalog.load().plus(views.contracts());
        Lake lake = new Lake(Sessions.reading("millrace features", settings.lake()), contracts, settings.lake());
        try {
            new RowPrinter(System.out, RowPrinter.Format.CSV).print(new FeatureStore(lake).trainingSet(view, dates));
        } finally {
            Sessions.stop(lake.spark());
        }
        return 0;
    }

    private FeatureViews views() {
        return main.shared().views(ContractCatalog.load());
    }
}
