package io.millrace.nightly.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.nightly.NightFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source of files that has gone silent. Nothing is new in these nights, so none of them starts Spark. */
class StaleSourceTest {

    @TempDir
    private Path home;

    private NightFixture deliveredOn(String date, String... sets) {
        NightFixture shop = new NightFixture(home, sets);
        shop.deliver(date, "site.csv", "site_code\nA\n");
        Taken.land(shop, date);
        return shop;
    }

    private static void ingest(NightFixture shop, String date) {
        NightFixture.ingest(shop.night(date));
    }

    @Test
    void aNightIsRefusedWhereTheNewestDeliveryIsTooOld() {
        NightFixture shop = deliveredOn("2026-03-01");

        assertThatCode(() -> ingest(shop, "2026-03-08")).doesNotThrowAnyException();
        assertThatThrownBy(() -> ingest(shop, "2026-03-09"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("source shop is of 2026-03-01")
                .hasMessageContaining("sources.shop.stale-after");
    }

    @Test
    void howOldIsConfigured() {
        NightFixture shop = deliveredOn("2026-03-01", "sources.shop.stale-after=31d");

        assertThatCode(() -> ingest(shop, "2026-03-31")).doesNotThrowAnyException();
    }

    @Test
    void aSourceThatNeverDeliveredIsNotStale() {
        NightFixture shop = new NightFixture(home);

        assertThatCode(() -> ingest(shop, "2026-03-31")).doesNotThrowAnyException();
    }
}
