package io.millrace.nightly.report;

import io.millrace.contracts.ColumnContract;
import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.StageRecord;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Tables of a small company as nights leave them, without the nights. */
final class Morning {

    /** What must arrive as text. */
    static final String NAME = "<script>alert(1)</script>";

    static final String REASON = "The \"old\" rule's price is < 5 & > 3";

    private final Night night;
    private final Lake lake;
    private long writes;

    Morning(Night night) {
        this.night = night;
        this.lake = night.lake();
    }

    /** Everything that a night decides and scores. @param quantity that is ordered of one product */
    void decided(LocalDate night, int quantity) {
        reorderPlan(night, quantity);
        demand(night);
        Date date = Date.valueOf(night);
        List<Row> targets = new ArrayList<>();
        List<Row> scores = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String customer = "C-%03d".formatted(i);
            targets.add(row(
                    "gold.campaign_target",
                    Map.of(
                            "business_date",
                            date,
                            "decision_id",
                            "t" + i,
                            "campaign_code",
                            "winback",
                            "customer_code",
                            customer,
                            "channel",
                            "email",
                            "send_on",
                            Date.valueOf(night.plusDays(1)),
                            "expected_value",
                            new BigDecimal("12.5"),
                            "baseline_value",
                            new BigDecimal("-0.5"),
                            "is_control",
                            i % 10 == 0,
                            "reason",
                            REASON)));
            scores.add(row(
                    "gold.churn_score",
                    Map.of(
                            "business_date",
                            date,
                            "customer_code",
                            customer,
                            "churn_probability",
                            i / 120.0,
                            "risk_band",
                            i < 60 ? "low" : i < 100 ? "medium" : "high",
                            "value_at_risk",
                            new BigDecimal("100"))));
        }
        replace("gold.campaign_target", night, targets);
        replace("gold.churn_score", night, scores);
        replace(
                "gold.segment_profile",
                night,
                List.of(row(
                        "gold.segment_profile",
                        Map.of("business_date", date, "segment_id", 1, "segment_name", NAME, "customers", 120))));
        strange(night);
        replace(
                "gold.route_stop",
                night,
                List.of(
                        stop(night, 1, 1, "planned", "SH-1", REASON),
                        stop(night, 1, 2, "planned", null, "back"),
                        stop(night, 0, 1, "left_out", "SH-2", REASON)));
    }

    private void strange(LocalDate night) {
        Map<String, Object> strange = new HashMap<>(Map.of(
                "business_date",
                Date.valueOf(night),
                "severity",
                "critical",
                "audience",
                "maintenance",
                "subject_type",
                "sensor",
                "subject_code",
                NAME,
                "metric",
                "temperature_c",
                "started_at",
                Timestamp.valueOf("2026-02-28 03:00:00"),
                "first_seen",
                Date.valueOf(night),
                "reason",
                REASON));
        replace("gold.anomaly", night, List.of(row("gold.anomaly", strange)));
        strange.put("decision_id", "a");
        replace("gold.alert", night, List.of(row("gold.alert", strange)));
    }

    private void reorderPlan(LocalDate night, int quantity) {
        List<Row> lines = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            lines.add(line(night, "P-%03d".formatted(i), i == 7 ? quantity : 10, i == 3 ? "held" : "planned"));
        }
        lines.add(line(night, NAME, quantity, "planned"));
        replace("gold.reorder_plan", night, lines);
    }

    private Row line(LocalDate night, String product, int quantity, String state) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "business_date",
                Date.valueOf(night),
                "decision_id",
                product,
                "product_code",
                product,
                "site_code",
                "S",
                "supplier_code",
                "SUP-" + product.length(),
                "order_quantity",
                BigDecimal.valueOf(quantity),
                "order_value",
                BigDecimal.valueOf(quantity * 100L),
                "state",
                state,
                "reason",
                REASON));
        for (String part : List.of("cost", "holding", "shortage", "ordering")) {
            values.put("expected_" + part, BigDecimal.TEN);
            values.put("baseline_" + part, new BigDecimal("25"));
        }
        values.put("order_date", Date.valueOf(night));
        values.put("need_by_date", Date.valueOf(night.plusDays(7)));
        return row("gold.reorder_plan", values);
    }

    private void demand(LocalDate night) {
        List<Row> weeks = new ArrayList<>();
        for (int step = 1; step <= 13; step++) {
            weeks.add(row(
                    "gold.demand_forecast",
                    Map.of(
                            "business_date",
                            Date.valueOf(night),
                            "product_code",
                            NAME,
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
        replace("gold.demand_forecast", night, weeks);
    }

    /** A product, and what sold of it on a day, to a customer. */
    void sold(LocalDate day, String customer, int quantity) {
        append(
                "silver.sales_line",
                Map.of(
                        "order_no",
                        "o" + day + customer,
                        "line_no",
                        "1",
                        "order_date",
                        Date.valueOf(day),
                        "customer_code",
                        customer,
                        "product_code",
                        NAME,
                        "site_code",
                        "S",
                        "quantity",
                        BigDecimal.valueOf(quantity),
                        "status",
                        "done",
                        "_known_on",
                        Date.valueOf(day)));
    }

    void product(LocalDate since) {
        append(
                "silver.product",
                Map.of(
                        "product_code",
                        NAME,
                        "name",
                        "Lamp & \"Shade\"",
                        "list_price",
                        new BigDecimal("9.5"),
                        "valid_from",
                        Date.valueOf(since),
                        "is_current",
                        true));
    }

    void quarantined(LocalDate night, long line) {
        append(
                "ops.quarantine",
                Map.of(
                        "business_date",
                        Date.valueOf(night),
                        "table_name",
                        "silver.product",
                        "rule",
                        "type",
                        "reason",
                        "list_price: '" + NAME + "' is no number",
                        "file",
                        "file:/drop/shop/product.csv",
                        "line",
                        line,
                        "extract_id",
                        "x",
                        "run_id",
                        night + "-1"));
    }

    private Row stop(LocalDate night, int route, int stop, String state, String shipment, String reason) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "business_date",
                Date.valueOf(night),
                "decision_id",
                "r" + route + "-" + stop,
                "due_date",
                Date.valueOf(night.plusDays(1)),
                "site_code",
                "S",
                "route_no",
                route,
                "stop_no",
                stop,
                "state",
                state,
                "reason",
                reason));
        values.put("shipment_code", shipment);
        values.put("arrival_at", Timestamp.valueOf("2026-03-02 08:00:00"));
        values.put("planned_km", new BigDecimal("80"));
        values.put("baseline_km", new BigDecimal("100"));
        return row("gold.route_stop", values);
    }

    private void append(String table, Map<String, Object> values) {
        lake.appendRows(table, List.of(row(table, values)), new Once("morning/" + table, ++writes));
    }

    /** As a stage of that night does, in the books too. */
    private void replace(String table, LocalDate date, List<Row> rows) {
        lake.replaceDate(table, date, lake.rows(table, rows));
        night.ledger()
                .record(new StageRecord(
                        date + "-1",
                        date.toString(),
                        "writes " + table,
                        StageRecord.Status.DONE,
                        "",
                        "",
                        Map.of(),
                        Map.of(table, lake.versions().latest(table)),
                        0,
                        rows.size(),
                        0,
                        "",
                        date + "T02:00:00Z",
                        1,
                        null));
    }

    private Row row(String table, Map<String, Object> values) {
        return RowFactory.create(lake.contracts().get(table).columns().stream()
                .map(c -> values.containsKey(c.name()) ? values.get(c.name()) : filler(c))
                .toArray());
    }

    private static Object filler(ColumnContract column) {
        if (!column.required() && !column.name().startsWith("_")) {
            return null;
        }
        return switch (column.type().replaceFirst("\\(.*", "")) {
            case "string" -> "test";
            case "int" -> 1;
            case "bigint" -> 1L;
            case "double" -> 1.0;
            case "boolean" -> false;
            case "date" -> Date.valueOf("2026-01-01");
            case "timestamp" -> Timestamp.valueOf("2026-01-01 00:00:00");
            default -> BigDecimal.ONE;
        };
    }
}
