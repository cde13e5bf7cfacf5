package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands that need no Spark, given what they should not be given: the exit code, and one line that says why. */
class CommandLineTest {

    @TempDir
    private Path folder;

    private Launch.Result run(String... args) {
        List<String> all = new ArrayList<>(List.of("--set", "home=" + folder));
        all.addAll(List.of(args));
        return Launch.here(all.toArray(String[]::new));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void refused(Launch.Result result, int code, String message) {
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err()).contains(message).doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "init",
                "run",
                "backfill",
                "status",
                "doctor",
                "schema",
                "tables",
                "sql",
                "models",
                "held",
                "remap",
                "redrive",
                "maintain",
                "replay",
                "report",
                "features",
                "evaluate",
                "simulate"
            })
    void everyCommandTellsItsOptions(String command) {
        Launch.Result help = run(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: millrace " + command);
    }

    @Test
    void aQueryComesFromAFileAndItsAnswerGoesToOne() throws IOException {
        Path query = Files.writeString(folder.resolve("q.sql"), "-- how many\nSELECT 1 AS a, 'x,y' AS b;\n");
        Path answer = folder.resolve("answer.csv");
        Launch.Result written = run("sql", "--file", query.toString(), "--output", answer.toString());
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.out()).isEmpty();
        assertThat(answer).content().isEqualTo("a,b\n1,\"x,y\"\n");
        refused(run("sql"), 2, "A query, or --file");
        refused(run("sql", "SELECT 1", "--file", query.toString()), 2, "either of them");
        refused(run("sql", "--file", folder.resolve("none.sql").toString()), 2, "none.sql cannot be read");
        refused(run("sql", "SELECT 1", "--limit", "0"), 2, "--limit must be 1 or more");
        refused(run("sql", "SELECT 1", "--output", folder.resolve("no/x.csv").toString()), 2, "cannot be written");
    }

    @Test
    void errorsAreObjectsWhereSomebodyAsksForThem() throws IOException {
        for (String[] words : new String[][] {
            {"nosuch", "--log-format", "json"}, {"--log-format=json", "sql", "SELECT * FROM silver.nosuch"}
        }) {
            JsonNode error = new ObjectMapper().readTree(run(words).err());
            assertThat(error.path("event").asText()).isEqualTo("error");
            assertThat(error.path("exit_code").asInt()).isEqualTo(2);
            assertThat(error.path("text").asText()).contains("nosuch");
            assertThat(error.has("trace")).isFalse();
        }
    }

    @Test
    void theShellCompletesCommandsAndTheirOptions() {
        assertThat(run("generate-completion").out()).contains("complete -F", "take-back", "--accept-volume");
    }

    @Test
    void aBackfillSaysWhichDatesItWouldRunInWhichOrder() {
        String[] range = {"backfill", "--from", "2026-01-15", "--to", "2026-03-31", "--every", "month-end", "--dry-run"
        };
        List<String> dates = run(range)
                .out()
                .lines()
                .map(l -> l.substring(0, Math.min(10, l.length())))
                .toList();
        assertThat(dates).containsExactly("2026-01-31", "2026-02-28", "2026-03-31", "3 dates");
        List<String> newest = run(with(range, "--newest-first")).out().lines().toList();
        assertThat(newest.get(0)).startsWith("2026-03-31  0 of ");
        assertThat(run(with(range, "--only-missing")).out()).endsWith("3 dates\n");
    }

    @Test
    void wrongWordsAreWrongUsage() {
        refused(run(), 2, "Which command?");
        refused(run("evaluate"), 2, "Which task");
        refused(run("nosuch"), 2, "'nosuch'");
        refused(run("simulate"), 2, "What: reorder?");
        String[] replay = {"simulate", "reorder", "--from", "2026-02-02", "--to"};
        refused(run(with(replay, folder.resolve("x"))), 2, "is no date");
        refused(run("simulate", "reorder", "--from", "2026-02-02", "--to", "2026-02-02"), 2, "is not before --to");
        refused(
                run("simulate", "reorder", "--from", "2026-02-02", "--to", "2026-03-02", "--plot", "no/x.svg"),
                2,
                "no/x.svg cannot be written");
        refused(run("run"), 2, "'--date=D'");
        refused(run("run", "--date", "28.02.2026"), 2, "'28.02.2026' is no date; write it as in 2026-01-31");
        refused(run("run", "--date", "2099-02-28"), 2, "2099-02-28 is in the future");
        refused(run("backfill", "--from", "2026-02-02", "--to", "2099-02-01"), 2, "Where it is meant: --future");
        refused(run("remap", "shop"), 2, "There is no source 'shop'");
        refused(run("redrive"), 2, "No night has run yet");
        refused(run("maintain"), 2, "No night has run yet");
        refused(run("take-back", "--from", "2026-02-28"), 2, "2026-02-28 has come");
        refused(run("take-back", "--from", "2099-02-28"), 2, "No night before 2099-02-28 has run");
        refused(run("report"), 2, "No night has run yet");
        refused(run("report", "--date", "today"), 2, "'today' is no date");
        refused(run("maintain", "--keep", "0"), 2, "--keep must be 1 or more");
        refused(run("run", "X", "--date", "2026-02-28"), 2, "There is no stage 'X'");
        refused(run("run", "--date", "2026-02-28", "--from", "publish", "--to", "ingest"), 2, "--from publish");
        refused(run("backfill", "--from", "2026-02-02", "--to", "2026-02-01"), 2, "is after --to");
        refused(run("tables", "silver.custmer"), 2, "did you mean 'silver.customer'?");
        refused(run("features", "show", "nosuch"), 2, "no feature view 'nosuch'");
        refused(run("status", "--run", "nosuch"), 2, "no run 'nosuch'");
        refused(run("held", "release", "--reason", "x"), 2, "Name the lines to release");
        refused(run("held", "release", "x' OR true --", "--reason", "x"), 2, "is no decision");
        refused(run("held", "release", "--plan", "2026-02-28", "--reason", " "), 2, "needs a reason");
        refused(run("demo", "--scale", "-1"), 2, "--scale is -1.0");
    }

    @Test
    void aConfigurationThatIsWrongIsRefused() {
        refused(run("--conf", folder.resolve("none").toString(), "status"), 3, "is not a folder");
        refused(run("--set", "lake.partitons=3", "status"), 3, "did you mean 'partitions'?");
        refused(run("--set", "lake.partitions=many", "status"), 3, "'many' is not a whole number");
        refused(run("--set", "lake", "status"), 3, "must be key=value");
    }

    @Test
    void aLakeThatCannotBeWrittenToIsOutside() throws IOException {
        Path file = file("file", "");
        refused(
                run("--set", "lake.root=" + file.resolve("lake"), "run", "--date", "2026-01-31"),
                5,
                "Cannot be reached");
    }

    @Test
    void aLakeWithoutANightHasNoRunAndNoModel() {
        assertThat(run("status").out()).isEqualTo("No run yet." + System.lineSeparator());
        assertThat(run("status", "--json").out().strip()).isEqualTo("[]");
        Launch.Result models = run("models");
        assertThat(models.code()).isZero();
        assertThat(models.out()).isEqualTo("No model yet." + System.lineSeparator());
        refused(run("models", "show", "churn", "1"), 2, "There is no version 1 of a model 'churn'");
        refused(run("models", "rollback", "churn", "--reason", "x"), 2, "No night has run yet");
    }

    @Test
    void whatNobodyForesawIsABugWithItsStackTrace() {
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commandLine().addSubcommand("broken", new Broken());
        commands.getSubcommands().get("broken").setErr(new PrintWriter(err));

        assertThat(commands.execute("broken")).isEqualTo(1);
        assertThat(err.toString()).contains("This is a bug in Millrace", "not foreseen", "\tat ");
    }

    @CommandLine.Command
    private static final class Broken implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new IllegalStateException("not foreseen");
        }
    }

    @Test
    void dataThatDoNotDoAreRefusedByName() throws IOException {
        String[] forecast = {"evaluate", "forecast", "--horizon", "2", "--seasonality", "1", "--data"};
        refused(run(with(forecast, file("f.csv", "unique_id,ds,y\na,1,x\n"))), 4, "Line 2 of f.csv has y 'x'");
        refused(run(with(forecast, file("s.csv", "unique_id,ds,y\na,1,2\n"))), 4, "No series of s.csv can be judged");
        refused(run(with(forecast, folder.resolve("none.csv"))), 2, "none.csv cannot be read");
        refused(run(with(forecast, folder)), 2, "cannot be read");
        refused(
                run("evaluate", "forecast", "--horizon", "0", "--seasonality", "1", "--data", "f.csv"),
                2,
                "--horizon is 0");
        refused(run(with(forecast, folder.resolve("f.csv"), "--last", "0")), 2, "--last is 0");
        Path twice = file("t.csv", "unique_id,ds,y\na,1,2\na,2,3\na,2,3\na,3,1\na,4,1\n");
        refused(run(with(forecast, twice)), 4, "line 4: series a, ds 2");
        Path good = file("g.csv", "unique_id,ds,y\na,1,2\na,2,3\na,3,2\na,4,3\n");
        refused(run(with(forecast, good, "--test", folder.resolve("no.csv").toString())), 2, "no.csv cannot be read");
        refused(run(with(forecast, good, "--json", folder.resolve("no/x.json").toString())), 2, "--json");

        String[] inventory = {"evaluate", "inventory", "--data"};
        refused(run(with(inventory, file("e.csv", ""))), 4, "the file is empty");
        String header = "item,lead_time,demand_mean,demand_sd,holding,shortage,order_cost,unit_cost,review\n";
        refused(run(with(inventory, file("n.csv", header + "a,4,-1,3,0.1,2,20,5,0\n"))), 4, "line 2: demand_mean of a");
        refused(
                run(with(inventory, file("v.csv", header + "a,4,10,1e9,0.1,2,20,5,1\n"))),
                4,
                "item a: demand is as good as always 0");
        refused(run(with(inventory, file("r.csv", header + "a,4,10,3,0.1,2,20,5,3e9\n"))), 4, "review of a");
        Files.write(
                folder.resolve("l.csv"),
                (header + "M\u00fc,4,1,3,0.1,2,20,5,0\n").getBytes(StandardCharsets.ISO_8859_1));
        refused(run(with(inventory, folder.resolve("l.csv"))), 4, "it is not UTF-8");
    }

    private static final String TWO_STOPS = """
            TYPE : CVRP
            DIMENSION : 3
            EDGE_WEIGHT_TYPE : EUC_2D
            CAPACITY : 4
            NODE_COORD_SECTION
            1 0 0
            2 3 4
            3 6 8
            DEMAND_SECTION
            1 0
            2 1
            3 3
            DEPOT_SECTION
            1
            -1
            EOF
            """;

    @Test
    void routesOfAFileThatDoesNotDoAreRefusedByLine() throws IOException {
        String[] routing = {"evaluate", "routing", "--iterations", "50", "--data"};
        Path good = file("g.vrp", TWO_STOPS);
        refused(
                run(with(routing, file("d.vrp", TWO_STOPS.replace("3 3\n", "3 5\n")))),
                4,
                "d.vrp: line 12: the demand");
        refused(run(with(routing, file("n.csv", "a,b\n1,2\n"))), 4, "neither TSPLIB");
        refused(run(with(routing, folder.resolve("none.vrp"))), 2, "none.vrp cannot be read");
        refused(run(with(routing, good, "--seconds", "0")), 2, "--seconds is 0.0");
        refused(run(with(routing, good, "--best", "-1")), 2, "--best is -1.0");
        refused(run(with(routing, good, "--vehicles", "0")), 2, "--vehicles is 0");
        refused(run("evaluate", "routing", "--iterations", "0", "--data", "g.vrp"), 2, "--iterations is 0");
        refused(run(with(routing, good, "--routes", folder.resolve("no/r.sol").toString())), 2, "--routes");
    }

    @Test
    void routesAreWrittenAndPricedBesideTheBaselines() throws IOException {
        Path routes = folder.resolve("r.sol");
        JsonNode routing = json(
                "routing",
                file("g.vrp", TWO_STOPS),
                "--iterations",
                "50",
                "--best",
                "20",
                "--routes",
                routes.toString());
        String[] metrics = {"distance", "vehicles", "feasible", "gap"};
        assertThat(names(routing.get("metrics"))).containsExactly("distance", "vehicles", "feasible", "gap", "ants");
        assertThat(names(routing.get("baselines")))
                .containsExactly("nearest_neighbour_2opt", "savings", "savings_2opt");
        routing.get("baselines").forEach(b -> assertThat(names(b)).containsExactly(metrics));
        assertThat(routing.get("metrics").get("distance").asDouble()).isEqualTo(20);
        assertThat(routing.get("metrics").get("gap").asDouble()).isZero();
        assertThat(routes).content().contains("Route #1: ").endsWith("Cost 20\n");
        JsonNode limited = json("routing", file("s.vrp", TWO_STOPS.replace("3 3\n", "3 4\n")), "--iterations", "50");
        assertThat(limited.get("metrics").get("vehicles").asInt()).isEqualTo(2);
        assertThat(limited.get("metrics").get("distance").asDouble()).isEqualTo(30);
    }

    @Test
    void whatCannotBeJudgedIsToldAndTheRestIsPrintedByClassOfDemand() throws IOException {
        Path data = file("d.csv", "unique_id,ds,y\na,3,1\na,1,2\na,2,3\na,2,4\na,4,\nb,1,1\n");
        Launch.Result result = run(
                "evaluate",
                "forecast",
                "--horizon",
                "1",
                "--seasonality",
                "1",
                "--sum-duplicates",
                "--data",
                data.toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("1 rows without a y are left out")
                .contains("the rows of 1 series go back in time")
                .contains("1 rows repeat a ds")
                .contains("1 series with too few points to hold out 1 are left out, the first of them b");
        assertThat(result.out()).containsPattern("series_left_out +1 ").containsPattern("\nerratic +1 ");
    }

    @Test
    void theResultOfAnEvaluationIsWrittenInItsPublicShape() throws IOException {
        StringBuilder series = new StringBuilder("unique_id,ds,y\n");
        for (int i = 1; i <= 60; i++) {
            series.append("a,").append(i).append(',').append(10 + i % 7 + i % 3).append('\n');
        }
        JsonNode forecast = json("forecast", file("f.csv", series.toString()), "--horizon", "7", "--seasonality", "7");
        String[] accuracy = {
            "series",
            "smape",
            "mase",
            "rmsse",
            "owa",
            "wape",
            "rmse",
            "bias",
            "pinball_10",
            "pinball_50",
            "pinball_90",
            "coverage_80",
            "smooth.series",
            "smooth.rmse",
            "smooth.bias",
            "smooth.pinball_10",
            "smooth.pinball_50",
            "smooth.pinball_90",
            "smooth.coverage_80"
        };
        assertThat(names(forecast.get("metrics"))).contains(accuracy).contains("series_left_out", "rows_left_out");
        assertThat(names(forecast.get("baselines")))
                .contains("naive", "seasonal_naive", "naive2", "ets", "theta", "moving_average");
        forecast.get("baselines").forEach(b -> assertThat(names(b)).containsExactly(accuracy));

        String header = "item,lead_time,demand_mean,demand_sd,holding,shortage,order_cost,unit_cost,review,min,max\n";
        JsonNode inventory = json("inventory", file("i.csv", header + "a,4,10,3,0.1,2,20,5,0,40,90\n"));
        assertThat(names(inventory.get("metrics"))).contains("expected_cost");
        assertThat(names(inventory.get("baselines"))).containsExactly("eoq_normal_safety_stock", "min_max");

        JsonNode value = json("value", file("v.csv", purchases().toString()), "--calibration-end", "2025-12-31");
        assertThat(names(value.get("metrics")))
                .contains(
                        "transactions_mae",
                        "transactions_correlation",
                        "money_mae",
                        "r",
                        "alpha",
                        "a",
                        "b",
                        "log_likelihood");
        assertThat(names(value.get("baselines")))
                .containsExactly("bg_nbd", "mbg_nbd", "pareto_nbd", "as_many_as_before", "rate_so_far", "mean");
    }

    /** Thirty customers who buy at steps of their own. */
    private static StringBuilder purchases() {
        StringBuilder rows = new StringBuilder("customer,date,amount\n");
        for (int c = 0; c < 30; c++) {
            for (int day = c; day < 500; day += 10 + 3 * c) {
                rows.append(c)
                        .append(',')
                        .append(LocalDate.of(2025, 1, 1).plusDays(day))
                        .append(",10\n");
            }
        }
        return rows;
    }

    @Test
    void valueNeedsPurchasesOnBothSidesOfADay() throws IOException {
        String data = file("v.csv", purchases().toString()).toString();
        String[] value = {"evaluate", "value", "--data", data, "--calibration-end"};
        refused(run(with(value, "2024-12-31")), 4, "has to leave some on either side");
        refused(run(with(value, "yesterday")), 2, "--calibration-end");
        refused(run(with(value, "2025-12-31", "--holdout-end", "2025-12-31")), 2, "is not after");
        refused(run(with(value, "2025-12-31", "--amount", "money")), 2, "has no column 'money'");
    }

    private static String contacts() {
        StringBuilder rows = new StringBuilder("age,channel,sales,percent\n");
        for (int i = 0; i < 240; i++) {
            rows.append(20 + i % 40)
                    .append(i % 2 == 0 ? ",none," : ",no=call,")
                    .append(i % 7)
                    .append(",50\n");
        }
        return rows.toString();
    }

    @Test
    void aPolicyOfContactsIsJudgedAndItsVerdictIsPartOfTheAnswer() throws IOException {
        String data = file("c.csv", contacts()).toString();
        String[] campaign = {
            "evaluate", "campaign", "--context", "age", "--action", "channel", "--reward", "sales", "--data", data
        };
        Path json = folder.resolve("c.json");
        Launch.Result result = run(with(campaign, "--action-cost", "no=call=1.5", "--json", json.toString()));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("\ndr_low +")
                .contains("so the data do not support more than that action for everybody: the policy is 'none'.")
                .contains("Propensities were not logged and are estimated");
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(names(root))
                .containsExactly("task", "data", "metrics", "baselines", "rows", "seconds", "seed", "findings");
        assertThat(names(root.get("baselines")))
                .containsExactly("logging_policy", "best_single_action", "uniform", "no_contact", "learned_policy");

        refused(run(with(campaign, "--action-cost", "none")), 2, "'none' is not like email=0.5");
        refused(run(with(campaign, "--action-cost", "mail=1")), 2, "'mail'");
        refused(run(with(campaign, "--propensity", "chance")), 2, "has no column 'chance'");
        refused(run(with(campaign, "--propensity", "percent")), 4, "Maybe they are percentages");
    }

    @Test
    void textsAreJudgedByFoldsOrByAnotherFile() throws IOException {
        StringBuilder texts = new StringBuilder("text,label\n");
        for (String thing :
                List.of("lamp", "chair", "phone", "film", "hotel", "knife", "coat", "book", "boat", "cake")) {
            texts.append("\"I love this, the %1$s\",good%nThe %1$s is dreadful,bad%n".formatted(thing));
        }
        Path data = file("s.csv", texts.toString());

        JsonNode folds = json("sentiment", data, "--folds", "5");
        assertThat(names(folds.get("metrics")))
                .containsExactly("accuracy", "precision", "recall", "macro_f1", "texts_per_second", "rows_left_out");
        assertThat(names(folds.get("baselines")))
                .containsExactly("encoder", "bag_of_words", "majority", "one_at_a_time");
        refused(run("evaluate", "sentiment"), 2, "--train and --test, or --data");
        refused(run("evaluate", "sentiment", "--train", "a.csv"), 2, "--train and --test, or --data");
        refused(run("evaluate", "sentiment", "--data", data.toString(), "--label", "class"), 2, "no column 'class'");
        refused(run("evaluate", "sentiment", "--train", data.toString(), "--test", "none.csv"), 2, "none.csv");
    }

    private JsonNode json(String task, Path data, String... options) throws IOException {
        Path json = folder.resolve(task + ".json");
        List<String> args =
                new ArrayList<>(List.of("evaluate", task, "--data", data.toString(), "--json", json.toString()));
        args.addAll(List.of(options));
        Launch.Result result = run(args.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(names(root)).containsExactly("task", "data", "metrics", "baselines", "rows", "seconds", "seed");
        assertThat(root.get("task").asText()).isEqualTo(task);
        assertThat(root.get("seed").asInt()).isEqualTo(42);
        return root;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String[] with(String[] args, String... more) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String[] with(String[] args, Path data, String... more) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add(data.toString());
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
