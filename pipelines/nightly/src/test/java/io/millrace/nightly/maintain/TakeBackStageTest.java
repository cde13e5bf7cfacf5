package io.millrace.nightly.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.features.FeaturesStage;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mistyped year must not be for ever. */
class TakeBackStageTest {

    private static final String FUTURE = "2099-01-01";

    private static final String PRODUCTS = "product_code,name,list_price";

    @TempDir
    private Path home;

    private static void full(NightFixture shop, String date, String... lines) {
        byte[] text = (PRODUCTS + "\n" + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        shop.deliver(date, "product.csv", text, lines.length, "full");
    }

    private static void sales(NightFixture shop, String date, String... lines) {
        shop.deliver(
                date,
                "sales_line.csv",
                "order_no,line_no,order_date,product_code,quantity,status,customer_code\n" + String.join("\n", lines)
                        + "\n");
    }

    private static List<String> rows(Night night, String table, String... columns) {
        return NightFixture.sorted(night.lake().read(table).selectExpr(columns));
    }

    @Test
    void theNextNightsAreAsIfTheOneOfTheFutureHadNeverBeen() {
        TestLake.get();
        NightFixture shop = new NightFixture(home, "sources.shop.volume.most-removed=0.9");
        full(shop, "2026-03-01", "P1,Bolt,1", "P2,Nut,2", "P3,Pin,3");
        sales(shop, "2026-03-01", "O1,1,2026-03-01,P1,1,open,K1", "O2,1,2026-03-01,P2,1,open,K1");
        shop.refined("2026-03-01");

        // Somebody mistypes the date of the second night, which takes in what has come by then and what has not.
        sales(shop, "2026-03-02", "O3,1,2026-03-02,P1,5,open,K1");
        full(shop, FUTURE, "P1,Bolt of the future,9", "P4,Rod,4", "P5,no price,x");
        sales(shop, FUTURE, "O1,1,2026-03-01,P1,1,cancelled,K1", "O9,1,2099-01-01,P1,7,open,K1");
        Night mistyped = shop.refined(FUTURE);
        NightFixture.run(mistyped, new FeaturesStage(mistyped.views().get("customer_behaviour")));
        assertThat(rows(mistyped, "features.customer_behaviour", "customer_code"))
                .hasSize(1);

        LocalDate from = LocalDate.parse(FUTURE);
        LocalDate before = TakeBackStage.before(mistyped.ledger(), from).orElseThrow();
        assertThat(before)
                .as("rows of a date that has come were taken in by the mistyped night")
                .isEqualTo("2026-03-02");
        TakeBackStage stage = new TakeBackStage(from);
        NightFixture.run(shop.night(before.toString()), stage);
        assertThat(stage.report())
                .contains("shop.product: 3 rows of " + FUTURE, "shop.sales_line: 2 rows of " + FUTURE);

        full(shop, "2026-03-02", "P1,Bolt M8,1", "P2,Nut,2", "P3,Pin,3");
        Night next = shop.refined("2026-03-02");
        assertThat(rows(next, "silver.product", "product_code", "name", "list_price", "valid_from", "valid_to"))
                .containsExactly(
                        "[P1,Bolt M8,1.0000,2026-03-02,null]",
                        "[P1,Bolt,1.0000,2026-03-01,2026-03-02]",
                        "[P2,Nut,2.0000,2026-03-01,null]",
                        "[P3,Pin,3.0000,2026-03-01,null]");
        assertThat(rows(next, "silver.sales_line", "order_no", "quantity", "status", "_business_date", "_known_on"))
                .containsExactly(
                        "[O1,1.000,open,2026-03-01,2026-03-01]",
                        "[O2,1.000,open,2026-03-01,2026-03-01]",
                        "[O3,5.000,open,2026-03-02,2026-03-02]");
        assertThat(rows(next, "bronze.shop_product", "_business_date"))
                .hasSize(6)
                .doesNotContain("[" + FUTURE + "]");
        assertThat(rows(next, "features.customer_behaviour", "customer_code")).isEmpty();
        assertThat(rows(next, "ops.quarantine", "reason")).isEmpty();
        assertThat(next.ledger().extracts())
                .filteredOn(e -> e.businessDate().equals(FUTURE))
                .hasSize(2)
                .allMatch(e -> e.state() == Extract.State.REFUSED && e.reason().startsWith("taken back"));
        assertThat(next.ledger().extracts())
                .filteredOn(e -> e.state() == Extract.State.REFINED)
                .allMatch(e -> e.rowsBronze() == e.rowsSilver() + e.rowsMerged() + e.rowsQuarantined());
    }
}
