package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.lake.LakeReader;
import io.millrace.lake.TableVersions;
import io.millrace.nightly.reorder.Releases;
import io.millrace.nightly.settings.Settings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What a ceiling keeps back. */
@Command(
        name = "held",
        mixinStandardHelpOptions = true,
        description =
                "Shows what a ceiling keeps back of the newest reorder plan, and lets it go. Released lines are published when the night is run again.")
final class HeldCommand implements Callable<Integer> {

    private static final String PLAN = "gold.reorder_plan";

    @ParentCommand
    private Main main;

    @Override
    public Integer call() {
        return list(null);
    }

    @Command(
            name = "list",
            description = "Lines that are held, or all orders of a plan that is refused, the dearest first",
            mixinStandardHelpOptions = true)
    int list(
            @Option(
                            names = "--date",
                            paramLabel = "D",
                            description = "Business date of the plan. Default: that of the newest")
                    LocalDate date) {
        Settings settings = main.shared().settings();
        if (new TableVersions(settings.lake().root(), settings.lake().hadoop()).latest(PLAN) < 0) {
            System.out.println("No plan yet.");
            return 0;
        }
        try (LakeReader lake = new LakeReader(settings.lake())) {
            Dataset<Row> plan = lake.query("SELECT * FROM " + PLAN);
            if (!List.of(plan.columns()).contains("state")) {
                System.out.println("No plan since ceilings are heeded.");
                return 0;
            }
            String day = date == null ? "(SELECT max(business_date) FROM " + PLAN + ")" : "DATE'" + date + "'";
            new RowPrinter(System.out, RowPrinter.Format.TABLE)
                    .print(lake.query("SELECT decision_id, business_date, product_code, site_code, order_quantity,"
                            + " order_value, state, held_reason FROM " + PLAN + " WHERE business_date = " + day
                            + " AND (state = 'held' OR state = 'refused' AND order_quantity > 0)"
                            + " ORDER BY order_value DESC, product_code, site_code"));
        }
        return 0;
    }

    @Command(
            name = "release",
            description = {
                "Lets held lines go, for the business date of their plan. Who, when and why are kept in ops.release.",
                "With --plan: lets a plan go that was refused as a whole (exit code 4); its held lines stay held."
            },
            mixinStandardHelpOptions = true)
    int release(
            @Parameters(paramLabel = "DECISION_ID", arity = "0..*", description = "Lines, as held list names them")
                    List<String> decisions,
            @Option(
                            names = "--plan",
                            paramLabel = "DATE",
                            description = "Business date of a refused plan, instead of lines")
                    LocalDate plan,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why; kept with the release")
                    String reason) {
        List<String> ids = decisions == null ? List.of() : decisions;
        if (ids.isEmpty() == (plan == null)) {
            throw Failure.usage("Name the lines to release, or a refused plan with --plan DATE");
        }
        Releases.check(ids, reason);
        String who = System.getProperty("user.name");
        List<LocalDate> nights = Shared.holding(main.shared().settings(), "held", ContractCatalog.load(), lake -> {
            if (plan == null) {
                return Releases.release(lake, ids, who, reason);
            }
            Releases.releasePlan(lake, plan, who, reason);
            return new ArrayList<>(List.of(plan));
        });
        System.out.printf(
                "Released by %s: %s. To publish: %s%n",
                who,
                plan == null ? ids.size() == 1 ? "1 line" : ids.size() + " lines" : "the plan of " + plan,
                String.join(
                        ", ",
                        nights.stream().map(d -> "millrace run --date " + d).toList()));
        return 0;
    }
}
