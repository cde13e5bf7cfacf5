package io.millrace.nightly.value;

import static org.apache.spark.sql.functions.xxhash64;

import io.millrace.models.value.Purchases;
import io.millrace.models.value.ValueModel;
import io.millrace.models.value.ValueOutlook;
import io.millrace.models.value.ValueTrainer;
import io.millrace.nightly.model.Champion;
import io.millrace.nightly.model.ScoredModel;
import io.millrace.nightly.model.Scores;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What each customer will be worth: purchases within the horizon, their margin, and the probability that the customer is still there. Parameters are
 * fitted anew each night, to a bounded sample of customers; each customer is reckoned where the rows are.
 */
public final class CustomerValue implements ScoredModel {

    private static final String SALES = "silver.sales_line";

    @Override
    public String name() {
        return "value";
    }

    @Override
    public String about() {
        return "tell what customers will be worth";
    }

    @Override
    public List<String> scoresFrom() {
        return List.of(SALES, "silver.product");
    }

    @Override
    public String scores() {
        return "gold.customer_value";
    }

    @Override
    public Object heeds(Settings settings) {
        return List.of(settings.value(), settings.churn().grossMargin());
    }

    @Override
    public Optional<Section> section() {
        return Optional.of(new ValueSection());
    }

    @Override
    public Scores score(NightTables in, Settings settings, Optional<Champion> champion, RowMaker out) {
        LocalDate until = in.deliveredUntil(SALES);
        Dataset<Row> customers = in.cached(customers(in, until, settings.churn().grossMargin()));
        List<Row> sample = customers
                .orderBy(xxhash64(customers.col("customer_code")), customers.col("customer_code"))
                .limit(ValueTrainer.MOST_CUSTOMERS)
                .collectAsList();
        List<Purchases> known = sample.stream().map(CustomerValue::purchases).toList();
        int last = (int) until.toEpochDay();
        Optional<String> lacking = ValueTrainer.lacking(known, last);
        if (lacking.isPresent()) {
            return new Scores(in.rows(scores(), List.of()), Map.of(), "no customer is valued yet: " + lacking.get());
        }
        Settings.Value value = settings.value();
        ValueModel model = new ValueTrainer((int) value.horizon().toDays(), value.discount()).learn(known, last);
        MarginShare margins = MarginShare.of(sample, settings.churn().grossMargin());
        String version = version(model);
        Dataset<Row> rows = out.flatMap(
                customers,
                row -> List.of(row(row, model, margins, version, out)).iterator());
        return new Scores(rows, Map.of(), version);
    }

    /**
     * Who ever bought by a day: {@code days} of purchases from 1970-01-01 and their {@code amounts}, ascending by day, {@code sold} in all, and the
     * {@code margin} of it less returns. The purchases of a day are one; a day of nothing but returns is none. Sums are of decimals, so that their order
     * does not matter.
     */
    private static Dataset<Row> customers(NightTables in, LocalDate until, double grossMargin) {
        return in.sql("""
                WITH lines AS (
                  SELECT l.customer_code, l.order_date, l.quantity,
                         coalesce(l.amount, CAST(l.quantity * l.unit_price AS decimal(18,2)), 0) AS amount, p.cost_price
                  FROM {silver.sales_line} l LEFT JOIN {silver.product} p ON p.product_code = l.product_code
                  WHERE l.customer_code <> '' AND l.status <> 'cancelled' AND l.order_date <= DATE'%s'),
                days AS (
                  SELECT customer_code, datediff(order_date, DATE'1970-01-01') AS day, max(quantity) > 0 AS is_purchase,
                         coalesce(sum(CASE WHEN quantity > 0 THEN greatest(amount, 0) END), 0) AS sold,
                         sum(CAST(coalesce(amount - quantity * cost_price, amount * %sBD) AS decimal(18,4))) AS margin
                  FROM lines GROUP BY customer_code, order_date),
                customers AS (
                  SELECT customer_code, sum(sold) AS sold, sum(margin) AS margin,
                         array_sort(collect_list(CASE WHEN is_purchase THEN struct(day, CAST(sold AS double) AS amount) END)) AS bought
                  FROM days GROUP BY customer_code)
                SELECT customer_code, CAST(sold AS double) AS sold, CAST(margin AS double) AS margin,
                       transform(bought, b -> b.day) AS days, transform(bought, b -> b.amount) AS amounts
                FROM customers WHERE size(bought) > 0""".formatted(until, new BigDecimal(Double.toString(grossMargin)).toPlainString()));
    }

    private static Purchases purchases(Row customer) {
        return new Purchases(
                customer.<Integer>getList(customer.fieldIndex("days")).stream()
                        .mapToInt(day -> day)
                        .toArray(),
                customer.<Double>getList(customer.fieldIndex("amounts")).stream()
                        .mapToDouble(amount -> amount)
                        .toArray());
    }

    private static Row row(Row customer, ValueModel model, MarginShare margins, String version, RowMaker out) {
        Purchases purchases = purchases(customer);
        ValueOutlook outlook = model.outlook(purchases);
        double share = margins.of(customer.<Double>getAs("sold"), customer.<Double>getAs("margin"));
        return out.row()
                .put("customer_code", customer.getAs("customer_code"))
                .put("probability_alive", outlook.alive())
                .put("probability_purchase", outlook.any())
                .put("expected_purchases", outlook.purchases())
                .put("median_purchases", outlook.medianPurchases())
                .put("order_value", outlook.amountPerPurchase())
                .put("expected_sales", outlook.amount())
                .put("margin_share", share)
                .put("expected_margin", share * outlook.amount())
                .put("horizon_days", model.horizon())
                .put("reason", reason(purchases, customer.getAs("sold"), model))
                .put("model_version", version)
                .done();
    }

    private static String reason(Purchases purchases, double sold, ValueModel model) {
        int count = purchases.until(model.until());
        return String.format(
                Locale.ROOT,
                "bought %,d times since %s, last %,d days ago, for %,.2f on average; %,.0f in the last %,d days",
                count,
                LocalDate.ofEpochDay(purchases.firstDay()),
                model.until() - purchases.lastDay(),
                sold / count,
                (double) purchases.between(model.until() - model.horizon(), model.until()),
                model.horizon());
    }

    private static String version(ValueModel model) {
        return "%s %s; amounts %s; share as usual %.2f"
                .formatted(
                        model.purchases().name(),
                        text(model.purchases().parameters()),
                        text(model.spend().parameters()),
                        model.habit());
    }

    private static String text(Map<String, Double> parameters) {
        return parameters.entrySet().stream()
                .map(p -> String.format(Locale.ROOT, "%s %.4g", p.getKey(), p.getValue()))
                .collect(Collectors.joining(", "));
    }
}
