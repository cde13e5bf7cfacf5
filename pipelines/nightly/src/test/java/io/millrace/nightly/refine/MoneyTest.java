package io.millrace.nightly.refine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.Failure;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sum of amounts means something: ten euros and ten thousand yen are not 10,010. */
class MoneyTest {

    private static final String DAY = "2026-03-01";

    private static final String LINES =
            "order_no,line_no,order_date,product_code,quantity,unit_price,amount,currency\n";

    @TempDir
    private Path home;

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    private static Stage.Outcome refine(Night night) {
        NightFixture.ingest(night);
        return new RefineStage().run(night);
    }

    private static List<String> amounts(Night night) {
        return NightFixture.sorted(
                night.lake().read("silver.sales_line").selectExpr("order_no", "unit_price", "amount", "currency"));
    }

    private static List<String> quarantine(Night night) {
        return NightFixture.sorted(night.lake()
                .read("ops.quarantine")
                .filter("redriven_on IS NULL")
                .selectExpr("line", "rule", "reason"));
    }

    @Test
    void whatIsInAnotherCurrencyIsConvertedByTheRateOfItsDayOrQuarantined() {
        NightFixture shop = new NightFixture(home, "currency=EUR", "sources.shop.volume.most-bad=1");
        shop.deliver(
                DAY,
                "exchange_rate.csv",
                "from_currency,to_currency,rate_date,rate\nJPY,EUR,2026-01-01,0.0061\nJPY,EUR,2026-02-01,0.0060\nEUR,JPY,2026-02-01,200\nEUR,USD,2026-02-10,1.25\nUSD,JPY,2026-01-01,150\nCHF,EUR,2026-02-01,0\nKWD,EUR,2026-02-01,2.8\n");
        shop.deliver(
                DAY,
                "sales_line.csv",
                LINES
                        + "O1,1,2026-02-15,P1,1,10,10,EUR\n" // the company's own
                        + "O2,1,2026-01-31,P1,2,5000,10000,JPY\n" // the rate of January
                        + "O3,1,2026-02-01,P1,2,5000,10000,jpy \n" // that of February, not the reciprocal of the other
                        // direction
                        + "O4,1,2026-02-10,P1,1,125,125,USD\n" // the reciprocal
                        + "O5,1,2026-02-09,P1,1,125,125,USD\n" // a day too early
                        + "O6,1,2026-02-10,P1,1,7,7,CHF\n" // its rate is no rate
                        + "O7,1,2026-02-10,P1,1,7,7,\n" // not said: the company's
                        + "O8,1,2026-02-10,P1,1,99999999999999,9999999999999999,KWD\n");
        Night night = shop.night(DAY);
        Stage.Outcome outcome = refine(night);

        assertThat(outcome.refused()).isEmpty();
        assertThat(amounts(night))
                .containsExactly(
                        "[O1,10.0000,10.00,EUR]",
                        "[O2,30.5000,61.00,EUR]",
                        "[O3,30.0000,60.00,EUR]",
                        "[O4,100.0000,100.00,EUR]",
                        "[O7,7.0000,7.00,null]");
        assertThat(quarantine(night))
                .containsExactly(
                        "[6,currency_known,currency: 'USD' of 2026-02-09 has no rate to EUR in silver.exchange_rate]",
                        "[7,currency_known,currency: 'CHF' of 2026-02-10 has no rate to EUR in silver.exchange_rate]",
                        "[7,rate_positive,A rate is more than nothing: it is 0E-12]",
                        "[9,currency_known,currency: an amount in KWD is too large in EUR]");

        // Rates that come later give the rows another chance.
        shop.deliver(
                "2026-03-02",
                "exchange_rate.csv",
                "from_currency,to_currency,rate_date,rate\nEUR,USD,2026-02-09,1.20\nCHF,EUR,2026-02-01,1.05\n");
        Night next = shop.night("2026-03-02");
        refine(next);
        RemapStage redrive = RemapStage.redrive("silver.sales_line", "currency_known", null);
        redrive.run(next);
        assertThat(amounts(next))
                .contains("[O5,104.1667,104.17,EUR]", "[O6,7.3500,7.35,EUR]")
                .hasSize(7);
        assertThat(quarantine(next))
                .filteredOn(q -> q.contains("currency_known"))
                .containsExactly("[9,currency_known,currency: an amount in KWD is too large in EUR]");
    }

    @Test
    void withoutACurrencyOfTheCompanyAmountsAreInOneOrNothingIsDecidedOnThem() {
        NightFixture shop = new NightFixture(home);
        shop.deliver(DAY, "sales_line.csv", LINES + "O1,1,2026-02-15,P1,1,10,10,EUR\n");
        shop.deliver(DAY, "product.csv", "product_code,name,cost_price,currency\nP1,Bolt,4,EUR\n");
        assertThat(refine(shop.night(DAY)).refused()).isEmpty();

        shop.deliver("2026-03-02", "sales_line.csv", LINES + "O2,1,2026-02-16,P1,1,10000,10000,JPY\n");
        Night mixed = shop.night("2026-03-02");
        Stage.Refused refused = refine(mixed).refused().orElseThrow();
        assertThat(refused.why().kind()).isEqualTo(Failure.Kind.DATA);
        assertThat(refused.why())
                .hasMessageContaining("silver.product: EUR; silver.sales_line: EUR, JPY")
                .hasMessageContaining("set `currency`");
        assertThat(refused.tables()).containsExactlyInAnyOrder("silver.product", "silver.sales_line");
        assertThat(amounts(mixed)).as("nothing is lost meanwhile").hasSize(2);
        assertThat(refine(shop.night("2026-03-03")).refused())
                .as("a night without news knows it still")
                .isPresent();

        // A correction ends it; the same again begins it anew.
        shop.deliver("2026-03-03", "sales_line.csv", LINES + "O2,1,2026-02-16,P1,1,60,60,EUR\n");
        assertThat(refine(shop.night("2026-03-03")).refused()).isEmpty();
        shop.deliver("2026-03-04", "sales_line.csv", LINES + "O2,1,2026-02-16,P1,1,10000,10000,JPY\n");
        assertThat(refine(shop.night("2026-03-04")).refused()).isPresent();

        // Once somebody has said what the company reckons in, what stands is converted by mapping it anew.
        NightFixture said = new NightFixture(home, "currency=EUR");
        said.deliver(
                "2026-03-05",
                "exchange_rate.csv",
                "from_currency,to_currency,rate_date,rate\nJPY,EUR,2026-01-01,0.006\n");
        Night next = said.night("2026-03-05");
        assertThat(refine(next).refused().orElseThrow().why())
                .hasMessageContaining("silver.sales_line: JPY")
                .hasMessageContaining("millrace remap");
        RemapStage.remap("shop", null).run(next);
        assertThat(amounts(next)).containsExactly("[O1,10.0000,10.00,EUR]", "[O2,60.0000,60.00,EUR]");
        assertThat(refine(next).refused()).isEmpty();
    }
}
