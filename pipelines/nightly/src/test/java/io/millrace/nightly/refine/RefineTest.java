package io.millrace.nightly.refine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.Failure;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Three nights of a shop with everything in its files that can be wrong in a row, and what silver makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefineTest {

    private static final String SALES =
            "order_no,line_no,order_date,customer_code,product_code,site_code,quantity,unit_price,amount,status,discount\n";

    @TempDir
    private static Path home;

    /** Spark jobs of the first night's ingest and refine: more means a lost cache or a stray count. */
    private static final int MOST_JOBS = 42;

    private NightFixture shop;
    private Night first;
    private Stage.Outcome refined;
    private long firstJobs;

    @BeforeAll
    void firstNight() throws InterruptedException {
        TestLake.get();
        shop = new NightFixture(home);
        shop.deliver(
                "2026-03-01",
                "product.csv",
                text(
                        "product_code,name,list_price,cost_price,is_stocked",
                        "P1,Bolt,2.50,1.00,true",
                        "P2,Nut,1.00,0.40,true",
                        "P3,Washer,-1,0.10,true"),
                3,
                "full");
        shop.deliver(
                "2026-03-01",
                "customer.csv",
                text("customer_code,name,email", "C1,Ada,ada@example.com", "C2,Bob,", "C2,Bobby,"),
                3,
                "full");
        shop.deliver(
                "2026-03-01",
                "sales_line.csv",
                text(
                        SALES.strip(),
                        "O1,1,2026-02-20,C1,P1,A,3,2.50,7.50,done,",
                        "O1,1,2026-02-20,C1,P1,A,3,2.50,7.50,done,",
                        "O1,2,2026-02-20,C1,P2,A,-1,1.00,-1.00,done,",
                        "O2,1,2026-02-30,C1,P1,A,1,2.50,2.50,done,",
                        "O3,1,2026-02-21,C1,P1,A,many,2.50,2.50,done,",
                        "O4,1,2026-02-21,C1,,A,1,2.50,2.50,done,",
                        "O5,1,2026-02-21,C1,P1,A,1,2.50,2.50,lost,",
                        "O6,1,2026-02-21,C9,P1,A,1,2.50,2.50,done,5%",
                        "O7,1,2026-02-21,C1,P1,A",
                        "O8,1,2026-02-21,C1,P1,A,99999999,2.50,2.50,done,"),
                10,
                "delta");
        first = run("2026-03-01");
        // The listener is told a moment after the job.
        Thread.sleep(500);
        firstJobs = first.sparkJobs();
    }

    private static byte[] text(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private Night run(String date) {
        Night night = shop.night(date);
        NightFixture.ingest(night);
        refined = new RefineStage().run(night);
        return night;
    }

    private List<String> rows(Night night, String table, String... columns) {
        return NightFixture.sorted(night.lake().read(table).selectExpr(columns));
    }

    private Map<String, String> quarantine(Night night) {
        return night.lake().read("ops.quarantine").collectAsList().stream()
                .collect(Collectors.toMap(
                        r -> r.getAs("table_name") + ":" + r.getAs("line"),
                        r -> r.getAs("rule") + "|" + r.getAs("reason")));
    }

    private Extract extract(Night night, String table, String date) {
        return night.ledger().extracts().stream()
                .filter(e -> e.table().equals(table) && e.businessDate().equals(date))
                .max((a, b) -> Long.compare(a.delivery(), b.delivery()))
                .orElseThrow();
    }

    @Test
    @Order(1)
    void goodRowsGoOnBesideBadOnes() {
        assertThat(rows(first, "silver.sales_line", "concat(order_no, '/', line_no)", "quantity", "amount"))
                .containsExactly("[O1/1,3.000,7.50]", "[O1/2,-1.000,-1.00]", "[O6/1,1.000,2.50]");
    }

    @Test
    @Order(1)
    void itsSparkJobsDoNotGrowUnnoticed() {
        assertThat(firstJobs).isPositive().isLessThanOrEqualTo(MOST_JOBS);
    }

    @Test
    @Order(2)
    void eachBadRowIsInQuarantineWithItsRuleReasonAndLine() {
        Map<String, String> bad = quarantine(first);
        assertThat(bad.get("silver.sales_line:5")).startsWith("type|order_date: '2026-02-30' is no date");
        assertThat(bad.get("silver.sales_line:6")).startsWith("type|quantity: 'many' is no decimal(18,3)");
        assertThat(bad.get("silver.sales_line:7")).startsWith("product_code_complete|product_code is empty");
        assertThat(bad.get("silver.sales_line:8"))
                .startsWith("status_known|status must be one of open, done, cancelled: it is ");
        assertThat(bad.get("silver.sales_line:10")).startsWith("readable|");
        assertThat(bad.get("silver.sales_line:11")).startsWith("quantity_range|quantity must be from");
        assertThat(bad.get("silver.product:4")).startsWith("list_price_range|list_price must be at least 0: it is -1");
        assertThat(bad).hasSize(7);
    }

    @Test
    @Order(2)
    void aRowOfAnUnknownCustomerIsAcceptedWithAWarning() {
        assertThat(rows(first, "silver.sales_line", "order_no", "customer_code"))
                .contains("[O6,C9]");
        assertThat(refined.note()).isEqualTo("1 rows break a rule that only warns");
    }

    @Test
    @Order(3)
    void theDeliveredRowStandsBesideTheReason() {
        Row bad = first.lake().read("ops.quarantine").filter("line = 6").first();
        assertThat(bad.<String>getAs("raw")).contains("\"quantity\":\"many\"").contains("\"order_no\":\"O3\"");
        assertThat(bad.<String>getAs("file")).endsWith("sales_line.csv");
    }

    @Test
    @Order(4)
    void everyRowIsAccountedFor() {
        Extract sales = extract(first, "sales_line", "2026-03-01");
        assertThat(sales.rowsDelivered()).isEqualTo(10).isEqualTo(sales.rowsBronze());
        assertThat(List.of(sales.rowsSilver(), sales.rowsMerged(), sales.rowsQuarantined()))
                .containsExactly(3L, 1L, 6L);
        Extract customers = extract(first, "customer", "2026-03-01");
        assertThat(List.of(customers.rowsSilver(), customers.rowsMerged(), customers.rowsQuarantined()))
                .containsExactly(2L, 1L, 0L);
    }

    @Test
    @Order(5)
    void anUnknownColumnIsCarriedInBronze() {
        assertThat(rows(first, "bronze.shop_sales_line", "discount", "order_no"))
                .contains("[5%,O6]");
        assertThat(extract(first, "sales_line", "2026-03-01").drift()).isEqualTo("discount");
    }

    @Test
    @Order(6)
    void ofTwoRowsWithOneKeyTheLaterLineWins() {
        assertThat(rows(first, "silver.customer", "customer_code", "name")).containsExactly("[C1,Ada]", "[C2,Bobby]");
    }

    @Test
    @Order(7)
    void whatTheFirstDeliveryHoldsIsKnownSinceTheDayOfTheEvent() {
        assertThat(rows(first, "silver.sales_line", "concat(order_no, line_no)", "_known_on"))
                .contains("[O11,2026-02-20]");
    }

    @Test
    @Order(8)
    void aSecondNightUpdatesRemovesAndKeepsHistory() {
        shop.deliver(
                "2026-03-02",
                "customer.csv",
                text("customer_code,name,email", "C1,Ada Lovelace,ada@example.com"),
                1,
                "full");
        shop.deliver(
                "2026-03-02",
                "sales_line.csv",
                text(
                        SALES.strip(),
                        "O1,1,2026-02-20,C1,P1,A,2,2.50,5.00,done,",
                        "O9,1,2026-03-02,C1,P2,A,4,1.00,4.00,open,"),
                2,
                "delta");
        Night second = run("2026-03-02");

        assertThat(rows(
                        second,
                        "silver.customer",
                        "concat(customer_code, ' ', valid_from)",
                        "name",
                        "valid_to",
                        "is_current"))
                .containsExactly(
                        "[C1 2026-03-01,Ada,2026-03-02,false]",
                        "[C1 2026-03-02,Ada Lovelace,null,true]",
                        "[C2 2026-03-01,Bobby,2026-03-02,false]");
        assertThat(rows(second, "silver.sales_line", "concat(order_no, '/', line_no)", "quantity", "_known_on"))
                .containsExactly(
                        "[O1/1,2.000,2026-02-20]",
                        "[O1/2,-1.000,2026-02-20]",
                        "[O6/1,1.000,2026-02-21]",
                        "[O9/1,4.000,2026-03-02]");
    }

    @Test
    @Order(9)
    void aLateFileAddsWhatIsMissingAndOverridesNothingNewer() {
        shop.deliver(
                "2026-02-28",
                "sales_line.csv",
                text(
                        SALES.strip(),
                        "O1,1,2026-02-20,C1,P1,A,77,2.50,5.00,done,",
                        "O0,1,2026-02-27,C1,P2,A,9,1.00,9.00,done,"),
                2,
                "delta");
        Night third = run("2026-03-03");

        assertThat(rows(third, "silver.sales_line", "concat(order_no, '/', line_no)", "quantity"))
                .contains("[O0/1,9.000]", "[O1/1,2.000]");
    }

    @Test
    @Order(10)
    void aCorrectedFileOfTheSameDateWins() {
        shop.deliver(
                "2026-03-02",
                "sales_line.corrected.csv",
                text(SALES.strip(), "O9,1,2026-03-02,C1,P2,A,40,1.00,40.00,open,"),
                1,
                "delta");
        Night again = run("2026-03-04");

        assertThat(rows(again, "silver.sales_line", "concat(order_no, '/', line_no)", "quantity"))
                .contains("[O9/1,40.000]");
    }

    @Test
    @Order(11)
    void aPartOfAFullDeliveryThatComesAnewLeavesWhatTheOtherPartsHold() {
        String columns = "product_code,name,list_price,cost_price,is_stocked";
        shop.deliver("2026-03-05", "product.1.csv", text(columns, "P1,Bolt,,,", "P2,Nut,,,"), 2, "full");
        shop.deliver("2026-03-05", "product.2.csv", text(columns, "P4,Screw,,,", "P5,Nail,,,"), 2, "full");
        assertThat(currentProducts(run("2026-03-05")))
                .containsExactly("[P1,Bolt]", "[P2,Nut]", "[P4,Screw]", "[P5,Nail]");

        shop.deliver("2026-03-05", "product.2.csv", text(columns, "P4,Wood screw,,,"), 1, "full");
        Night again = run("2026-03-05");

        assertThat(currentProducts(again)).containsExactly("[P1,Bolt]", "[P2,Nut]", "[P4,Wood screw]");
        Extract part = extract(again, "product", "2026-03-05");
        assertThat(List.of(part.rowsBronze(), part.rowsSilver(), part.rowsMerged(), part.rowsQuarantined()))
                .containsExactly(1L, 0L, 1L, 0L);
    }

    private List<String> currentProducts(Night night) {
        return NightFixture.sorted(
                night.lake().read("silver.product").filter("is_current").selectExpr("product_code", "name"));
    }

    @Test
    @Order(12)
    void nothingNewCommitsNothing() {
        Night night = shop.night("2026-03-05");
        long version = night.versions().latest("silver.sales_line");
        NightFixture.ingest(night);
        new RefineStage().run(night);
        assertThat(night.versions().latest("silver.sales_line")).isEqualTo(version);
        assertThat(night.hasSession()).isFalse();
    }

    @Test
    @Order(13)
    void aRowInQuarantineIsNotMissingFromAFullDelivery() {
        String columns = "customer_code,name,email,is_active";
        shop.deliver(
                "2026-03-06",
                "customer.csv",
                text(columns, "C1,Ada,,true", "C2,Bob,,true", "C3,Cem,,true", "C4,Dee,,true"),
                4,
                "full");
        assertThat(currentCustomers(run("2026-03-06"))).containsExactly("[C1,Ada]", "[C2,Bob]", "[C3,Cem]", "[C4,Dee]");

        // C2's state is bad and C3 is gone: the one stays as it was, the other ends.
        shop.deliver(
                "2026-03-07",
                "customer.csv",
                text(columns, "C1,Ada,,true", "C2,Bobby,,maybe", "C4,Dee,,true"),
                3,
                "full");
        assertThat(currentCustomers(run("2026-03-07"))).containsExactly("[C1,Ada]", "[C2,Bob]", "[C4,Dee]");
        assertThat(refined.note()).doesNotContain("nothing was removed");

        // Nobody knows whose the unreadable line is: it may be C2's, or C4's.
        shop.deliver("2026-03-08", "customer.csv", text(columns, "C1,Ada,,true", "C2,Bob,by,,true"), 2, "full");
        assertThat(currentCustomers(run("2026-03-08"))).containsExactly("[C1,Ada]", "[C2,Bob]", "[C4,Dee]");
        assertThat(refined.note()).contains("nothing was removed from silver.customer");
    }

    @Test
    @Order(14)
    void aRowInQuarantineIsNotMissingEitherWhereAnotherPartComesAnew() {
        String columns = "customer_code,name,email,is_active";
        shop.deliver("2026-03-09", "customer.1.csv", text(columns, "C1,Ada,,true", "C2,Bobby,,maybe"), 2, "full");
        shop.deliver("2026-03-09", "customer.2.csv", text(columns, "C4,Dee,,true", "C5,Eve,,true"), 2, "full");
        assertThat(currentCustomers(run("2026-03-09"))).containsExactly("[C1,Ada]", "[C2,Bob]", "[C4,Dee]", "[C5,Eve]");

        shop.deliver("2026-03-09", "customer.2.csv", text(columns, "C4,Dee,,true"), 1, "full");
        assertThat(currentCustomers(run("2026-03-09"))).containsExactly("[C1,Ada]", "[C2,Bob]", "[C4,Dee]");
    }

    @Test
    @Order(15)
    void aFullDeliveryThatTakesAwayTooMuchIsHeldUntilSomebodySaysSo() {
        String suppliers = "supplier_code,name";
        shop.deliver("2026-03-10", "supplier.csv", text(suppliers, "S1,Ada", "S2,Bob", "S3,Cem", "S4,Dee"), 4, "full");
        run("2026-03-10");
        shop.deliver("2026-03-11", "supplier.csv", text(suppliers), 0, "full");
        shop.deliver(
                "2026-03-11",
                "customer.csv",
                text("customer_code,name,email,is_active", "C1,Ada L,,true", "C2,Bob,,true", "C4,Dee,,true"),
                3,
                "full");
        Night held = run("2026-03-11");

        assertThat(currentSuppliers(held)).hasSize(4);
        assertThat(currentCustomers(held)).as("the others go on").contains("[C1,Ada L]");
        Stage.Refused refused = refined.refused().orElseThrow();
        assertThat(refused.tables()).containsExactly("silver.supplier");
        assertThat(refused.why().kind()).isEqualTo(Failure.Kind.DATA);
        assertThat(refused.why())
                .hasMessageContaining("shop.supplier no longer holds 4 of the 4 keys")
                .hasMessageContaining("--accept-volume shop.supplier");
        assertThat(extract(held, "supplier", "2026-03-11").state()).isEqualTo(Extract.State.LANDED);

        // What is said the next day holds, and what was held before takes nothing away any more.
        shop.deliver("2026-03-12", "supplier.csv", text(suppliers, "S1,Ada", "S2,Bob", "S3,Cem"), 3, "full");
        Night next = run("2026-03-12");
        assertThat(refined.refused()).isEmpty();
        assertThat(currentSuppliers(next)).containsExactly("[S1]", "[S2]", "[S3]");

        shop.deliver("2026-03-13", "supplier.csv", text(suppliers, "S9,Zoe"), 1, "full");
        run("2026-03-13");
        assertThat(refined.refused().orElseThrow().why()).hasMessageContaining("3 of the 3 keys");
        NightFixture asked = new NightFixture(home, "sources.shop.volume.accept=supplier");
        Night accepted = asked.night("2026-03-13");
        refined = new RefineStage().run(accepted);
        assertThat(refined.refused()).isEmpty();
        assertThat(currentSuppliers(accepted)).containsExactly("[S9]");
    }

    /** Unchanged rows and deletions leave no mark in a table; a file that comes late meets them all the same. */
    @Test
    @Order(16)
    void aLateFileRevivesNothingAndOverridesNothingThatDidNotChange() {
        String sites = "site_code,name";
        String terms = "supplier_code,product_code,unit_price";
        shop.deliver("2026-04-01", "site.csv", text(sites, "A,Aachen", "B,Bonn", "C,Celle"), 3, "full");
        shop.deliver("2026-04-01", "supplier_product.csv", text(terms, "S9,P1,1", "S9,P2,2", "S9,P4,4"), 3, "full");
        run("2026-04-01");
        // Nothing changes but that C and the terms of P4 are gone.
        shop.deliver("2026-04-03", "site.csv", text(sites, "A,Aachen", "B,Bonn"), 2, "full");
        shop.deliver("2026-04-03", "supplier_product.csv", text(terms, "S9,P1,1", "S9,P2,2"), 2, "full");
        run("2026-04-03");

        shop.deliver("2026-04-02", "site.csv", text(sites, "A,Aix", "B,Bonn", "C,Celle", "D,Dorf"), 4, "full");
        shop.deliver(
                "2026-04-02",
                "supplier_product.csv",
                text(terms, "S9,P1,77", "S9,P2,2", "S9,P4,4", "S9,P5,5"),
                4,
                "full");
        Night late = run("2026-04-04");

        assertThat(rows(late, "silver.supplier_product", "product_code", "unit_price"))
                .containsExactly("[P1,1.0000]", "[P2,2.0000]");
        assertThat(rows(late, "silver.site", "site_code", "name", "valid_from", "valid_to"))
                .filteredOn(row -> row.contains(",2026-04-"))
                .containsExactly(
                        "[A,Aachen,2026-04-01,2026-04-02]",
                        "[A,Aachen,2026-04-03,null]",
                        "[A,Aix,2026-04-02,2026-04-03]",
                        "[B,Bonn,2026-04-01,null]",
                        "[C,Celle,2026-04-01,2026-04-03]",
                        "[D,Dorf,2026-04-02,2026-04-03]");
        Extract terms2 = extract(late, "supplier_product", "2026-04-02");
        assertThat(List.of(terms2.rowsBronze(), terms2.rowsSilver(), terms2.rowsMerged(), terms2.rowsQuarantined()))
                .containsExactly(4L, 0L, 4L, 0L);
    }

    private List<String> currentSuppliers(Night night) {
        return NightFixture.sorted(
                night.lake().read("silver.supplier").filter("is_current").select("supplier_code"));
    }

    private List<String> currentCustomers(Night night) {
        return NightFixture.sorted(
                night.lake().read("silver.customer").filter("is_current").selectExpr("customer_code", "name"));
    }
}
