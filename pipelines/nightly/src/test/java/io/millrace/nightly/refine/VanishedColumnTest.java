package io.millrace.nightly.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Night;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column that is not there says nothing; it does not say that there is nothing. */
class VanishedColumnTest {

    @TempDir
    private Path home;

    private void deliver(NightFixture shop, String date, String text) {
        shop.deliver(
                date,
                "product.csv",
                text.getBytes(StandardCharsets.UTF_8),
                text.lines().count() - 1,
                "full");
    }

    private static List<String> prices(Night night) {
        return NightFixture.sorted(
                night.lake().read("silver.product").filter("is_current").select("product_code", "name", "list_price"));
    }

    @Test
    void aColumnThatIsMisspelledEmptiesNothingUntilSomebodySaysSoAndOneThatIsLeftOutIsToldOf() {
        TestLake.get();
        NightFixture shop = new NightFixture(home);
        String good = "product_code,name,list_price\nP1,Cup,2.50\nP2,Plate,3\n";
        deliver(shop, "2026-03-01", good);
        shop.refined("2026-03-01");
        String misspelled = good.replace("list_price", "list_prize").replace("Cup", "Mug");
        deliver(shop, "2026-03-02", misspelled);

        assertThatThrownBy(() -> shop.refined("2026-03-02"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("shop.product has no column list_price any more, which its delivery before had,"
                        + " and has list_prize, which nobody knows")
                .hasMessageContaining("--accept-volume shop.product");
        assertThat(prices(shop.night("2026-03-02"))).containsExactly("[P1,Cup,2.5000]", "[P2,Plate,3.0000]");

        // It comes anew with its column.
        deliver(
                shop,
                "2026-03-02",
                misspelled.replace("list_prize", "list_price").replace("2.50", "2.60"));
        assertThat(prices(shop.refined("2026-03-02"))).containsExactly("[P1,Mug,2.6000]", "[P2,Plate,3.0000]");

        // It has another name indeed, which has to be said once.
        deliver(shop, "2026-03-03", misspelled);
        NightFixture asked = new NightFixture(home, "sources.shop.volume.accept=[product]");
        assertThat(prices(asked.refined("2026-03-03"))).containsExactly("[P1,Mug,null]", "[P2,Plate,null]");
        deliver(shop, "2026-03-04", misspelled + "P3,Fork,1\n");
        assertThat(prices(shop.refined("2026-03-04"))).hasSize(3);

        // One that is left out is told of.
        deliver(shop, "2026-03-05", "product_code\nP1\nP2\nP3\n");
        Night last = shop.night("2026-03-05");
        NightFixture.ingest(last);
        assertThat(new RefineStage().run(last).note()).contains("shop.product has no column name any more");
    }
}
