package io.millrace.nightly.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.tables.NightTables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody becomes contactable because something is missing. */
class ConsentTest {

    private static final String ALL = "customer_code,name,is_opted_out,is_active,replaced_by\n";

    @TempDir
    private Path home;

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    private Night deliver(NightFixture shop, String date, String text, String mode) {
        long rows = text.lines().count() - 1;
        shop.deliver(date, "customer.csv", text.getBytes(StandardCharsets.UTF_8), rows, mode);
        return shop.refined(date);
    }

    private static List<String> consent(Night night) {
        try (NightTables in =
                NightTables.latest(night.lake(), night.date(), List.of("silver.customer", Consent.OF_EACH_SOURCE))) {
            return NightFixture.sorted(Consent.of(in));
        }
    }

    @Test
    void whatIsNotKnownIsANo() {
        NightFixture shop = new NightFixture(home, "sources.shop.volume.accept=[customer]");
        assertThat(consent(deliver(
                        shop,
                        "2026-03-01",
                        ALL
                                + "C1,Ada,true,true,\nC2,Bob,false,true,\nC3,Cem,,true,\nC4,Dee,false,,\nC5,Eve,false,false,\nC6,Fay,false,true,C2\n",
                        "full")))
                .containsExactly(
                        "[C1,true,false]",
                        "[C2,false,false]",
                        "[C3,false,true]",
                        "[C4,false,true]",
                        "[C5,true,false]",
                        "[C6,true,false]");

        // Rows that no longer say: who refused did refuse, and of whoever had agreed it is not known any more.
        assertThat(consent(deliver(shop, "2026-03-02", "customer_code,name\nC1,Ada L\nC2,Bob B\n", "delta")))
                .contains("[C1,true,true]", "[C2,false,true]");

        // Taken back by the source that told of it.
        assertThat(consent(deliver(shop, "2026-03-03", ALL + "C1,Ada L,false,true,\n", "delta")))
                .contains("[C1,false,false]");

        // The column was renamed: nothing is told of anybody.
        Night renamed = deliver(
                shop,
                "2026-03-04",
                "customer_code,name,opted_out,is_active\nC1,Ada,1,true\nC2,Bob,0,true\nC3,Cem,0,true\nC4,Dee,0,true\nC5,Eve,0,true\nC6,Fay,0,true\n",
                "full");
        assertThatThrownBy(() -> consent(renamed))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("is_opted_out of silver.customer was delivered before");
    }

    @Test
    void anOptOutLastsUntilItsOwnSourceTakesItBack() {
        NightFixture shops = new NightFixture(
                home,
                "sources.web.system=csv",
                "sources.web.drop=" + home.resolve("drop"),
                "sources.web.volume.accept=[customer]");
        // The shop, whose word counts first, does not know of it, on the same day and later.
        web(shops, "2026-03-01", ALL + "C1,A.,true,true,\nC2,B.,true,true,\n");
        assertThat(consent(deliver(shops, "2026-03-01", ALL + "C1,Ada,false,true,\nC2,Bob,false,true,\n", "full")))
                .containsExactly("[C1,true,false]", "[C2,true,false]");
        assertThat(consent(deliver(shops, "2026-03-02", ALL + "C1,Ada L,false,true,\nC2,Bob B,,true,\n", "full")))
                .containsExactly("[C1,true,false]", "[C2,true,false]");
        web(shops, "2026-03-03", "customer_code,name\nC2,B. B.\n");
        web(shops, "2026-03-03.b", ALL + "C1,A.,false,true,\n");
        assertThat(consent(shops.refined("2026-03-03"))).containsExactly("[C1,false,false]", "[C2,true,true]");
    }

    private static void web(NightFixture shops, String date, String text) {
        shops.deliver(
                "web",
                date.substring(0, 10),
                "customer" + date.substring(10) + ".csv",
                text.getBytes(StandardCharsets.UTF_8),
                text.lines().count() - 1,
                "delta");
    }

    @Test
    void whereNobodyEverSaidOptOutsAreNotKept() {
        NightFixture shop = new NightFixture(home);
        assertThat(consent(deliver(shop, "2026-03-01", "customer_code,name\nC1,Ada\nC2,Bob\n", "full")))
                .containsExactly("[C1,false,false]", "[C2,false,false]");
    }
}
