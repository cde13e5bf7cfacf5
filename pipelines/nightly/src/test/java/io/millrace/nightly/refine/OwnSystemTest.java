package io.millrace.nightly.refine;

import static io.millrace.nightly.NightFixture.account;
import static io.millrace.nightly.NightFixture.quarantine;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.contracts.Rule;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.Fill;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source system of the user's own: orders whose heads are only looked up, and a mapping that rejects or loses rows. */
class OwnSystemTest {

    private static final String DAY = "2026-03-01";
    private static final String SYSTEM = """
            about: Orders of a desk.
            kind: files
            tables:
              head:
                key: [no]
                columns: {no: {required: true}, day: {as: date}}
              line:
                key: [no, pos]
                columns: {no: {required: true}, pos: {required: true}, article: {}, quantity: {as: number}}
            fills:
              sales_line: {from: line, also: {head: [no]}}
            """;
    private static final String SELECT = """
            SELECT line._row, line.no AS order_no, pos AS line_no, day AS order_date, article AS product_code,
                   'A' AS site_code, 'C1' AS customer_code, quantity, 1 AS unit_price, quantity AS amount, 'done' AS status,
                   CASE WHEN article = 'TEST' THEN 'a test article' END AS _reject
            FROM line LEFT JOIN head ON head.no = line.no
            """;

    @TempDir
    private Path home;

    private NightFixture shop;

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    @BeforeEach
    void system() throws IOException {
        shop = new NightFixture(home, "sources.shop.system=desk");
        Path folder = Files.createDirectories(home.resolve("conf/sources/desk"));
        Files.writeString(folder.resolve("source.yaml"), SYSTEM);
        Files.writeString(folder.resolve("sales_line.sql"), SELECT);
        shop.deliver(DAY, "head.csv", "no,day\nO1,2026-02-20\nO2,2026-02-21,what\nO3,2026-02-22\n");
    }

    private Night run(String date) {
        return shop.refined(date);
    }

    @Test
    void aMalformedLineOfATableThatIsOnlyLookedUpIsQuarantinedToo() {
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\nO3,1,P1,1\n");

        Night night = run(DAY);

        assertThat(quarantine(night)).singleElement().asString().startsWith("bronze.shop_head:3 readable: ");
        assertThat(account(night, "head")).containsExactly(3L, 0L, 2L, 1L);
        assertThat(account(night, "line")).containsExactly(2L, 2L, 0L, 0L);
    }

    /** Spark is told how much a job may send to the driver: a fraction of what is bad. */
    @Test
    void badRowsAreWrittenWithoutComingToTheDriver() {
        shop = new NightFixture(home, "sources.shop.system=desk", "sources.shop.volume.most-bad=1");
        SplittableRandom random = new SplittableRandom(7);
        int bad = 20_000;
        String lines = IntStream.range(0, bad)
                .mapToObj(i -> "O1,%d,%s,%016x%016x%016x%016x\n"
                        .formatted(i, "P1", random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()))
                .collect(Collectors.joining());
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\n" + lines + "O1,x,P1,3\nO1,broken\n");
        SparkConf conf = TestLake.get().spark().sparkContext().conf();
        conf.set("spark.driver.maxResultSize", "512k");
        Night night;
        try {
            night = run(DAY);
        } finally {
            conf.remove("spark.driver.maxResultSize");
        }

        assertThat(night.lake().read("ops.quarantine").groupBy("rule").count().collectAsList())
                .extracting(Row::toString)
                .containsExactlyInAnyOrder("[type," + bad + "]", "[readable,2]");
        assertThat(account(night, "line")).containsExactly(bad + 2L, 1L, 0L, bad + 1L);
        assertThat(account(night, "head")).containsExactly(3L, 0L, 2L, 1L);
    }

    @Test
    void aSelectThatNearlyGivesAColumnOfTheTableIsRefused() throws IOException {
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\n");
        Path select = home.resolve("conf/sources/desk/sales_line.sql");
        Files.writeString(select, SELECT.replace("AS unit_price", "AS unit_prize"));
        assertThatThrownBy(() -> run(DAY))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .hasMessageContaining(
                        "fills silver.sales_line gives unit_prize, which is no column of it (did you mean 'unit_price'?)");
        Files.writeString(select, SELECT.replace("AS unit_price", "AS unit_price, 1 AS something_else"));
        assertThat(account(run(DAY), "line")).containsExactly(1L, 1L, 0L, 0L);
    }

