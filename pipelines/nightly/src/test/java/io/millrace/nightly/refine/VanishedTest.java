package io.millrace.nightly.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column that a source told before and does not have any more, by a typo or for good. */
class VanishedTest {

    @TempDir
    private Path home;

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    private static Stage.Outcome refine(Night night) {
        NightFixture.ingest(night);
        Stage.Outcome outcome = new RefineStage().run(night);
        assertThat(outcome.refused()).isEmpty();
        return outcome;
    }

    private static void full(NightFixture shop, String date, String name, String... lines) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        shop.deliver(date, name, text, lines.length - 1, "full");
    }

    private static List<String> products(Night night) {
        return NightFixture.sorted(night.lake()
                .read("silver.product")
                .filter("is_current")
                .selectExpr("product_code", "name", "list_price"));
    }

    @Test
    void aColumnThatVanishedEmptiesNothingAndIsNamed() {
        NightFixture shop = new NightFixture(home, "sources.shop.volume.accept=[product]");
        full(shop, "2026-03-01", "product.csv", "product_code,name,list_price", "P1,Bolt,2.5", "P2,Nut,1", "P3,Pin,");
        shop.deliver(
                "2026-03-01",
                "sales_line.csv",
                "order_no,line_no,order_date,product_code,quantity,amount\nO1,1,2026-03-01,P1,1,10\nO2,1,2026-03-01,P1,2,20\n");
        assertThat(refine(shop.night("2026-03-01")).note()).doesNotContain("no longer has");

        full(
                shop,
                "2026-03-02",
                "product.csv",
                "product_code,name,list_prize",
                "P1,Bolt M8,2.6",
                "P2,Nut,1",
                "P4,Rod,4");
        shop.deliver(
                "2026-03-02",
                "sales_line.csv",
                "order_no,line_no,order_date,product_code,quantity\nO2,1,2026-03-01,P1,3\nO3,1,2026-03-02,P1,4\n");
        Night typo = shop.night("2026-03-02");
        assertThat(refine(typo).note())
                .contains(
                        "shop.product no longer has list_price, and has list_prize, which is not known: what it said there last stays")
                .contains("shop.sales_line no longer has amount")
                .contains("sources.shop.gone")
                .doesNotContain("category");
        assertThat(products(typo)).containsExactly("[P1,Bolt M8,2.5000]", "[P2,Nut,1.0000]", "[P4,Rod,null]");
        assertThat(NightFixture.sorted(
                        typo.lake().read("silver.sales_line").selectExpr("order_no", "quantity", "amount")))
                .containsExactly("[O1,1.000,10.00]", "[O2,3.000,20.00]", "[O3,4.000,null]");
        assertThat(typo.ledger().extracts())
                .filteredOn(e -> e.table().equals("product") && e.businessDate().equals("2026-03-02"))
                .singleElement()
                .extracting(Extract::absent)
                .asString()
                .contains("list_price")
                .contains("category");

        RemapStage remap = RemapStage.remap("shop", "product");
        remap.look(typo);
        assertThat(remap.report()).as("mapped anew it is the same").isEmpty();

        full(
                shop,
                "2026-03-03",
                "product.csv",
                "product_code,name,list_price",
                "P1,Bolt M8,2.7",
                "P2,Nut,",
                "P4,Rod,4");
        Night mended = shop.night("2026-03-03");
        assertThat(refine(mended).note()).doesNotContain("no longer has");
        assertThat(products(mended)).containsExactly("[P1,Bolt M8,2.7000]", "[P2,Nut,null]", "[P4,Rod,4.0000]");
    }

    @Test
    void aColumnThatIsMisspelledHoldsItsDelivery() {
        NightFixture shop = new NightFixture(home);
        full(shop, "2026-03-01", "product.csv", "product_code,name,list_price,shelf", "P1,Cup,2.50,a", "P2,Plate,3,b");
        refine(shop.night("2026-03-01"));
        full(shop, "2026-03-02", "product.csv", "product_code,name,list_prize,shelf", "P1,Mug,2.50,a", "P2,Plate,3,b");

        assertThatThrownBy(() -> shop.refined("2026-03-02"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("shop.product has no column list_price any more, which its delivery before had,"
                        + " and has list_prize, which nobody knows")
                .hasMessageContaining("--accept-volume shop.product");
        assertThat(products(shop.night("2026-03-02"))).containsExactly("[P1,Cup,2.5000]", "[P2,Plate,3.0000]");

        // It comes anew with its column.
        full(shop, "2026-03-02", "product.csv", "product_code,name,list_price,shelf", "P1,Mug,2.60,a", "P2,Plate,3,b");
        Night settled = shop.night("2026-03-02");
        refine(settled);
        assertThat(products(settled)).containsExactly("[P1,Mug,2.6000]", "[P2,Plate,3.0000]");

        // What nobody ever knew is no other name of it.
        full(shop, "2026-03-03", "product.csv", "product_code,name,shelf", "P1,Jug,a", "P2,Plate,b");
        Night left = shop.night("2026-03-03");
        assertThat(refine(left).note()).contains("shop.product no longer has list_price");
        assertThat(products(left)).containsExactly("[P1,Jug,2.6000]", "[P2,Plate,3.0000]");
    }

    @Test
    void aColumnThatIsGoneForGoodIsEmptyOnceSomebodySaysSo() {
        NightFixture shop = new NightFixture(home);
        full(shop, "2026-03-01", "product.csv", "product_code,name,list_price", "P1,Bolt,2.5");
        refine(shop.night("2026-03-01"));
        full(shop, "2026-03-02", "product.csv", "product_code,name", "P1,Bolt");
        Night missing = shop.night("2026-03-02");
        assertThat(refine(missing).note())
                .contains("shop.product no longer has list_price: what it said there last stays");
        assertThat(products(missing)).containsExactly("[P1,Bolt,2.5000]");

        NightFixture accepting = new NightFixture(home, "sources.shop.gone=[product.list_price]");
        full(accepting, "2026-03-03", "product.csv", "product_code,name", "P1,Bolts");
        Night accepted = accepting.night("2026-03-03");
        assertThat(refine(accepted).note()).doesNotContain("no longer has");
        assertThat(products(accepted)).containsExactly("[P1,Bolts,null]");

        NightFixture wrong = new NightFixture(home, "sources.shop.gone=[product.list_prize]");
        full(wrong, "2026-03-04", "product.csv", "product_code,name", "P1,Bolt");
        Night night = wrong.night("2026-03-04");
        NightFixture.ingest(night);
        Failure why = new RefineStage().run(night).refused().orElseThrow().why();
        assertThat(why.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
        assertThat(why).hasMessageContaining("sources.shop.gone names product.list_prize, which is no TABLE.COLUMN");
    }

    /** A deletion ends what was said, and a number that was delivered as one stays one. */
    @Test
    void whatIsLookedUpStaysToo() throws IOException {
        NightFixture shop = new NightFixture(home, "sources.shop.system=desk");
        Path folder = Files.createDirectories(home.resolve("conf/sources/desk"));
        Files.writeString(folder.resolve("source.yaml"), """
                about: Orders of a desk, and their heads.
                kind: files
                tables:
                  head:
                    key: [no]
                    operation: "IF(op = 'X', 'D', 'U')"
                    columns: {no: {required: true}, op: {}, day: {as: date}, worth: {as: number, format: comma}}
                  line:
                    key: [no]
                    columns: {no: {required: true}, quantity: {as: number}}
                fills:
                  sales_line: {from: line, also: {head: [no]}}
                """);
        Files.writeString(folder.resolve("sales_line.sql"), """
                SELECT line._row, line.no AS order_no, '1' AS line_no, coalesce(day, '2026-01-01') AS order_date, 'P1' AS product_code,
                       quantity, worth AS amount, 'done' AS status
                FROM line LEFT JOIN head ON head.no = line.no
                """);
        deliver(
                shop,
                "2026-03-01",
                "head.jsonl",
                "full",
                "{'no': 'O1', 'op': '', 'day': '2026-02-01', 'worth': 1234.5}",
                "{'no': 'O2', 'op': '', 'day': '2026-02-02', 'worth': '1.234,5'}",
                "{'no': 'O3', 'op': '', 'day': '2026-02-03', 'worth': 3}");
        deliver(
                shop,
                "2026-03-01",
                "line.jsonl",
                "delta",
                "{'no': 'O1', 'quantity': 1}",
                "{'no': 'O2', 'quantity': 1}",
                "{'no': 'O3', 'quantity': 1}");
        refine(shop.night("2026-03-01"));
        deliver(shop, "2026-03-03", "head.jsonl", "delta", "{'no': 'O3', 'op': 'X'}");
        refine(shop.night("2026-03-03"));
        deliver(
                shop,
                "2026-03-04",
                "head.jsonl",
                "full",
                "{'no': 'O1', 'op': ''}",
                "{'no': 'O2', 'op': ''}",
                "{'no': 'O3', 'op': ''}");
        Night night = shop.night("2026-03-04");
        assertThat(refine(night).note()).contains("shop.head no longer has day, worth");
        assertThat(lines(night))
                .containsExactly("[O1,2026-02-01,1234.50]", "[O2,2026-02-02,1234.50]", "[O3,2026-01-01,null]");
    }

    private static List<String> lines(Night night) {
        return NightFixture.sorted(
                night.lake().read("silver.sales_line").selectExpr("order_no", "order_date", "amount"));
    }

    private static void deliver(NightFixture shop, String date, String name, String mode, String... lines) {
        byte[] text = (String.join("\n", lines).replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8);
        shop.deliver(date, name, text, lines.length, mode);
    }
}
