package io.millrace.nightly.reorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.contracts.ColumnContract;
import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.campaign.Campaign;
import io.millrace.nightly.decide.DecideStage;
import io.millrace.nightly.plan.Night;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ERP accepted from one night is under way for the next, also before its own figures show it. */
class SecondNightTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final LocalDate SECOND = FIRST.plusDays(1);

    @TempDir
    private Path home;

    private NightFixture shop;
    private Lake lake;
    private long writes;

    @BeforeEach
    void aLake() {
        TestLake.get();
        shop = new NightFixture(
                home,
                "campaign.contact-cap=1",
                "campaign.control-share=0",
                "reorder.order-cost=12",
                "reorder.assume-empty-shelves=true");
        lake = shop.night(FIRST.toString()).lake();
    }

    private void append(String table, Map<String, Object> values) {
        lake.appendRows(table, List.of(row(table, values)), new Once("test", ++writes));
    }

    private Row row(String table, Map<String, Object> values) {
        return RowFactory.create(lake.contracts().get(table).columns().stream()
                .map(c -> values.getOrDefault(c.name(), filler(c)))
                .toArray());
    }

    private static Object filler(ColumnContract column) {
        return switch (column.name()) {
            case "source", "_extract_id", "model_name", "model_version", "reason", "reasons", "batch_id" ->
                column.type().equals("int") ? (Object) 1 : "test";
            case "_line" -> 1L;
            case "_business_date", "_known_on" -> Date.valueOf(FIRST);
            default -> null;
        };
    }

    private void forecast(LocalDate night) {
        List<Row> weeks = new ArrayList<>();
        for (int step = 1; step <= 13; step++) {
            weeks.add(row(
                    "gold.demand_forecast",
                    Map.of(
                            "business_date",
                            Date.valueOf(night),
                            "product_code",
                            "P",
                            "site_code",
                            "S",
                            "period_start",
                            Date.valueOf(night.plusDays(7L * step - 6)),
                            "step",
                            step,
                            "mean",
                            10.0,
                            "p10",
                            6.0,
                            "p50",
                            10.0,
                            "p90",
                            14.0)));
        }
        lake.replaceDate("gold.demand_forecast", night, lake.rows("gold.demand_forecast", weeks));
    }

    private void answered(String kind, String decision, String state) {
        Row answer = NightFixture.answer(lake, kind, decision, state, SECOND);
        lake.appendRows("ops.decision_feedback", List.of(answer), new Once("test", ++writes));
    }

    private Row order(LocalDate date) {
        Night night = shop.night(date.toString());
        new DecideStage(new Reorder()).run(night);
        return night.lake()
                .read("gold.reorder_plan")
                .filter("business_date = DATE'" + date + "' AND product_code = 'P'")
                .select("decision_id", "order_quantity")
                .first();
    }

    @Test
    void anAcceptedOrderIsNotPlacedAgain() {
        forecast(FIRST);
        forecast(SECOND);
        Row first = order(FIRST);
        assertThat(first.getDecimal(1)).isPositive();

        assertThat(order(SECOND).getDecimal(1)).as("nobody has answered").isEqualTo(first.getDecimal(1));
        answered("reorder_plan", first.getString(0), "ACCEPTED");
        assertThat(order(SECOND).getDecimal(1)).as("accepted").isZero();

        lake.delete("gold.reorder_plan", "business_date = DATE'" + FIRST + "'");
        assertThat(order(SECOND).getDecimal(1))
                .as("accepted, and the corrected night plans otherwise")
                .isZero();

        counted(FIRST, "0.000", "0.000");
        purchased("PO0", SECOND, "1.000", "cancelled");
        assertThat(order(SECOND).getDecimal(1))
                .as("an order of one piece that came to nothing")
                .isZero();
        purchased("PO1", FIRST, first.getDecimal(1).toString(), "open");
        assertThat(order(SECOND).getDecimal(1))
                .as("placed, and the shelf was counted before that")
                .isZero();
        counted(SECOND, "0.000", first.getDecimal(1).toString());
        assertThat(order(SECOND).getDecimal(1))
                .as("the ERP announces it: counted once")
                .isZero();
        counted(SECOND, "0.000", "0.000");
        assertThat(order(SECOND).getDecimal(1))
                .as("neither on the shelf nor announced: the ERP knows better")
                .isEqualTo(first.getDecimal(1));
    }

    private void purchased(String order, LocalDate date, String quantity, String status) {
        append(
                "silver.purchase_line",
                Map.of(
                        "order_no",
                        order,
                        "line_no",
                        "1",
                        "order_date",
                        Date.valueOf(date),
                        "_known_on",
                        Date.valueOf(SECOND),
                        "supplier_code",
                        "V",
                        "product_code",
                        "P",
                        "quantity",
                        new BigDecimal(quantity),
                        "status",
                        status));
    }

    private void counted(LocalDate day, String onHand, String incoming) {
        lake.ensure(lake.contracts().get("silver.stock_level"));
        lake.delete("silver.stock_level", "snapshot_date = DATE'" + day + "'");
        append(
                "silver.stock_level",
                Map.of(
                        "product_code",
                        "P",
                        "site_code",
                        "S",
                        "snapshot_date",
                        Date.valueOf(day),
                        "on_hand",
                        new BigDecimal(onHand),
                        "incoming",
                        new BigDecimal(incoming)));
    }

    /** Once the ERP has taken over our order points they are its rules, and no yardstick of ours. */
    @Test
    void thePlanIsPricedAgainstTheRuleFromBeforeMillrace() {
        forecast(FIRST);
        forecast(SECOND);
        rule(FIRST, "3.000", "11.000");
        order(FIRST);
        Row first = plan(FIRST);
        answered("reorder_plan", first.getString(0), "ACCEPTED");
        rule(
                SECOND,
                first.getDecimal(1).setScale(0, RoundingMode.HALF_UP) + ".000",
                first.getDecimal(2).toString());
        order(SECOND);
        Row second = plan(SECOND);
        assertThat(second.getDecimal(4)).as("baseline").isEqualTo(first.getDecimal(4));
        assertThat(second.getString(5)).contains("under the ERP's rule before Millrace");
        assertThat(second.getDecimal(3))
                .as("the parts")
                .isCloseTo(
                        second.getDecimal(6).add(second.getDecimal(7)).add(second.getDecimal(8)),
                        within(new BigDecimal("0.02")));

        lake.spark().sql("DELETE FROM gold.first_rule");
        order(SECOND);
        assertThat(plan(SECOND).getString(5))
                .as("a rule that we made is not taken for the first one")
                .contains("the ERP has none");
    }

    private void rule(LocalDate night, String point, String upTo) {
        lake.merge(
                "silver.reorder_rule",
                lake.rows(
                                "silver.reorder_rule",
                                List.of(row(
                                        "silver.reorder_rule",
                                        Map.of(
                                                "product_code",
                                                "P",
                                                "site_code",
                                                "S",
                                                "_business_date",
                                                Date.valueOf(night),
                                                "reorder_point",
                                                new BigDecimal(point),
                                                "order_up_to",
                                                new BigDecimal(upTo)))))
                        .withColumn("_deleted", org.apache.spark.sql.functions.lit(false)),
                null,
                new Once("test", ++writes));
    }

    private Row plan(LocalDate date) {
        return lake.read("gold.reorder_plan")
                .filter("business_date = DATE'" + date + "'")
                .selectExpr(
                        "decision_id",
                        "reorder_point",
                        "order_up_to",
                        "expected_cost",
                        "baseline_cost",
                        "reason",
                        "expected_holding",
                        "expected_shortage",
                        "expected_ordering")
                .first();
    }

    private List<Row> contacts(LocalDate date) {
        Night night = shop.night(date.toString());
        new DecideStage(new Campaign()).run(night);
        return night.lake()
                .read("gold.campaign_target")
                .filter("business_date = DATE'" + date + "'")
                .select("customer_code", "decision_id")
                .orderBy("customer_code")
                .collectAsList();
    }

    @Test
    void anAcceptedContactCountsTowardsTheCap() {
        for (String customer : List.of("A", "B")) {
            append(
                    "silver.customer",
                    Map.of(
                            "customer_code",
                            customer,
                            "email",
                            customer + "@example.com",
                            "valid_from",
                            Date.valueOf(FIRST),
                            "is_current",
                            true));
        }
        for (LocalDate night : List.of(FIRST, SECOND)) {
            List<Row> scores = List.of("A", "B").stream()
                    .map(customer -> row(
                            "gold.churn_score",
                            Map.of(
                                    "business_date",
                                    Date.valueOf(night),
                                    "customer_code",
                                    customer,
                                    "churn_probability",
                                    0.5,
                                    "risk_band",
                                    "high",
                                    "value_at_risk",
                                    new BigDecimal("500.00"))))
                    .toList();
            lake.replaceDate("gold.churn_score", night, lake.rows("gold.churn_score", scores));
        }
        List<Row> first = contacts(FIRST);
        assertThat(first).extracting(r -> r.getString(0)).containsExactly("A", "B");

        answered("campaign_target", first.get(0).getString(1), "ACCEPTED");
        answered("campaign_target", first.get(1).getString(1), "REJECTED");
        assertThat(contacts(SECOND)).extracting(r -> r.getString(0)).containsExactly("B");
    }
}
