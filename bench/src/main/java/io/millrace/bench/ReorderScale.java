package io.millrace.bench;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.TableContract;
import io.millrace.decisions.StableHash;
import io.millrace.decisions.reorder.LeadTime;
import io.millrace.decisions.reorder.LineCosts;
import io.millrace.decisions.reorder.LotTerms;
import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.decisions.reorder.ReorderOptions;
import io.millrace.decisions.reorder.ReorderPlanner;
import io.millrace.decisions.reorder.ReorderProblem;
import io.millrace.decisions.reorder.StockPosition;
import io.millrace.decisions.reorder.WeeklyDemand;
import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.nightly.decide.DecideStage;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.reorder.Reorder;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code decide-reorder} over a made-up company of so many products at one site, a year of weekly sales each, on the tables of a lake;
 * and beside it the planner alone over lines of the same kind in memory, without tables, tasks or rows.
 */
public final class ReorderScale {

    private static final LocalDate DATE = LocalDate.parse("2026-03-01");

    private ReorderScale() {}

    /** @param args folder to work in, number of lines, and a budget as a share of what sells in a week or nothing */
    public static void main(String[] args) {
        Path home = Path.of(args[0]);
        int lines = Integer.parseInt(args[1]);
        List<String> sets =
                new ArrayList<>(List.of("home=" + home, "reorder.order-cost=20", "reorder.ceilings.plan-value=1000"));
        if (args.length > 2) {
            sets.add("reorder.budget=" + Math.round(Double.parseDouble(args[2]) * lines));
        }
        Settings settings = SettingsReader.read(null, sets);
        Ledger ledger = Ledger.open(settings.lake().root(), new Configuration());
        try (Night night = new Night(
                settings, home.resolve("conf"), DATE, "bench", Instant.parse("2026-03-01T00:00:00Z"), ledger)) {
            fill(night.lake(), lines);
            long before = night.sparkJobs();
            long start = System.nanoTime();
            Stage.Outcome outcome = new DecideStage(new Reorder()).run(night);
            double stage = (System.nanoTime() - start) / 1e9;
            long jobs = night.sparkJobs() - before;
            start = System.nanoTime();
            int few = Math.min(lines, 1000);
            new ReorderPlanner(
                            ReorderOptions.defaults(1).withSimulatedYears(Math.max(20, Math.min(200, 40_000 / lines))))
                    .plan(new ReorderProblem(
                            IntStream.range(0, few).mapToObj(ReorderScale::line).toList(), OptionalDouble.empty()));
            double alone = (System.nanoTime() - start) / 1e9 * lines / few;
            System.out.printf(
                    Locale.ROOT,
                    "%,10d lines %9.1f s decide-reorder in %d jobs %9.1f s planner alone%n",
                    lines,
                    stage,
                    jobs,
                    alone);
            System.err.println(outcome.note());
        }
    }

    private static ReorderLine line(int number) {
        SplittableRandom random = StableHash.random(1, "line" + number);
        double mean = Math.exp(4 * random.nextDouble());
        double[] history = new double[52];
        Arrays.setAll(history, week -> Math.floor(2 * mean * random.nextDouble()));
        double[] weeks = new double[13];
        Arrays.fill(weeks, mean);
        double[] most = new double[13];
        Arrays.fill(most, 2 * mean);
        return new ReorderLine(
                "P" + number,
                "S",
                "V" + number % 50,
                "pc",
                new StockPosition(Math.floor(6 * mean * random.nextDouble()), 0, 0),
                new WeeklyDemand(weeks, new double[13], weeks, most, history),
                new LeadTime(14, 0),
                new LineCosts(10, 20, 0.2, OptionalDouble.of(8)),
                new LotTerms(0, 1),
                Optional.empty());
    }

    private static void fill(Lake lake, int lines) {
        String mean = "exp(4 * (abs(hash(%s, 1)) %% 1000) / 1000)";
        Dataset<Row> products =
                lake.spark().range(lines).selectExpr("concat('P', id) AS product_code", mean.formatted("id") + " AS m");
        append(
                lake,
                "silver.product",
                products,
                Map.of(
                        "product_code",
                        "product_code",
                        "list_price",
                        "16",
                        "cost_price",
                        "10",
                        "unit",
                        "'pc'",
                        "is_stocked",
                        "true",
                        "is_active",
                        "true",
                        "is_purchasable",
                        "true"));
        append(
                lake,
                "silver.supplier_product",
                products,
                Map.of(
                        "supplier_code",
                        "concat('V', abs(hash(product_code)) % 50)",
                        "product_code",
                        "product_code",
                        "lead_time_days",
                        "14",
                        "unit_price",
                        "10"));
        append(
                lake,
                "silver.stock_level",
                products,
                Map.of(
                        "product_code",
                        "product_code",
                        "site_code",
                        "'S'",
                        "snapshot_date",
                        day(0),
                        "on_hand",
                        "floor(6 * m * (abs(hash(product_code, 2)) % 1000) / 1000)"));
        append(
                lake,
                "silver.sales_line",
                lake.spark()
                        .range(52L * lines)
                        .selectExpr("id", "id % " + lines + " AS product", "CAST(id / " + lines + " AS int) AS week"),
                Map.of(
                        "order_no", "CAST(id AS string)",
                        "line_no", "'1'",
                        "order_date", "date_sub(" + day(0) + ", 7 * week)",
                        "product_code", "concat('P', product)",
                        "site_code", "'S'",
                        "quantity", "1 + floor(2 * " + mean.formatted("product") + " * (abs(hash(id)) % 1000) / 1000)",
                        "unit_price", "16",
                        "status", "'done'"));
        Dataset<Row> weeks = products.selectExpr("*", "explode(sequence(1, 13)) AS step");
        lake.replaceDate(
                "gold.demand_forecast",
                DATE,
                all(
                        lake,
                        "gold.demand_forecast",
                        weeks,
                        Map.of(
                                "business_date", day(0),
                                "product_code", "product_code",
                                "site_code", "'S'",
                                "period_start", "date_add(" + day(0) + ", 7 * step - 6)",
                                "step", "step",
                                "mean", "m",
                                "p10", "0",
                                "p50", "m",
                                "p90", "2 * m")));
    }

    private static String day(int before) {
        return "DATE'" + DATE.minusDays(before) + "'";
    }

    private static void append(Lake lake, String table, Dataset<Row> rows, Map<String, String> columns) {
        lake.append(table, all(lake, table, rows, columns), new Once("bench " + table, 1));
    }

    /** All columns of a table: those given as SQL, what its contract requires beside them, and null. */
    private static Dataset<Row> all(Lake lake, String table, Dataset<Row> rows, Map<String, String> columns) {
        TableContract contract = lake.contracts().get(table);
        return rows.selectExpr(contract.columns().stream()
                .map(column -> columns.getOrDefault(column.name(), filler(column)) + " AS `" + column.name() + "`")
                .toArray(String[]::new));
    }

    private static String filler(ColumnContract column) {
        if (!column.required()) {
            return "CAST(NULL AS " + column.type() + ")";
        }
        return switch (column.type()) {
            case "date" -> day(400);
            case "boolean" -> "true";
            case "string" -> "'bench'";
            default -> "1";
        };
    }
}
