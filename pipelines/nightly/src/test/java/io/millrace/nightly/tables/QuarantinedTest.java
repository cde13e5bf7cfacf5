package io.millrace.nightly.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.decide.DecideStage;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.reorder.Reorder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantinedTest {

    @TempDir
    private Path home;

    private NightFixture shop;

    private void deliver(String date, String name, String mode, String... lines) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        shop.deliver(date, name, text, lines.length - 1, mode);
    }

    /** What stands in quarantine on a date of what an order rests on, as table, product, site and sentence. */
    private List<String> quarantined(String date) {
        Night night = shop.refined(date);
        try (NightTables in = NightTables.of(night, new DecideStage(new Reorder()))) {
            return in.quarantined(List.of("silver.stock_level", "silver.supplier_product")).stream()
                    .map(q -> "%s at %s: %s"
                            .formatted(
                                    q.code("product_code").orElse("?"),
                                    q.code("site_code").orElse("any"),
                                    q.sentence()))
                    .toList();
        }
    }

    @Test
    void aRowStandsUntilALaterDeliveryTellsOfItsEntity() {
        TestLake.get();
        shop = new NightFixture(home);
        String stock = "product_code,site_code,snapshot_date,on_hand";
        String terms = "supplier_code,product_code,lead_time_days,unit_price";
        deliver("2026-03-01", "stock_level.csv", "full", stock, "P1,A,2026-03-01,5", "P2,A,2026-03-01,many");
        deliver(
                "2026-03-01",
                "supplier_product.csv",
                "delta",
                terms,
                "S,P1,5,2.00",
                "S,P3,soon,2.00",
                "S,P4,soon,2.00");
        String p2 = "P2 at A: stock_level.csv line 3 of silver.stock_level: on_hand: 'many' is no decimal(18,3)";
        String p3 =
                "P3 at any: supplier_product.csv line 3 of silver.supplier_product: lead_time_days: 'soon' is no double";
        String p4 =
                "P4 at any: supplier_product.csv line 4 of silver.supplier_product: lead_time_days: 'soon' is no double";
        assertThat(quarantined("2026-03-01")).containsExactly(p2, p3, p4);

        // Only changes of the terms come: P4 is mended, and of P3 nobody has heard.
        deliver("2026-03-02", "supplier_product.csv", "delta", terms, "S,P1,6,2.00", "S,P4,4,2.00");
        assertThat(quarantined("2026-03-02")).containsExactly(p2, p3);

        deliver("2026-03-03", "stock_level.csv", "full", stock, "P1,A,2026-03-03,4", "P2,A,2026-03-03,9");
        assertThat(quarantined("2026-03-03")).containsExactly(p3);
        Night third = shop.night("2026-03-03");
        try (NightTables in = NightTables.of(third, new DecideStage(new Reorder()))) {
            assertThat(in.deliveredUntil("silver.supplier_product"))
                    .as("of the third nothing is known")
                    .isEqualTo("2026-03-02");
            assertThat(in.deliveredUntil("silver.stock_level")).isEqualTo("2026-03-03");
            assertThat(in.deliveredUntil("silver.purchase_line"))
                    .as("never delivered")
                    .isEqualTo("2026-03-03");
        }

        assertThat(quarantined("2026-03-02")).as("as it was then").containsExactly(p2, p3);
    }
}
