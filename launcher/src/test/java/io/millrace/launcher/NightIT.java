package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.lake.JobCounter;
import io.millrace.lake.LakeReader;
import io.millrace.lake.LakeSettings;
import io.millrace.lake.TableVersions;
import io.millrace.launcher.demo.DemoPostgres;
import io.millrace.nightly.NightlyPlan;
import io.millrace.nightly.plan.LakeLock;
import io.millrace.nightly.plan.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole night on a small company, from real arguments to what the ERP reads in the morning. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NightIT {

    private static final String SCALE = "0.2";
    private static final String DATE = "2026-02-28";
    /** Each costs a quarter of a minute here; more are made where there is time for them. */
    private static final int KILLS = 2;
    /**
     * Spark jobs of the first night, 31 of them for its page: more means a lost cache or a stray count; fewer is welcome, then lower it.
     */
    private static final int MOST_JOBS = 438;

    @TempDir
    private static Path temp;

    private Path home;
    private Launch.Result first;

    @BeforeAll
    void firstNight() {
        home = temp.resolve("whole");
        System.setProperty("spark.extraListeners", JobsSeen.class.getName());
        try {
            first = Launch.here("demo", "--home", home.toString(), "--scale", SCALE);
        } finally {
            System.clearProperty("spark.extraListeners");
        }
    }

    /** What each Spark job of the first night is said to be for. Spark makes it, so it must be public. */
    public static final class JobsSeen extends SparkListener {
        /** The night's session, and that of whoever reads what came of it. */
        private static final List<JobsSeen> SESSIONS = new CopyOnWriteArrayList<>();

        private final Queue<String> descriptions = new ConcurrentLinkedQueue<>();

        public JobsSeen() {
            SESSIONS.add(this);
        }

        @Override
        public void onJobStart(SparkListenerJobStart job) {
            descriptions.add(job.properties().getProperty(JobCounter.DESCRIPTION, "nobody's"));
        }
    }

    @Test
    void everySparkJobNamesItsStage() {
        String stages = NightlyPlan.stages(home.resolve("conf")).stream()
                .map(Stage::name)
                .collect(Collectors.joining("|", "(Delta: )*(books|", ")(: .*)?"));
        assertThat(JobsSeen.SESSIONS.get(0).descriptions)
                .hasSizeGreaterThan(MOST_JOBS / 2)
                .allSatisfy(description -> assertThat(description).matches(stages))
                .contains("decide-reorder: gold.reorder_plan", "books: ops.stage_run")
                .anySatisfy(description -> assertThat(description).contains("ingest: bronze."))
                .anySatisfy(description -> assertThat(description).contains("refine: silver.product"));
    }

    private String conf() {
        return home.resolve("conf").toString();
    }

    private static LakeSettings lake(Path home) {
        return new LakeSettings(home.resolve("lake").toString(), "embedded", 2, Map.of("spark.master", "local[2]"));
    }

    private static Map<String, Long> versions(Path home) {
        TableVersions tables = new TableVersions(home.resolve("lake").toString(), new Configuration());
        Map<String, Long> versions = new TreeMap<>();
        tables.tables().forEach(t -> versions.put(t, tables.latest(t)));
        return versions;
    }

    private static List<String> staged(Path home) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (DemoPostgres postgres = DemoPostgres.open(home);
                Connection connection = postgres.connectAsErp();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "SELECT decision_id, product_code, site_code, order_quantity, state FROM millrace_staging.reorder_plan ORDER BY 1",
                    "SELECT decision_id, customer_code, channel, expected_value, state FROM millrace_staging.campaign_target ORDER BY 1",
                    "SELECT kind, row_count, content_hash, state FROM millrace_staging.batch ORDER BY 1")) {
                try (ResultSet result = statement.executeQuery(sql)) {
                    while (result.next()) {
                        StringBuilder row = new StringBuilder();
                        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                            row.append(result.getString(i)).append('|');
                        }
                        rows.add(row.toString());
                    }
                }
            }
        }
        return rows;
    }

    /** In the order in which they stand in their folder, each in a shell of its own. */
    @Test
    void everyCellOfTheNotebooksRunsAndWhatTheyShowIsKept() throws IOException {
        System.setProperty("MILLRACE_CONF", conf());
        try (Stream<Path> files = Files.list(Path.of("..", "notebooks-java"))) {
            List<Path> notebooks = files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
            assertThat(notebooks).hasSize(5);
            for (Path notebook : notebooks) {
                assertThat(NotebookRun.run(notebook))
                        .as("outputs of the cells of " + notebook)
                        .isEqualTo(NotebookRun.kept(notebook));
            }
        } finally {
            System.clearProperty("MILLRACE_CONF");
        }
    }

    @Test
    void theDemoRunsANightAndSaysWhatCameOfIt() throws SQLException {
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("Reorder plan", "Campaign targets", "Nothing lost", "Business date  " + DATE, "Try next:");
        assertThat(staged(home)).hasSizeGreaterThan(100).anyMatch(r -> r.contains("|READY|"));
    }

    @Test
    void everyRowOfEveryExtractIsAccountedFor() {
        try (LakeReader reader = new LakeReader(lake(home))) {
            Row sums = reader.query(
                            "SELECT count(*), sum(rows_delivered - rows_bronze), sum(rows_bronze - rows_silver - rows_merged - rows_quarantined),"
                                    + " sum(rows_quarantined) FROM ops.extract WHERE state = 'refined'")
                    .first();
            assertThat(sums.getLong(0)).isEqualTo(14);
            assertThat(sums.getLong(1)).isZero();
            assertThat(sums.getLong(2)).isZero();
            assertThat(sums.getLong(3))
                    .isEqualTo(reader.query("SELECT count(*) FROM ops.quarantine")
                            .first()
                            .getLong(0));
            assertThat(reader.query("SELECT count(*) FROM silver.sales_line")
                            .first()
                            .getLong(0))
                    .isEqualTo(reader.query("SELECT sum(rows_silver) FROM ops.extract WHERE table_name = 'sales_line'")
                            .first()
                            .getLong(0));
        }
    }

    @Test
    void theSameNightAgainCommitsNothing() throws SQLException {
        Map<String, Long> before = versions(home);
        List<String> staged = staged(home);

        Launch.Result again = Launch.here("--conf", conf(), "run", "--date", DATE);

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err()).contains("0 stages ran");
        assertThat(versions(home)).isEqualTo(before);
        assertThat(staged(home)).isEqualTo(staged);
    }

    @Test
    void theNightEndsWithAPageThatCanBeWrittenAgain() throws IOException {
        Path page = home.resolve("reports").resolve(DATE).resolve("index.html");
        assertThat(first.err()).contains("the page is " + page);
        assertThat(first.out()).contains("Morning page   " + page);
        String html = Files.readString(page);
        assertThat(html).contains("Safe to use").doesNotContain("could not be");
        Map<String, Long> before = versions(home);
        Files.delete(page);

        Launch.Result again = Launch.here("--conf", conf(), "report");

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).isEqualTo(page + "\n");
        assertThat(Files.readString(page)).isEqualTo(html);
        assertThat(versions(home)).as("no table is changed").isEqualTo(before);
    }

    @Test
    void theDryRunSaysWhatWouldHappenAndWhy() {
        Launch.Result dry = Launch.here("--conf", conf(), "run", "--date", DATE, "--dry-run");
        assertThat(dry.out())
                .contains(
                        "skip ingest",
                        "up to date since run",
                        "writes  staging.reorder_plan, staging.batch",
                        "writes  staging.campaign_target, staging.batch");
    }

    @Test
    void theSparkJobsOfANightDoNotGrowUnnoticed() {
        Launch.Result status = Launch.here("--conf", conf(), "status", "--json");
        int jobs = Integer.parseInt(status.out().replaceFirst("(?s).*?\"sparkJobs\":(\\d+).*", "$1"));
        assertThat(jobs).isPositive().isLessThan(MOST_JOBS);
    }

    @Test
    void anybodyWithASparkSessionSeesTheTablesWithTheirComments() {
        Launch.Result described =
                Launch.here("--conf", conf(), "sql", "DESCRIBE TABLE gold.churn_score", "--format", "csv");
        assertThat(described.out())
                .contains(
                        "churn_probability,double,Calibrated probability of no purchase within the horizon [probability]");
        assertThat(Launch.here("--conf", conf(), "tables", "silver.customer").out())
                .contains("personal data: email");
    }

    @Test
    void aQueryThatWritesIsWrongUsage() {
        assertThat(Launch.here("--conf", conf(), "sql", "DROP TABLE silver.customer")
                        .code())
                .isEqualTo(2);
        assertThat(Launch.here("--conf", conf(), "sql", "SELECT * FROM silver.custmer")
                        .code())
                .isEqualTo(2);
        assertThat(Launch.here("nonsense").code()).isEqualTo(2);
        assertThat(Launch.here("--conf", conf(), "run", "scoore", "--date", DATE)
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aConfigurationThatIsWrongIsRefused() {
        Launch.Result refused = Launch.here("--conf", conf(), "--set", "lake.partitons=3", "run", "--date", DATE);
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("did you mean 'partitions'?");
    }

    @Test
    void aManifestMismatchStopsTheNightBeforeItDecides() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("bad/drop/shop/2026-03-01"));
        Files.writeString(folder.resolve("supplier.csv"), "supplier_code\nS1\n");
        Files.writeString(folder.resolve("_manifest.json"), "{\"files\":[{\"name\":\"supplier.csv\",\"rows\":5}]}");
        Launch.Result refused = Launch.here(
                "--set",
                "home=" + temp.resolve("bad"),
                "--set",
                "sources.shop.system=csv",
                "--set",
                "sources.shop.drop=" + temp.resolve("bad/drop"),
                "run",
                "--date",
                "2026-03-01");
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("it holds 1 rows and the manifest says 5");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsOutside() {
        Launch.Result outside = Launch.here(
                "--set",
                "home=" + temp.resolve("outside"),
                "--set",
                "sources.erp.system=tryton",
                "--set",
                "sources.erp.database.url=jdbc:postgresql://127.0.0.1:1/erp",
                "--set",
                "sources.erp.database.user=reader",
                "run",
                "--date",
                "2026-03-01");
        assertThat(outside.code()).as(outside.err()).isEqualTo(5);
    }

    @Test
    @SuppressWarnings("try") // holding the lock is what it is for
    void aSecondLauncherIsToldWhoHoldsTheLake() {
        try (LakeLock lock = LakeLock.take(home.resolve("lake").toString(), "another night", new Configuration())) {
            Launch.Result locked = Launch.here("--conf", conf(), "run", "--date", DATE);
            assertThat(locked.code()).isEqualTo(6);
            assertThat(locked.err()).contains("another night");
            assertThat(Launch.here("--conf", conf(), "status").code()).isZero();
        }
    }

    /** Ten lines that the ERP got, each down to the bytes of a file that was delivered. */
    @Test
    void aPublishedLineIsFollowedBackToTheFileThatItRestsOn() throws IOException {
        List<String> asked = new ArrayList<>(List.of("--conf", conf(), "explain", "--json"));
        try (LakeReader reader = new LakeReader(lake(home))) {
            // Chance also contacts customers who bought once, of whom there are few lines to follow.
            for (String published : List.of(
                    "gold.reorder_plan WHERE order_quantity > 0",
                    "gold.campaign_target WHERE NOT is_control AND NOT is_explored")) {
                reader.query("SELECT decision_id FROM " + published + " ORDER BY 1 LIMIT 5")
                        .collectAsList()
                        .forEach(row -> asked.add(row.getString(0)));
            }
        }
        Launch.Result json = Launch.here(asked.toArray(String[]::new));
        assertThat(json.code()).as(json.err()).isZero();
        List<JsonNode> explanations = new ArrayList<>();
        for (String line : json.out().lines().toList()) {
            explanations.add(new ObjectMapper().readTree(line));
        }
        assertThat(explanations).hasSize(10).allSatisfy(DeliveredLine::areWhatIsExplained);
        assertThat(explanations.get(9).path("restsOn").findValuesAsText("table"))
                .contains("gold.churn_score", "ops.model_version", "ops.model_alias")
                .contains("features.customer_behaviour", "silver.sales_line");

        Launch.Result told = Launch.here("--conf", conf(), "explain", asked.get(4));
        assertThat(told.out())
                .contains("At the ERP: state NEW")
                .contains("gold.demand_forecast, read by decide-reorder: 13 rows, of which 5 here")
                .containsPattern("from /.*product\\.csv, line \\d+");
        assertThat(Launch.here("--conf", conf(), "explain", "reorder").code()).isEqualTo(2);
        assertThat(Launch.here("--conf", conf(), "explain", "nosuch").code()).isEqualTo(2);
    }

    /** Another home with the same night in it. */
    private Path copy(String name) throws IOException {
        Path copy = temp.resolve(name);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(home.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path conf = copy.resolve("conf/millrace.yaml");
        Files.writeString(conf, Files.readString(conf).replace(home.toString(), copy.toString()));
        return copy;
    }

    /** The same with nothing published. */
    private Path unpublished(String name) throws Exception {
        Path copy = copy(name);
        PublishMoment.unpublish(copy);
        return copy;
    }

    /** Writes a delivery of the next day as a query over silver gives it, columns named as in the file. */
    private static void deliver(Path home, LakeReader reader, String table, String query) throws IOException {
        Path folder = Files.createDirectories(home.resolve("drop/demo/2026-03-01"));
        StringBuilder text = new StringBuilder();
        org.apache.spark.sql.Dataset<Row> rows = reader.query(query);
        text.append(String.join(",", rows.columns())).append('\n');
        rows.collectAsList()
                .forEach(row ->
                        text.append(row.mkString(",").replace("null", "")).append('\n'));
        Files.writeString(folder.resolve(table + ".csv"), text);
        try (Stream<Path> files = Files.list(folder)) {
            String entries = files.map(f -> f.getFileName().toString())
                    .filter(name -> name.endsWith(".csv"))
                    .map("{\"name\":\"%s\",\"mode\":\"delta\"}"::formatted)
                    .reduce((a, b) -> a + "," + b)
                    .orElseThrow();
            Files.writeString(folder.resolve("_manifest.json"), "{\"files\":[" + entries + "]}");
        }
    }

    private static List<String> scores(Path home) {
        try (LakeReader reader = new LakeReader(lake(home))) {
            return reader
                    .query("SELECT customer_code, churn_probability, model_version FROM gold.churn_score"
                            + " WHERE business_date = DATE'2026-02-28' ORDER BY 1")
                    .collectAsList()
                    .stream()
                    .map(Row::toString)
                    .toList();
        }
    }

    @Test
    void aPastNightIsReplayedAsItWasKnownAndWhatIsChangedIsAllThatDiffers() throws Exception {
        Path later = copy("later");
        String[] conf = {"--conf", later.resolve("conf").toString()};
        // Another champion of that very night, made since.
        assertThat(Launch.here(conf[0], conf[1], "--set", "seed=43", "run", "train-churn", "--date", DATE, "--force")
                        .code())
                .isZero();
        Launch.Result promoted = Launch.here(conf[0], conf[1], "models", "promote", "churn", "2", "--reason", "a test");
        assertThat(promoted.out()).as(promoted.err()).contains("version 2 is champion");
        // The day after everybody has opted out, everything costs three times as much, and the last orders are
        // cancelled.
        try (LakeReader reader = new LakeReader(lake(later))) {
            deliver(
                    later,
                    reader,
                    "customer",
                    "SELECT customer_code, true AS is_opted_out FROM silver.customer WHERE is_current");
            deliver(
                    later,
                    reader,
                    "product",
                    "SELECT product_code, list_price * 3 AS list_price, cost_price * 3 AS cost_price, is_stocked, is_active"
                            + " FROM silver.product WHERE is_current");
            deliver(
                    later,
                    reader,
                    "supplier_product",
                    "SELECT supplier_code, product_code, lead_time_days * 3 AS lead_time_days, unit_price * 3 AS unit_price"
                            + " FROM silver.supplier_product");
            deliver(
                    later,
                    reader,
                    "sales_line",
                    "SELECT order_no, line_no, order_date, customer_code, product_code, site_code, quantity, unit_price, amount,"
                            + " 'cancelled' AS status FROM silver.sales_line WHERE order_date > DATE'2026-02-01'");
        }
        Launch.Result refined = Launch.here(conf[0], conf[1], "run", "--date", "2026-03-01", "--to", "refine");
        assertThat(refined.code()).as(refined.err()).isZero();
        Map<String, Long> before = versions(later);
        Path scratch = temp.resolve("scratch");

        Launch.Result replay = Launch.here(
                conf[0],
                conf[1],
                "--set",
                "campaign.budget=10",
                "replay",
                "--date",
                DATE,
                "--home",
                scratch.toString());

        assertThat(replay.code()).as(replay.err()).isZero();
        assertThat(replay.out())
                .containsPattern("gold.reorder_plan: \\d+ rows then, \\d+ now, no difference")
                .containsPattern("gold.campaign_target: \\d+ rows then, \\d+ now, \\d+ differ");
        assertThat(replay.out().lines().filter(line -> line.startsWith("  ")))
                .as("a smaller budget decides otherwise about customers, and nothing else")
                .isNotEmpty()
                .allMatch(line -> line.startsWith("  ~ winback"));
        assertThat(scores(scratch)).as("by the champion of that night").isEqualTo(scores(home));
        assertThat(versions(later)).as("nothing is written to the lake").isEqualTo(before);
        assertThat(Launch.here(conf[0], conf[1], "replay", "--date", "2026-03-01")
                        .err())
                .contains("Nothing was decided on 2026-03-01");
        assertThat(Launch.here(conf[0], conf[1], "replay", "--date", DATE, "--home", later.toString())
                        .err())
                .contains("holds something that is no replay");
    }

    private static String[] publish(Path home) {
        return new String[] {"--conf", home.resolve("conf").toString(), "run", "publish", "--date", DATE, "--force"};
    }

    @ParameterizedTest
    @EnumSource
    void aPublicationThatIsKilledIsMendedByTheNextOne(PublishMoment moment) throws Exception {
        Path killed = unpublished(moment.name());
        assertThat(moment.kill(killed, temp.resolve(moment + ".log"), publish(killed)))
                .isEqualTo(moment.left());

        Launch.Result again = Launch.here(publish(killed));

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(staged(killed)).isEqualTo(staged(home));
        // The tables are copies: all but those that tell of the run are at the version they were copied at.
        Map<String, Long> expected = versions(home);
        expected.merge("ops.run", 1L, Long::sum);
        expected.merge("ops.stage_run", 1L, Long::sum);
        assertThat(versions(killed)).isEqualTo(expected);
        assertThat(Launch.here(
                                "--conf",
                                killed.resolve("conf").toString(),
                                "sql",
                                "SELECT DISTINCT r.resumed, s.status FROM ops.run r JOIN ops.stage_run s USING (run_id) WHERE command LIKE 'publish%'",
                                "--format",
                                "csv")
                        .out())
                .isEqualTo("resumed,status\n1,done\n");
    }

    @Test
    void aNightThatIsKilledAgainAndAgainEndsInTheSameTables() throws Exception {
        Path killed = temp.resolve("killed");
        SplittableRandom random = new SplittableRandom(7);
        String[] demo = {"demo", "--home", killed.toString(), "--scale", SCALE};
        for (int i = 0; i < KILLS; i++) {
            Process process = Launch.apart(temp.resolve("killed-" + i + ".log"), demo);
            if (process.waitFor(random.nextLong(4_000, 30_000), TimeUnit.MILLISECONDS)) {
                assertThat(process.exitValue())
                        .as(Files.readString(temp.resolve("killed-" + i + ".log")))
                        .isZero();
            }
            process.destroyForcibly().waitFor();
        }
        Process last = Launch.apart(temp.resolve("killed-last.log"), demo);
        assertThat(last.waitFor(15, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue())
                .as(Files.readString(temp.resolve("killed-last.log")))
                .isZero();

        Map<String, List<String>> whole = LakeContents.of(lake(home));
        Map<String, List<String>> mended = LakeContents.of(lake(killed));
        assertThat(mended.keySet()).isEqualTo(whole.keySet());
        whole.forEach((table, rows) -> assertThat(mended.get(table)).as(table).isEqualTo(rows));
        assertThat(staged(killed)).isEqualTo(staged(home));
    }
}
