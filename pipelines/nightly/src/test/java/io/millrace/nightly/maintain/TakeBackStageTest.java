package io.millrace.nightly.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.features.FeaturesStage;
import io.millrace.nightly.ingest.IngestStage;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.refine.RefineStage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mistyped year must not be for ever. */
class TakeBackStageTest {

    private static final String FUTURE = "2099-01-01";

    @TempDir
    private Path home;

    @TempDir
    private Path other;

    private static void full(NightFixture shop, String date, String... lines) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        shop.deliver(date, "product.csv", text, lines.length - 1, "full");
    }

    private static void sales(NightFixture shop, String date, String... lines) {
        shop.deliver(
                date,
                "sales_line.csv",
                "order_no,line_no,order_date,product_code,quantity,status,customer_code\n" + String.join("\n", lines)
                        + "\n");
    }

    private static void run(NightFixture shop, String date, boolean withFeatures) {
        Night night = shop.night(date);
        NightFixture.run(night, new IngestStage(), new RefineStage());
        if (withFeatures) {
            NightFixture.run(
                    shop.night(date), new FeaturesStage(shop.night(date).views().get("customer_behaviour")));
        }
    }

    /** A shop of three days, in which somebody mistypes the date of the second night or does not. */
    private static NightFixture shop(Path home, boolean isMistyped) {
        NightFixture shop = new NightFixture(home, "sources.shop.volume.most-removed=0.9");
        full(shop, "2026-03-01", "product_code,name,list_price", "P1,Bolt,1", "P2,Nut,2", "P3,Pin,3");
        sales(shop, "2026-03-01", "O1,1,2026-03-01,P1,1,open,K1", "O2,1,2026-03-01,P2,1,open,K1");
        run(shop, "2026-03-01", false);
        sales(shop, "2026-03-02", "O3,1,2026-03-02,P1,5,open,K1");
        if (isMistyped) {
            full(shop, FUTURE, "product_code,name,list_price", "P1,Bolt of the future,9", "P4,Rod,4", "P5,no price,x");
            sales(shop, FUTURE, "O1,1,2026-03-01,P1,1,cancelled,K1", "O9,1,2099-01-01,P1,7,open,K1");
            run(shop, FUTURE, true);
            take(shop);
        }
        run(shop, "2026-03-02", false);
        full(shop, "2026-03-03", "product_code,name,list_price", "P1,Bolt M8,1", "P2,Nut,2", "P3,Pin,3");
        sales(shop, "2026-03-03", "O2,1,2026-03-01,P2,1,cancelled,K1");
        run(shop, "2026-03-03", true);
        return shop;
    }

    private static void take(NightFixture shop) {
        LocalDate from = LocalDate.parse(FUTURE);
        Night night = shop.night("2026-03-01");
        LocalDate before = TakeBackStage.before(night.ledger(), from).orElseThrow();
        assertThat(before)
                .as("rows of a date that has come were taken in by the mistyped night")
                .isEqualTo("2026-03-02");
        night = shop.night(before.toString());
        TakeBackStage stage = new TakeBackStage(from);
        NightFixture.run(night, stage);
        assertThat(stage.report())
                .anyMatch(line -> line.equals("shop.product: 3 rows of " + FUTURE))
                .anyMatch(line -> line.equals("shop.sales_line: 2 rows of " + FUTURE));
    }

    private static List<String> rows(NightFixture shop, String table) {
        Dataset<Row> rows = shop.night("2026-03-03").lake().read(table);
        String[] columns = Arrays.stream(rows.columns())
                .filter(c ->
                        !c.equals("_run_id") && !c.equals("run_id") && !c.equals("_loaded_at") && !c.equals("_file"))
                .filter(c -> !c.equals("_delivery") && !c.equals("location"))
                .toArray(String[]::new);
        return NightFixture.sorted(rows.selectExpr(columns));
    }

    @Test
    void theNextNightsAreAsIfTheOneOfTheFutureHadNeverBeen() {
        TestLake.get();
        NightFixture mistyped = shop(home, true);
        NightFixture never = shop(other, false);

        for (String table : List.of(
                "silver.product",
                "silver.sales_line",
                "features.customer_behaviour",
                "bronze.shop_product",
                "bronze.shop_sales_line")) {
            assertThat(rows(mistyped, table)).as(table).isNotEmpty().isEqualTo(rows(never, table));
        }
        Night night = mistyped.night("2026-03-03");
        assertThat(rows(mistyped, "ops.quarantine")).isEmpty();
        assertThat(night.ledger().extracts())
                .filteredOn(e -> e.businessDate().equals(FUTURE))
                .hasSize(2)
                .allMatch(e -> e.state() == Extract.State.REFUSED && e.reason().startsWith("taken back"));
        assertThat(accounts(mistyped)).isEqualTo(accounts(never));
    }

    private static List<String> accounts(NightFixture shop) {
        List<String> accounts = new ArrayList<>();
        shop.night("2026-03-03").ledger().extracts().stream()
                .filter(e -> e.state() == Extract.State.REFINED)
                .forEach(e -> accounts.add(Stream.of(
                                e.table(),
                                e.businessDate(),
                                e.rowsBronze(),
                                e.rowsSilver(),
                                e.rowsMerged(),
                                e.rowsQuarantined())
                        .map(Object::toString)
                        .collect(Collectors.joining(" "))));
        accounts.sort(null);
        return accounts;
    }
}