    @Test
    void whatSparkDoesNotUnderstandOfADescriptionIsRefusedAndNoBug() throws IOException {
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\n");
        Path folder = home.resolve("conf/sources/desk");
        Files.writeString(
                folder.resolve("source.yaml"),
                SYSTEM.replace("    key: [no, pos]\n", "    key: [no, pos]\n    operation: state\n"));
        assertThatThrownBy(() -> run(DAY))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("desk/source.yaml: tables.line: ")
                .hasMessageContaining("`state`");
        Files.writeString(folder.resolve("source.yaml"), SYSTEM);
        Files.writeString(folder.resolve("sales_line.sql"), SELECT.replace("'A' AS site_code", "'A' AS order_no"));
        assertThatThrownBy(() -> run(DAY))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("The SELECT that fills silver.sales_line: ")
                .hasMessageContaining("`order_no`");
    }

    @Test
    void whatADerivedTableRefusesIsCountedBesideTheEquation() throws IOException {
        Path folder = home.resolve("conf/sources/desk");
        Files.writeString(folder.resolve("source.yaml"), SYSTEM + "  product: {from: line, derived: true}\n");
        Files.writeString(
                folder.resolve("product.sql"),
                "SELECT max(_row) AS _row, article AS product_code, max(try_cast(quantity AS int)) - 2 AS list_price FROM line GROUP BY article");
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,1\nO1,2,P1,many\nO1,3,P2,3\nO1,4,P3,1\n");

        Night night = run(DAY);

        assertThat(quarantine(night))
                .filteredOn(q -> !q.startsWith("bronze."))
                .hasSize(3)
                .anyMatch(q -> q.startsWith("silver.product:3 list_price_range"))
                .anyMatch(q -> q.startsWith("silver.product:5 list_price_range"))
                .anyMatch(q -> q.startsWith("silver.sales_line:3 type"));
        assertThat(account(night, "line")).containsExactly(4L, 3L, 0L, 1L);
        assertThat(night.ledger().extracts())
                .filteredOn(e -> e.table().equals("line"))
                .extracting(Extract::rowsQuarantinedDerived)
                .containsExactly(2L);
    }

    @Test
    void aDateBeyondTheHorizonIsQuarantinedWithItsDate() {
        shop.deliver(DAY, "head.2.csv", "no,day\nO4,2036-02-22\nO5,2027-02-28\n");
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\nO4,1,P1,1\nO5,1,P1,1\n");

        Night night = run(DAY);

        assertThat(quarantine(night))
                .contains(
                        "silver.sales_line:3 order_date_within_horizon: The order is dated more than a year after its extract: it is 2036-02-22");
        assertThat(account(night, "line")).containsExactly(3L, 2L, 0L, 1L);
    }

    @Test
    void aRowThatTheMappingRejectsIsQuarantined() {
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\nO1,2,TEST,1\n");

        Night night = run(DAY);

        assertThat(quarantine(night)).contains("silver.sales_line:3 mapping: a test article");
        assertThat(account(night, "line")).containsExactly(2L, 1L, 0L, 1L);
    }

    @Test
    void aJsonLineThatIsNoObjectIsQuarantined() {
        String lines = "{\"no\":\"O1\",\"pos\":\"1\",\"article\":\"P1\",\"quantity\":3}\n17\n"
                + "{\"no\":\"O1\",\"pos\":\"2\"} {\"no\":\"O1\",\"pos\":\"3\"}\n{\"no\":\"O1\",\n";
        shop.deliver(DAY, "line.jsonl", lines.getBytes(StandardCharsets.UTF_8), 4, "delta");

        Night night = run(DAY);

        assertThat(quarantine(night))
                .filteredOn(q -> q.startsWith("silver.sales_line"))
                .hasSize(3)
                .allSatisfy(q -> assertThat(q).containsPattern(":[234] readable: .* no JSON object"));
        assertThat(account(night, "line")).containsExactly(4L, 1L, 0L, 3L);
    }

    @Test
    void aRowThatAChangeOfAnotherTableCallsForAnewMayBeQuarantinedThen() {
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\n");
        run(DAY);
        shop.deliver("2026-03-02", "head.csv", "no,day\nO1,2026-02-30\n");

        Night night = run("2026-03-02");

        assertThat(quarantine(night)).anyMatch(q -> q.startsWith("silver.sales_line:2 type: order_date: '2026-02-30'"));
        assertThat(night.lake().read("silver.sales_line").collectAsList())
                .extracting(r -> r.getAs("order_date").toString())
                .containsExactly("2026-02-20");
    }

