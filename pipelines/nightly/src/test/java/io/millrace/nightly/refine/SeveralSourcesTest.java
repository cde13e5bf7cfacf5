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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No source overwrites what another one says of the same customer, product or price. */
class SeveralSourcesTest {

    private static final String CUSTOMERS = "customer_code,name,email,phone,is_opted_out,is_active\n";

    @TempDir
    private Path home;

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    private NightFixture shops(String name, String... sets) {
        String drop = home.resolve(name).resolve("drop").toString();
        List<String> all = new java.util.ArrayList<>(List.of("sources.web.system=csv", "sources.web.drop=" + drop));
        all.addAll(List.of(sets));
        return new NightFixture(home.resolve(name), all.toArray(String[]::new));
    }

    private static void deliver(
            NightFixture shops, String source, String date, String table, String text, String mode) {
        long rows = text.lines().count() - 1;
        shops.deliver(source, date, table + ".csv", text.getBytes(StandardCharsets.UTF_8), rows, mode);
    }

    private static List<String> customers(Night night) {
        return NightFixture.sorted(night.lake()
                .read("silver.customer")
                .selectExpr(
                        "customer_code",
                        "name",
                        "email",
                        "phone",
                        "is_opted_out",
                        "is_active",
                        "source",
                        "valid_from",
                        "valid_to"));
    }

    @Test
    void ofTheSameDayEachAttributeIsWhatTheFirstSourceSaysThatSaysAnything() {
        NightFixture shops = shops("day");
        deliver(
                shops,
                "web",
                "2026-03-01",
                "customer",
                CUSTOMERS + "C1,A. L.,a@web.org,2,,\nC2,B.,b@web.org,,true,\nC3,Cem,,,,\n",
                "full");
        shops.refined("2026-03-01");
        deliver(
                shops,
                "shop",
                "2026-03-01",
                "customer",
                CUSTOMERS + "C1,Ada,,1,true,true\nC2,Bob,b@shop.org,,false,true\n",
                "full");
        assertThat(customers(shops.refined("2026-03-01")))
                .containsExactly(
                        "[C1,Ada,a@web.org,1,true,true,shop,2026-03-01,null]",
                        "[C2,Bob,b@shop.org,null,true,true,shop,2026-03-01,null]",
                        "[C3,Cem,null,null,null,null,web,2026-03-01,null]");

        // The configuration says otherwise, but for who opted out.
        NightFixture other = shops("day", "precedence.customer.all=web", "precedence.customer.phone=shop");
        NightFixture.run(other.night("2026-03-01"), new RefineStage());
        assertThat(customers(other.night("2026-03-01")))
                .containsExactly(
                        "[C1,A. L.,a@web.org,1,true,true,web,2026-03-01,null]",
                        "[C2,B.,b@web.org,null,true,true,web,2026-03-01,null]",
                        "[C3,Cem,null,null,null,null,web,2026-03-01,null]");
    }

    @Test
    void whatASourceTakesBackOrLosesIsItsOwn() {
        NightFixture shops = shops("own");
        deliver(
                shops,
                "shop",
                "2026-03-01",
                "customer",
                CUSTOMERS
                        + "C1,Ada,,1,false,true\nC2,Bob,,,false,true\nC3,Cem,,,false,true\nC4,Dee,,,false,true\nC5,Eve,,,false,true\n",
                "full");
        deliver(shops, "web", "2026-03-02", "customer", CUSTOMERS + "C1,A.,a@web.org,,true,\n", "delta");
        shops.refined("2026-03-02");
        deliver(
                shops,
                "shop",
                "2026-03-03",
                "customer",
                CUSTOMERS + "C2,Bob,,,false,true\nC3,Cem,,,false,true\nC4,Dee,,,false,true\nC5,Eve,,,false,true\n",
                "full");
        deliver(shops, "web", "2026-03-04", "customer", CUSTOMERS + "C1,A.,new@web.org,,false,\n", "delta");

        assertThat(customers(shops.refined("2026-03-04")))
                .filteredOn(row -> row.startsWith("[C1"))
                .containsExactly(
                        "[C1,A.,a@web.org,null,true,null,web,2026-03-03,2026-03-04]",
                        "[C1,A.,new@web.org,null,false,null,web,2026-03-04,null]",
                        "[C1,Ada,a@web.org,1,true,true,shop,2026-03-02,2026-03-03]",
                        "[C1,Ada,null,1,false,true,shop,2026-03-01,2026-03-02]");
    }

    @Test
    void aSecondSourceFindsWhatTheFirstOneHasSaidSoFarAndTheMappingOfEachGivesTheSameAgain() {
        NightFixture shops = shops("later");
        String terms = "supplier_code,product_code,lead_time_days,unit_price,currency\n";
        deliver(shops, "shop", "2026-03-01", "supplier_product", terms + "S1,P1,7,10,EUR\nS1,P2,7,20,EUR\n", "full");
        shops.refined("2026-03-01");
        deliver(shops, "web", "2026-03-02", "supplier_product", terms + "S1,P1,,11,EUR\nS2,P1,3,12,EUR\n", "delta");
        Night second = shops.refined("2026-03-02");
        List<String> wanted =
                List.of("[S1,P1,7.0,10.0000,shop]", "[S1,P2,7.0,20.0000,shop]", "[S2,P1,3.0,12.0000,web]");
        assertThat(terms(second)).isEqualTo(wanted);
        assertThat(second.ledger().extracts())
                .allSatisfy(e -> assertThat(e.rowsSilver() + e.rowsMerged() + e.rowsQuarantined())
                        .isEqualTo(e.rowsBronze()));

        RemapStage again = RemapStage.remap("shop", null);
        again.look(shops.night("2026-03-02"));
        assertThat(again.report()).isEmpty();
        NightFixture.run(shops.night("2026-03-02"), RemapStage.remap("shop", null), RemapStage.remap("web", null));
        assertThat(terms(shops.night("2026-03-02"))).isEqualTo(wanted);
    }

    private static List<String> terms(Night night) {
        return NightFixture.sorted(night.lake()
                .read("silver.supplier_product")
                .selectExpr("supplier_code", "product_code", "lead_time_days", "unit_price", "source"));
    }

    @Test
    void anOrderOfWhatIsNotThereIsRefused() {
        assertThatThrownBy(() -> shops("wrong", "precedence.customer.emial=shop", "precedence.customer.all=wep")
                        .night("2026-03-01"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'emial'")
                .hasMessageContaining("'wep'");
    }
}
