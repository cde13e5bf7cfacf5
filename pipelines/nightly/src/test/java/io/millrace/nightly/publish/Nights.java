package io.millrace.nightly.publish;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nights made for tests. */
final class Nights {

    static final LocalDate DATE = LocalDate.of(2026, 3, 31);

    private Nights() {}

    /** A reorder of a product; its identifier follows from the product alone. */
    static StagingRow order(String product, String quantity) {
        return StagingRow.of(BatchKind.of("reorder_plan"), "order-" + product, orderValues(product, quantity));
    }

    static Map<String, Object> orderValues(String product, String quantity) {
        Map<String, Object> values = new HashMap<>();
        values.put("product_code", product);
        values.put("site_code", "MAIN");
        values.put("supplier_code", "S-1");
        values.put("order_quantity", new BigDecimal(quantity));
        values.put("unit", "pcs");
        values.put("order_date", DATE);
        values.put("need_by_date", DATE.plusDays(9));
        values.put("reorder_point", new BigDecimal("10"));
        values.put("order_up_to", new BigDecimal("40.5"));
        values.put("safety_stock", new BigDecimal("3.125"));
        values.put("expected_cost", new BigDecimal("1234567890123456.78"));
        values.put("baseline_cost", new BigDecimal("0.1"));
        values.put("reason", "Below the reorder point");
        return values;
    }

    static StagingRow target(String customer, String content, String reason) {
        Map<String, Object> values = new HashMap<>();
        values.put("customer_code", customer);
        values.put("campaign_code", "winback");
        values.put("channel", "email");
        values.put("content", content);
        values.put("send_on", DATE.plusDays(1));
        values.put("expected_value", new BigDecimal("12.3456"));
        values.put("propensity", new BigDecimal("0.9"));
        values.put("reason", reason);
        return StagingRow.of(BatchKind.of("campaign_target"), "target-" + customer, values);
    }

    static StagingBatch night(StagingRow... rows) {
        return night(List.of(rows));
    }

    static StagingBatch night(List<StagingRow> rows) {
        return on(DATE, rows);
    }

    static StagingBatch on(LocalDate date, List<StagingRow> rows) {
        BatchKind kind =
                rows.isEmpty() ? BatchKind.of("reorder_plan") : rows.get(0).kind();
        return new StagingBatch(kind, date, "run-1", "forecast=3", rows);
    }
}