    @Test
    void aChangeOfATableThatIsLookedUpArrivesWithoutTheTableThatDrives() {
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\nO9,1,P1,2\n");
        run(DAY);
        // The one head changes, the other comes after its line.
        shop.deliver("2026-03-02", "head.csv", "no,day\nO1,2026-02-25\nO9,2026-02-26\n");

        assertThat(NightFixture.sorted(
                        run("2026-03-02").lake().read("silver.sales_line").selectExpr("order_no", "order_date")))
                .containsExactly("[O1,2026-02-25]", "[O9,2026-02-26]");
    }

    @Test
    void whatAFullDeliveryOfATableThatIsLookedUpNoLongerHoldsIsFoundNoMore() throws IOException {
        Files.writeString(
                home.resolve("conf/sources/desk/source.yaml"),
                SYSTEM.replace("key: [no]\n", "key: [no]\n    mode: full\n"));
        shop.deliver(
                DAY,
                "line.csv",
                "no,pos,article,quantity\nO1,1,P1,3\nO3,1,P1,1\n".getBytes(StandardCharsets.UTF_8),
                2,
                "delta");
        shop.deliver(DAY, "head.2.csv", text("no,day", "O5,2026-02-25", "O6,2026-02-26", "O7,2026-02-27"), 3, "full");
        run(DAY);
        String unread = "sales_line:3 order_date_complete: order_date is empty";

        shop.deliver("2026-03-02", "head.csv", text("no,day"), 0, "full");
        Night held = shop.night("2026-03-02");
        NightFixture.ingest(held);
        Stage.Refused refused = new RefineStage().run(held).refused().orElseThrow();
        assertThat(refused.why())
                .hasMessageContaining("shop.head no longer holds")
                .hasMessageContaining("--accept-volume");
        assertThat(refused.tables()).containsExactly("silver.sales_line");
        assertThat(quarantine(held)).noneMatch(q -> q.contains(unread));

        shop.deliver(
                "2026-03-03",
                "head.csv",
                text("no,day", "O1,2026-02-20", "O5,2026-02-25", "O6,2026-02-26", "O7,2026-02-27"),
                4,
                "full");
        assertThat(quarantine(run("2026-03-03"))).as("O3's head is gone").anyMatch(q -> q.contains(unread));
    }

    @Test
    void aMappingThatLosesRowsIsRefusedWithBothNumbers() throws IOException {
        Files.writeString(home.resolve("conf/sources/desk/sales_line.sql"), SELECT + " WHERE article IS NOT NULL");
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\nO1,2,,1\n");

        assertThatThrownBy(() -> run(DAY))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("2 rows are in bronze and the mapping gave 1");
        assertThat(shop.night(DAY).versions().latest("silver.sales_line"))
                .as("nothing is merged before it is counted")
                .isLessThanOrEqualTo(0);

        Files.writeString(home.resolve("conf/sources/desk/sales_line.sql"), SELECT);
        assertThat(account(run(DAY), "line")).containsExactly(2L, 1L, 0L, 1L);
    }

    /** What was taken in before goes through the mapping once more if a part of its delivery, a file of an earlier date or a changed head comes. */
    @Test
    void aMappingThatLosesRowsThatItGaveBeforeIsRefusedToo() throws IOException {
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\nO1,2,P2,1\n".getBytes(UTF_8), 2, "full");
        run(DAY);
        List<String> before = lines();

        Files.writeString(home.resolve("conf/sources/desk/sales_line.sql"), SELECT + " WHERE article <> 'P2'");
        shop.deliver(DAY, "line.2.csv", "no,pos,article,quantity\nO3,1,P1,4\n".getBytes(UTF_8), 1, "full");
        assertThatThrownBy(() -> run(DAY))
                .hasMessageContaining("2 rows that were taken in before")
                .hasMessageContaining("gave 1");
        assertThat(lines()).as("P2 is not deleted").isEqualTo(before);

        Files.writeString(home.resolve("conf/sources/desk/sales_line.sql"), SELECT);
        run(DAY);
        assertThat(lines()).hasSize(3);
        Files.writeString(home.resolve("conf/sources/desk/sales_line.sql"), SELECT + " WHERE quantity <> '1'");
        shop.deliver("2026-02-27", "line.csv", "no,pos,article,quantity\nO1,2,P2,7\n");
        assertThatThrownBy(() -> run("2026-03-02")).hasMessageContaining("1 rows that were taken in before");
        assertThat(lines()).as("the late line overrides nothing").contains("[O1,2,1.000]");

        shop.deliver("2026-03-02", "head.csv", "no,day\nO1,2026-02-24\n");
        assertThatThrownBy(() -> run("2026-03-02")).hasMessageContaining("rows that were taken in before");
        assertThatThrownBy(() -> NightFixture.run(shop.night("2026-03-02"), RemapStage.remap("shop", null)))
                .hasMessageContaining("2 rows that were taken in before are mapped once more, and the mapping gave 1");
        assertThat(lines()).as("nothing is gone").contains("[O1,2,1.000]");

        Files.writeString(home.resolve("conf/sources/desk/sales_line.sql"), SELECT);
        run("2026-03-02");
        assertThat(lines()).containsExactly("[O1,1,3.000]", "[O1,2,1.000]", "[O3,1,4.000]");
    }

