package io.millrace.nightly.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A desk whose mapping is wrong for three nights and then corrected, and another that has had the right one all along: in the end both
 * lakes say the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RemapTest {

    private static final String SYSTEM = """
            about: Articles and orders of a desk. An order line has an id of its own.
            kind: files
            tables:
              art:
                key: [id]
                mode: full
                columns: {id: {required: true}, name: {}, price: {as: number}}
              line:
                key: [id]
                columns: {id: {required: true}, no: {required: true}, article: {}, quantity: {as: number}}
              count:
                key: [article, day]
                mode: slice
                columns: {article: {required: true}, day: {required: true, as: date}, quantity: {as: number}}
            fills:
              product: {from: art}
              stock_level: {from: count}
              sales_line: {from: line}
            """;
    private static final String WRONG =
            "SELECT _row, id AS product_code, upper(name) AS name, price AS list_price FROM art";
    private static final String RIGHT = "SELECT _row, id AS product_code, name, replace(price, ',', '.') AS list_price,"
            + " CASE WHEN name = 'Test' THEN 'a test article' END AS _reject FROM art";
    private static final String LINES = "SELECT _row, no AS order_no, '1' AS line_no, DATE'2026-03-01' AS order_date,"
            + " article AS product_code, 'A' AS site_code, %s AS quantity, 1 AS unit_price, 1 AS amount, 'done' AS status FROM line";

    private static final String COUNTS = "SELECT _row, article AS product_code, 'A' AS site_code, day AS snapshot_date,"
            + " quantity AS on_hand FROM count";

    private static final String TEN_FOLD =
            "coalesce(CAST(10 * try_cast(quantity AS decimal(18, 3)) AS string), quantity)";

    @TempDir
    private static Path home;

    private NightFixture wrong;
    private NightFixture right;

    @BeforeAll
    void threeNights() throws IOException {
        TestLake.get();
        wrong = desk("wrong", WRONG, LINES.formatted("quantity"));
        right = desk("right", RIGHT, LINES.formatted(TEN_FOLD));
        for (NightFixture desk : List.of(wrong, right)) {
            full(desk, "2026-03-01", "P1,Bolt,1.5", "P2,Nut,2", "P3,Pin,3", "P4,Nail,\"4,5\"", "P5,Test,5", "P6,Rod,6");
            desk.deliver("2026-03-01", "line.csv", "id,no,article,quantity\n1,O1,P1,3\n2,O2,P2,4\n");
            desk.refined("2026-03-01");
            full(desk, "2026-03-02", "P1,Bolt,1.6", "P2,Nut,2", "P4,Nail,\"4,5\"", "P5,Test,5", "P6,Rod,6");
            desk.deliver("2026-03-02", "line.csv", "id,no,article,quantity\n1,O1A,P1,3\n3,O3,P2,x\n");
            desk.refined("2026-03-02");
            full(desk, "2026-03-03", "P1,Bolt,1.6", "P2,Wing nut,2", "P4,Nail,\"4,5\"", "P5,Test,5", "P6,Rod,6");
            desk.refined("2026-03-03");
        }
    }

    private static NightFixture desk(String name, String products, String lines) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name + "/conf/sources/desk"));
        Files.writeString(folder.resolve("source.yaml"), SYSTEM);
        Files.writeString(folder.resolve("product.sql"), products);
        Files.writeString(folder.resolve("sales_line.sql"), lines);
        Files.writeString(folder.resolve("stock_level.sql"), COUNTS);
        return new NightFixture(home.resolve(name), "sources.shop.system=desk");
    }

    private static void full(NightFixture desk, String date, String... rows) {
        byte[] text = ("id,name,price\n" + String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
        desk.deliver(date, "art.csv", text, rows.length, "full");
    }

    private static List<String> products(Night night) {
        return NightFixture.sorted(night.lake()
                .read("silver.product")
                .selectExpr("product_code", "name", "list_price", "valid_from", "valid_to", "is_current"));
    }

    private static List<String> lines(Night night) {
        return NightFixture.sorted(
                night.lake().read("silver.sales_line").selectExpr("order_no", "quantity", "product_code"));
    }

    private static List<String> quarantine(Night night) {
        return NightFixture.sorted(night.lake()
                .read("ops.quarantine")
                .filter("redriven_on IS NULL")
                .selectExpr("table_name", "business_date", "line"));
    }

    private static void assertAccounted(Night night) {
        assertThat(night.ledger().extracts())
                .filteredOn(e -> e.state() == Extract.State.REFINED)
                .allSatisfy(e ->
                        assertThat(e.rowsBronze()).isEqualTo(e.rowsSilver() + e.rowsMerged() + e.rowsQuarantined()));
    }

    private static long quarantined(Night night) {
        return night.ledger().extracts().stream()
                .mapToLong(Extract::rowsQuarantined)
                .sum();
    }

    @Test
    @Order(1)
    void aMappingThatDidNotChangeChangesNothing() {
        Night night = right.night("2026-03-03");
        long version = night.versions().latest("silver.product");
        RemapStage stage = RemapStage.remap("shop", null);
        stage.look(night);
        assertThat(stage.report()).isEmpty();
        NightFixture.run(night, RemapStage.remap("shop", null));
        assertThat(night.versions().latest("silver.product")).isEqualTo(version);
    }

    @Test
    @Order(2)
    void rowsInQuarantineHaveAnotherChanceByThemselves() throws IOException {
        Files.writeString(home.resolve("wrong/conf/sources/desk/product.sql"), RIGHT);
        Night night = wrong.night("2026-03-03");
        RemapStage dry = RemapStage.redrive("product", "type", null);
        dry.look(night);
        assertThat(dry.report())
                .first()
                .isEqualTo("silver.product: 1 rows new, 0 changed, 0 gone; 3 leave quarantine, 0 go there");
        assertThat(products(night)).noneMatch(p -> p.startsWith("[P4,"));

        NightFixture.run(night, RemapStage.redrive("product", "no such rule", null));
        assertThat(products(night)).noneMatch(p -> p.startsWith("[P4,"));
        NightFixture.run(night, RemapStage.redrive("product", null, null));
        assertThat(products(night))
                .as("that row alone, since it was first delivered")
                .contains("[P4,Nail,4.5000,2026-03-01,null,true]", "[P2,WING NUT,2.0000,2026-03-03,null,true]");
        assertThat(quarantine(night)).containsExactly("[silver.sales_line,2026-03-02,3]");
        assertThat(quarantined(night)).isEqualTo(1);
        assertAccounted(night);
    }

    @Test
    @Order(3)
    void theNightSaysThatAMappingIsNewerThanItsRows() throws IOException {
        Files.writeString(home.resolve("wrong/conf/sources/desk/sales_line.sql"), LINES.formatted(TEN_FOLD));
        assertThat(new RefineStage().run(wrong.night("2026-03-03")).note())
                .isEqualTo("the mapping is newer than rows of shop.art, shop.line: millrace remap shop.art --dry-run");
    }

    @Test
    @Order(4)
    void aDryRunShowsWhatWouldChangeAndChangesNothing() {
        Night night = wrong.night("2026-03-03");
        List<String> before = products(night);
        RemapStage stage = RemapStage.remap("shop", "art");
        stage.look(night);
        assertThat(stage.report().get(0))
                .isEqualTo("silver.product: 0 rows new, 6 changed, 1 gone; 0 leave quarantine, 3 go there");
        assertThat(stage.report()).anyMatch(l -> l.startsWith("  name: ") && l.contains("'BOLT' -> 'Bolt'"));
        assertThat(products(night)).isEqualTo(before);
    }

    @Test
    @Order(5)
    void whatIsMappedAnewIsWhatTheRightMappingWouldHaveMadeAllAlong() {
        Night night = wrong.night("2026-03-03");
        NightFixture.run(night, RemapStage.remap("shop", null));
        Night always = right.night("2026-03-03");
        assertThat(products(night)).isEqualTo(products(always));
        assertThat(lines(night))
                .as("the line that has another number now is not back under the old one")
                .isEqualTo(lines(always))
                .containsExactly("[O1A,30.000,P1]", "[O2,40.000,P2]");
        assertThat(quarantine(night)).isEqualTo(quarantine(always)).hasSize(4);
        assertThat(quarantined(night)).isEqualTo(quarantined(always));
        assertAccounted(night);
        assertThat(new RefineStage().run(wrong.night("2026-03-03")).note()).isEmpty();
    }

    @Test
    @Order(6)
    void aLateRowSaysNothingOfTheKeyThatItsSourceRowHasNoMore() {
        // Line 1 of the source is order O1A since March 2nd.
        right.deliver("2026-03-01", "line.late.csv", "id,no,article,quantity\n1,O1,P1,5\n4,O4,P1,6\n");
        assertThat(lines(right.refined("2026-03-03")))
                .containsExactly("[O1A,30.000,P1]", "[O2,40.000,P2]", "[O4,60.000,P1]");
    }

    @Test
    @Order(7)
    void aRowInQuarantineTakesNoKeyAway() {
        right.deliver("2026-03-02", "line.late.csv", "id,no,article,quantity\n4,O4A,P1,x\n");
        assertThat(lines(right.refined("2026-03-03"))).contains("[O4,60.000,P1]");
        NightFixture.run(right.night("2026-03-03"), RemapStage.remap("shop", "line"));
        assertThat(lines(right.night("2026-03-03"))).contains("[O4,60.000,P1]");
    }

    @Test
    @Order(8)
    void ofASliceThatIsDeliveredAnewTheLastOneHolds() {
        String counts = "article,day,quantity\n";
        right.deliver("2026-03-02", "count.csv", counts + "P1,2026-03-02,1\nP2,2026-03-02,2\n");
        right.deliver("2026-03-03", "count.csv", counts + "P1,2026-03-03,3\nP3,2026-03-03,9\n");
        right.refined("2026-03-02");
        // The one was refined before it came anew, the other was not.
        NightFixture.ingest(right.night("2026-03-03"));
        right.deliver("2026-03-02", "count.csv", counts + "P1,2026-03-02,4\n");
        right.deliver("2026-03-03", "count.csv", counts + "P1,2026-03-03,3\nP2,2026-03-03,5\n");
        List<String> held = List.of("[P1,2026-03-02,4.000]", "[P1,2026-03-03,3.000]", "[P2,2026-03-03,5.000]");
        assertThat(counts(right.refined("2026-03-03"))).containsExactlyElementsOf(held);
        NightFixture.run(right.night("2026-03-03"), RemapStage.remap("shop", "count"));
        assertThat(counts(right.night("2026-03-03"))).containsExactlyElementsOf(held);
    }

    private static List<String> counts(Night night) {
        return NightFixture.sorted(
                night.lake().read("silver.stock_level").selectExpr("product_code", "snapshot_date", "on_hand"));
    }

    @Test
    @Order(9)
    void whatIsNotThereIsWrongUsage() {
        assertThatThrownBy(() -> RemapStage.remap("shop", "nosuch").look(right.night("2026-03-03")))
                .hasMessageContaining("Nothing is filled from shop.nosuch");
    }
}
