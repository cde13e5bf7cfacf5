package io.millrace.nightly.reorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.Failure;
import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.decide.DecideStage;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.publish.PublishStage;
import io.millrace.nightly.tables.DecisionId;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop, 10 units a week of each product: what is planned, held, excluded or refused of it, what the ERP sees of
 * that, and what a release changes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlanLimitsTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final String DATABASE = "jdbc:h2:mem:limits;DB_CLOSE_DELAY=-1";

    @TempDir
    private static Path home;

    private Lake lake;
    private long writes;
    private String note;

    @BeforeAll
    void aShop() {
        TestLake.get();
        lake = night(FIRST).lake();
        for (String product : List.of("ORDINARY", "DELETED", "UNBOUGHT", "POSTAGE", "DOZEN", "BLOCKED")) {
            append("silver.product", product(product));
        }
        for (String product : List.of("ORDINARY", "DELETED", "UNBOUGHT", "POSTAGE", "DOZEN", "BLOCKED", "UNKNOWN")) {
            sold(product);
        }
        append(
                "silver.stock_level",
                Map.of(
                        "product_code",
                        "OTHER",
                        "site_code",
                        "S",
                        "snapshot_date",
                        date(FIRST),
                        "on_hand",
                        decimal("1.000")));
        append(
                "silver.supplier",
                Map.of("supplier_code", "GONE", "is_active", false, "valid_from", date(FIRST), "is_current", true));
        append("silver.supplier_product", Map.of("supplier_code", "GONE", "product_code", "BLOCKED"));
        append(
                "silver.purchase_line",
                Map.of(
                        "order_no",
                        "PO",
                        "line_no",
                        "1",
                        "order_date",
                        date(FIRST.minusDays(60)),
                        "supplier_code",
                        "V",
                        "product_code",
                        "DOZEN",
                        "quantity",
                        decimal("100.000"),
                        "unit_price",
                        decimal("10.0000"),
                        "status",
                        "done"));
        append(
                "silver.reorder_rule",
                Map.of(
                        "product_code",
                        "UNBOUGHT",
                        "site_code",
                        "S",
                        "reorder_point",
                        decimal("5.000"),
                        "order_up_to",
                        decimal("9.000")));
        forecast(FIRST);
        forecast(SECOND);
    }

    private Night night(LocalDate date, String... sets) {
        List<String> all = new ArrayList<>(List.of("staging.database.url=" + DATABASE, "reorder.order-cost=12"));
        all.addAll(List.of(sets));
        return new NightFixture(home, all.toArray(String[]::new)).night(date.toString());
    }

    private static Date date(LocalDate date) {
        return Date.valueOf(date);
    }

    private static BigDecimal decimal(String value) {
        return new BigDecimal(value);
    }

    private static Map<String, Object> product(String code) {
        Map<String, Object> product = new HashMap<>(Map.of(
                "product_code",
                code,
                "source",
                "shop",
                "list_price",
                decimal("16.0000"),
                "cost_price",
                decimal(code.equals("DOZEN") ? "120.0000" : "10.0000"),
                "is_stocked",
                !code.equals("POSTAGE"),
                "is_purchasable",
                !code.equals("UNBOUGHT"),
                "is_active",
                true,
                "valid_from",
                date(FIRST.minusDays(100)),
                "is_current",
                !code.equals("DELETED")));
        if (code.equals("DELETED")) {
            product.put("valid_to", date(FIRST));
        }
        return product;
    }

    /** Ten a week for a year and more, up to the first night. */
    private void sold(String product) {
        List<Row> rows = new ArrayList<>();
        for (int week = 0; week < 60; week++) {
            rows.add(row(
                    "silver.sales_line",
                    Map.of(
                            "order_no",
                            product + week,
                            "line_no",
                            "1",
                            "source",
                            "shop",
                            "order_date",
                            date(FIRST.minusDays(7L * week)),
                            "product_code",
                            product,
                            "site_code",
                            "S",
                            "quantity",
                            decimal("10.000"),
                            "amount",
                            decimal("160.00"),
                            "status",
                            "done")));
        }
        lake.appendRows("silver.sales_line", rows, new Once("test", ++writes));
    }

    /** At site S, and of one product at site T, where nobody counts the stock. */
    private void forecast(LocalDate night) {
        List<Row> weeks = new ArrayList<>();
        for (String product : List.of("ORDINARY", "DELETED", "UNBOUGHT", "DOZEN", "BLOCKED", "UNKNOWN", "UNCOUNTED")) {
            for (int step = 1; step <= 13; step++) {
                Map<String, Object> week = new HashMap<>(Map.of(
                        "business_date",
                        date(night),
                        "product_code",
                        product,
                        "site_code",
                        product.equals("UNCOUNTED") ? "T" : "S",
                        "period_start",
                        date(night.plusDays(7L * step - 6)),
                        "step",
                        step));
                week.putAll(Map.of("mean", 10.0, "p10", 6.0, "p50", 10.0, "p90", 14.0));
                weeks.add(row("gold.demand_forecast", week));
            }
        }
        lake.replaceDate("gold.demand_forecast", night, lake.rows("gold.demand_forecast", weeks));
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
            case "source", "_extract_id", "rule", "run_id", "model_name", "model_version", "reason", "batch_id" ->
                "test";
            case "_line" -> 1L;
            case "_business_date", "_known_on" -> date(FIRST);
            default -> null;
        };
    }

    /** The plan by product. */
    private Map<String, Row> decided(Night night) {
        NightFixture.run(night, new DecideStage(new Reorder()));
        note = night.ledger()
                .lastDone("decide-reorder", night.date().toString())
                .orElseThrow()
                .note();
        Map<String, Row> rows = new HashMap<>();
        night.lake()
                .read("gold.reorder_plan")
                .filter("business_date = DATE'" + night.date() + "'")
                .collectAsList()
                .forEach(r -> rows.put(r.getAs("product_code"), r));
        return rows;
    }

    /** What waits in the staging schema, as product and order. */
    private static List<String> waiting() throws SQLException {
        try (Connection connection = DriverManager.getConnection(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT product_code, order_quantity > 0"
                        + " FROM millrace_staging.reorder_plan WHERE state = 'NEW' ORDER BY 1")) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1) + (found.getBoolean(2) ? " orders" : " policy"));
            }
            return rows;
        }
    }

    @Test
    @Order(1)
    void whatTheErpWillNotBuyGetsNoOrderAndSaysSo() throws SQLException {
        Night night = night(FIRST);
        Map<String, Row> plan = decided(night);
        assertThat(plan.get("ORDINARY").<String>getAs("state")).isEqualTo("planned");
        Map<String, String> excluded = Map.of(
                "DELETED",
                        "No order: it was deleted in the ERP on 2026-03-01. It sold 600 in all, the last on 2026-03-01.",
                "UNBOUGHT", "No order: the ERP does not buy it.",
                "POSTAGE", "No order: it is not stocked.",
                "BLOCKED", "No order: its suppliers are blocked or gone.",
                "UNKNOWN", "No order: no source knows it as a product.");
        excluded.forEach((product, why) -> {
            assertThat(plan.get(product).<String>getAs("state")).as(product).isEqualTo("excluded");
            assertThat(plan.get(product).<BigDecimal>getAs("order_quantity")).isZero();
            assertThat(plan.get(product).<String>getAs("reason")).startsWith(why);
        });

        Row uncounted = plan.get("UNCOUNTED");
        assertThat(uncounted.<BigDecimal>getAs("order_quantity")).isZero();
        assertThat(uncounted.<BigDecimal>getAs("order_up_to")).isPositive();
        assertThat(uncounted.<String>getAs("reason")).startsWith("No stock is known for site T");
        assertThat(note).contains("no stock is known for T", "reorder.assume-empty-shelves: true");

        Row dozen = plan.get("DOZEN");
        assertThat(dozen.<String>getAs("state")).isEqualTo("held");
        assertThat(dozen.<String>getAs("held_reason")).contains("120.00 was 10.00 before");
        assertThat(dozen.<BigDecimal>getAs("order_quantity"))
                .as("what would go")
                .isPositive();

        new PublishStage(new Reorder()).run(night);
        assertThat(waiting())
                .as("of what gets no order the ERP hears only where it has a policy of it")
                .containsExactly("ORDINARY orders", "UNBOUGHT policy", "UNCOUNTED policy");
    }

    @Test
    @Order(2)
    void aReleaseLetsAHeldLineGo() throws SQLException {
        Night night = night(FIRST);
        String dozen = DecisionId.of("reorder_plan", FIRST, "DOZEN", "S");
        String ordinary = DecisionId.of("reorder_plan", FIRST, "ORDINARY", "S");
        assertThatThrownBy(() -> Releases.release(lake, List.of("x' OR true --"), "bob", "why"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.USAGE));
        assertThatThrownBy(() -> Releases.release(lake, List.of(dozen, ordinary), "bob", "why"))
                .hasMessage("Nothing is released: " + ordinary + " is not held");

        assertThat(Releases.release(lake, List.of(dozen), "bob", "the price is right"))
                .containsExactly(FIRST);
        Row released = decided(night).get("DOZEN");
        assertThat(released.<String>getAs("state")).isEqualTo("planned");
        assertThat(released.<String>getAs("reason")).endsWith("Released by bob: the price is right.");
        new PublishStage(new Reorder()).run(night);
        assertThat(waiting()).containsExactly("DOZEN orders", "ORDINARY orders", "UNBOUGHT policy", "UNCOUNTED policy");
    }

    @Test
    @Order(3)
    void aPolicyThatTheErpHasIsNotSaidAgainAndOneThatItHasNotAnsweredIs() throws SQLException {
        append(
                "silver.stock_level",
                Map.of(
                        "product_code",
                        "ORDINARY",
                        "site_code",
                        "S",
                        "snapshot_date",
                        date(SECOND),
                        "on_hand",
                        decimal("1000.000")));
        append(
                "silver.stock_level",
                Map.of(
                        "product_code",
                        "DOZEN",
                        "site_code",
                        "S",
                        "snapshot_date",
                        date(SECOND),
                        "on_hand",
                        decimal("1000.000")));
        answered("ORDINARY", "ACCEPTED");
        answered("UNBOUGHT", "REJECTED");
        Night night = night(SECOND);
        Map<String, Row> plan = decided(night);
        assertThat(plan.get("ORDINARY").<BigDecimal>getAs("order_quantity")).isZero();
        assertThat(plan.get("ORDINARY").<Boolean>getAs("is_policy_change")).isFalse();
        assertThat(plan.get("DOZEN").<BigDecimal>getAs("order_quantity")).isZero();
        new PublishStage(new Reorder()).run(night);
        assertThat(waiting())
                .as("the first night's rows gave way to these, so nothing that waits is lost")
                .containsExactly("DOZEN policy", "UNCOUNTED policy");
    }

    private void answered(String product, String state) {
        String decision = DecisionId.of("reorder_plan", FIRST, product, "S");
        Row answer = NightFixture.answer(lake, "reorder_plan", decision, state, SECOND);
        lake.appendRows("ops.decision_feedback", List.of(answer), new Once("test", ++writes));
    }

    @Test
    @Order(4)
    void aPlanBeyondTheCompanyIsRefusedUntilItIsReleased() throws SQLException {
        LocalDate third = FIRST.plusDays(30);
        forecast(third);
        append(
                "silver.stock_level",
                Map.of(
                        "product_code",
                        "ORDINARY",
                        "site_code",
                        "S",
                        "snapshot_date",
                        date(third),
                        "on_hand",
                        decimal("0.000")));
        List<String> before = waiting();
        Night night = night(third, "reorder.ceilings.plan-value=0.001");
        Row ordinary = decided(night).get("ORDINARY");
        assertThat(ordinary.<String>getAs("state")).isEqualTo("refused");
        assertThatThrownBy(() -> new PublishStage(new Reorder()).run(night))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("ORDINARY at S")
                .hasMessageContaining("held release --plan 2026-03-31");
        assertThat(waiting()).isEqualTo(before);

        Releases.releasePlan(lake, third, "bob", "we move to a larger house");
        assertThat(decided(night).get("ORDINARY").<String>getAs("state")).isEqualTo("planned");
        new PublishStage(new Reorder()).run(night);
        assertThat(waiting()).contains("ORDINARY orders");
    }

    @Test
    @Order(5)
    void aLineThatRestsOnARowInQuarantineIsHeldWithTheRow() throws SQLException {
        LocalDate fourth = FIRST.plusDays(31);
        forecast(fourth);
        Night night = night(fourth);
        night.ledger().record(delivered("test", "stock", fourth));
        append(
                "ops.quarantine",
                Map.of(
                        "business_date",
                        date(fourth),
                        "table_name",
                        "silver.stock_level",
                        "file",
                        "/drop/stock_level.csv",
                        "line",
                        17L,
                        "extract_id",
                        "stock",
                        "entity",
                        "{\"product_code\":\"ORDINARY\",\"site_code\":\"S\",\"snapshot_date\":\"2026-04-01\"}"));

        Map<String, Row> plan = decided(night);
        assertThat(plan.get("ORDINARY").<String>getAs("state")).isEqualTo("held");
        assertThat(plan.get("ORDINARY").<String>getAs("held_reason"))
                .isEqualTo("it rests on a row in quarantine, stock_level.csv line 17 of silver.stock_level: test");
        assertThat(plan.get("UNCOUNTED").<String>getAs("state"))
                .as("its neighbours go on")
                .isEqualTo("planned");
        new PublishStage(new Reorder()).run(night);
        assertThat(waiting()).doesNotContain("ORDINARY orders", "ORDINARY policy");
    }

    @Test
    @Order(6)
    void whatTheStagingSchemaCannotHoldStaysBehindByItself() throws SQLException {
        LocalDate fourth = FIRST.plusDays(31);
        lake.append(
                "gold.reorder_plan",
                lake.read("gold.reorder_plan")
                        .filter("business_date = DATE'" + fourth + "' AND product_code = 'UNCOUNTED'")
                        .withColumn("product_code", functions.repeat(functions.lit("x"), 120))
                        .withColumn("decision_id", functions.lit("long")),
                new Once("test", ++writes));
        Stage.Outcome outcome = new PublishStage(new Reorder()).run(night(fourth));
        assertThat(outcome.rowsQuarantined()).isEqualTo(1);
        assertThat(waiting()).as("its neighbours").contains("UNCOUNTED policy").noneMatch(row -> row.startsWith("xxx"));
        assertThat(lake.read("ops.unpublished").select("decision_id", "reason").first())
                .hasToString("[long,reorder_plan long: product_code has 120 characters and 100 fit: shorten it]");
    }

    @Test
    @Order(7)
    void aPlanOnStaleStockIsRefusedWhateverElseIsFresh() {
        LocalDate fifth = FIRST.plusDays(32);
        forecast(fifth);
        Night night = night(fifth);
        night.ledger().record(delivered("shop", "old", fifth.minusDays(7)));
        assertThat(decided(night).get("UNCOUNTED").<String>getAs("state")).isNotEqualTo("refused");
        LocalDate sixth = FIRST.plusDays(33);
        forecast(sixth);
        Row uncounted = decided(night(sixth)).get("UNCOUNTED");
        assertThat(uncounted.<String>getAs("state")).isEqualTo("refused");
        assertThat(uncounted.<String>getAs("held_reason"))
                .isEqualTo("the stock levels of source shop are of 2026-03-26, more than 7 days before"
                        + " (sources.shop.stale-after)");
    }

    @Test
    @Order(8)
    void roomAtASiteAndTheMinimumOfASupplierBind() {
        LocalDate seventh = FIRST.plusDays(34);
        append(
                "silver.site",
                Map.of(
                        "site_code",
                        "S",
                        "capacity",
                        decimal("900.000"),
                        "valid_from",
                        date(seventh),
                        "is_current",
                        true));
        forecast(seventh);
        Map<String, Row> full = decided(night(seventh));
        assertThat(full.get("ORDINARY").<String>getAs("binding_constraint")).isEqualTo("capacity");
        assertThat(full.get("ORDINARY").<String>getAs("reason")).contains("cut to the room at the site");
        assertThat(full.get("ORDINARY").<BigDecimal>getAs("order_quantity"))
                .as("1,000 of DOZEN fill the house; what will have been sold when the order arrives takes no room")
                .isEqualByComparingTo("20");
        assertThat(full.get("ORDINARY").<BigDecimal>getAs("marginal_saving"))
                .isGreaterThan(full.get("ORDINARY").getAs("marginal_cost"));
        assertThat(full.get("UNCOUNTED").<BigDecimal>getAs("marginal_saving")).isNull();

        LocalDate eighth = FIRST.plusDays(35);
        append(
                "silver.supplier",
                Map.of(
                        "supplier_code",
                        "V",
                        "is_active",
                        true,
                        "minimum_order_value",
                        decimal("1000000.00"),
                        "valid_from",
                        date(eighth),
                        "is_current",
                        true));
        append("silver.supplier_product", Map.of("supplier_code", "V", "product_code", "ORDINARY"));
        forecast(eighth);
        Row waits = decided(night(eighth)).get("ORDINARY");
        assertThat(waits.<BigDecimal>getAs("order_quantity")).isZero();
        assertThat(waits.<String>getAs("binding_constraint")).isEqualTo("supplier_minimum");
        assertThat(waits.<String>getAs("reason")).contains("are due and wait", "minimum of 1,000,000.00");
    }

    private static Extract delivered(String source, String id, LocalDate date) {
        return new Extract(
                id,
                source,
                "stock_level",
                date.toString(),
                "/drop/stock_level.csv",
                "hash",
                1,
                "",
                "full",
                Extract.State.REFINED,
                null,
                null,
                null,
                1,
                false,
                null,
                1,
                1,
                0,
                0,
                1,
                0,
                "test",
                null,
                null);
    }
}