    private List<String> lines() {
        return NightFixture.sorted(
                shop.night("2026-03-03").lake().read("silver.sales_line").select("order_no", "line_no", "quantity"));
    }

    /** Spark makes nothing of "12,50" in a sum, and nobody would hear of the amount. */
    @Test
    void aSelectThatTakesTextForANumberIsRefusedWhateverTheRowsAre() throws IOException {
        Files.writeString(
                home.resolve("conf/sources/desk/sales_line.sql"),
                SELECT.replace("quantity AS amount", "quantity * 1.19 AS amount"));
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\n");
        assertThatThrownBy(() -> run(DAY))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("desk/sales_line.sql takes the text line.quantity for a ")
                .hasMessageContaining("try_cast(line.quantity AS decimal(18, 4))");
        assertThat(account(shop.night(DAY), "line"))
                .as("it waits for the mended one")
                .containsExactly(1L, 0L, 0L, 0L);
    }

    @Test
    void whatTheConfigurationNoLongerHasWaits() throws IOException {
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\n");
        NightFixture.ingest(shop.night(DAY));
        Path folder = home.resolve("conf/sources/desk");
        Files.writeString(
                folder.resolve("source.yaml"),
                "about: Heads alone.\nkind: files\ntables:\n  head:\n    key: [no]\n    columns: {no: {required: true}, day: {}}\n"
                        + "fills:\n  site: {from: head}\n");
        Files.move(folder.resolve("sales_line.sql"), folder.resolve("site.sql"));
        Files.writeString(folder.resolve("site.sql"), "SELECT _row, no AS site_code, no AS name FROM head");
        Night without = shop.night(DAY);
        assertThat(new RefineStage().run(without).note()).contains("extracts of shop.line wait");
        assertThat(account(without, "line")).containsExactly(1L, 0L, 0L, 0L);

        Files.delete(folder.resolve("site.sql"));
        Files.writeString(folder.resolve("source.yaml"), SYSTEM);
        Files.writeString(folder.resolve("sales_line.sql"), SELECT);
        assertThat(account(run(DAY), "line")).containsExactly(1L, 1L, 0L, 0L);
    }

    @Test
    void anIncrementFarBeyondTheUsualIsHeldUntilSomebodySaysSo() {
        for (int day = 1; day <= 6; day++) {
            shop.deliver("2026-03-0" + day, "line.csv", "no,pos,article,quantity\nO1,%d,P1,3\n".formatted(day));
        }
        run("2026-03-01");
        run("2026-03-06");
        StringBuilder lines = new StringBuilder("no,pos,article,quantity\n");
        for (int i = 1; i <= 1001; i++) {
            lines.append("O1,%d,P1,1\n".formatted(100 + i));
        }
        shop.deliver("2026-03-07", "line.csv", lines.toString());
        assertThatThrownBy(() -> run("2026-03-07"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining(
                        "shop.line has an increment of 1,001 rows, and none of the last 5 had more than 1");
        NightFixture asked = new NightFixture(home, "sources.shop.system=desk", "sources.shop.volume.accept=line");
        assertThat(account(asked.refined("2026-03-07"), "line")).containsExactly(1001L, 1001L, 0L, 0L);
    }

    @Test
    void aDeliveryOfWhichMostIsBadIsRefusedWithExamples() {
        StringBuilder lines = new StringBuilder("no,pos,article,quantity\n");
        for (int i = 1; i <= 15; i++) {
            lines.append("O1,%d,P1,%s\n".formatted(i, i <= 4 ? "1" : "1;5"));
        }
        shop.deliver(DAY, "line.csv", lines.toString());
        assertThatThrownBy(() -> run(DAY))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("11 of 15 rows of shop.line are bad")
                .hasMessageContaining("'1;5' is no decimal(18,3)")
                .hasMessageContaining("--accept-volume shop.line");
        assertThat(quarantine(shop.night(DAY))).noneMatch(q -> q.startsWith("silver.sales_line"));

        NightFixture asked = new NightFixture(home, "sources.shop.system=desk", "sources.shop.volume.accept=line");
        assertThat(account(asked.refined(DAY), "line")).containsExactly(15L, 4L, 0L, 11L);
    }

    @Test
    void aNotationIsForTextAlone() throws IOException {
        Files.writeString(
                home.resolve("conf/sources/desk/source.yaml"),
                SYSTEM.replace("quantity: {as: number}", "quantity: {as: number, format: comma}")
                        .replace("key: [no, pos]", "key: [no, pos]\n    format: {delimiter: \";\"}"));
        shop.deliver(DAY, "line.csv", "no;pos;article;quantity\nO1;1;P1;234,500\n");
        shop.deliver(
                DAY,
                "line.b.jsonl",
                text(
                        "{\"no\":\"O1\",\"pos\":\"2\",\"article\":\"P1\",\"quantity\":1.125}",
                        "{\"no\":\"O1\",\"pos\":\"3\",\"article\":\"P1\",\"quantity\":\"1.125\"}"),
                2,
                "delta");
        shop.deliver(
                DAY,
                "line.c[1].parquet",
                parquet("SELECT 'O1' AS no, '4' AS pos, 'P1' AS article, CAST(234.5 AS DECIMAL(15,3)) AS quantity"),
                1,
                "delta");

        assertThat(NightFixture.sorted(run(DAY).lake().read("silver.sales_line").selectExpr("line_no", "quantity")))
                .containsExactly("[1,234.500]", "[2,1.125]", "[3,1125.000]", "[4,234.500]");
    }

    private static byte[] text(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] parquet(String sql) throws IOException {
        Path folder = home.resolve("written");
        TestLake.get().spark().sql(sql).coalesce(1).write().parquet(folder.toString());
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readAllBytes(files.filter(f -> f.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    @Test
    void aParquetFileOfDamagedPagesIsRefusedAndTheOthersLand() throws IOException {
        byte[] good = parquet("SELECT 'O1' AS no, '1' AS pos, 'P1' AS article, 3 AS quantity");
        byte[] damaged = good.clone();
        Arrays.fill(damaged, 4, 60, (byte) 0x7f);
        shop.deliver(DAY, "line.a.parquet", good, 1, "delta");
        shop.deliver(DAY, "line.b.parquet", damaged, 1, "delta");
        Night night = shop.night(DAY);
        assertThatThrownBy(() -> NightFixture.ingest(night))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("line.b.parquet: its rows cannot be read");
        assertThat(night.ledger().extracts())
                .filteredOn(e -> e.table().equals("line"))
                .extracting(Extract::state)
                .containsExactlyInAnyOrder(Extract.State.LANDED, Extract.State.REFUSED);
    }

    @Test
    void aRowThatBreaksARuleOfSeverityRefuseKeepsTheTableAsItIs() {
        shop.deliver(DAY, "line.csv", "no,pos,article,quantity\nO1,1,P1,3\n");
        Night night = run(DAY);
        long version = night.versions().latest("silver.sales_line");
        Fill fill = night.systems().get("shop").fills().get("sales_line");
        List<Extract> lines = night.ledger().extracts().stream()
                .filter(e -> e.table().equals("line"))
                .toList();

        assertThatThrownBy(() -> new FillTask(night, "shop", strict(night), new SeveralSources(night), fill, Map.of())
                        .run(lines, Map.of(), null, true, List.of(), List.of()))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining(
                        "silver.sales_line refuses what shop delivered: quantity must be at most 2: it is 3");
        assertThat(night.versions().latest("silver.sales_line")).isEqualTo(version);
    }

    /** The table's contract with a rule that refuses, which none of silver's shipped ones has. */
    private static TableContract strict(Night night) {
        TableContract c = night.contracts().get("silver.sales_line");
        List<Rule> rules = new ArrayList<>(c.rules());
        rules.add(new Rule(
                Rule.Kind.RANGE,
                "quantity_small",
                Rule.Severity.REFUSE,
                List.of("quantity"),
                null,
                BigDecimal.valueOf(2),
                List.of(),
                null,
                null,
                null));
        return new TableContract(
                c.name(), c.about(), c.shape(), c.key(), c.partitionBy(), c.eventTime(), c.columns(), rules, null);
    }
}
