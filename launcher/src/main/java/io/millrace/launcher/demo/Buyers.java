package io.millrace.launcher.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The purchasing department: follows the ERP's min/max rules every evening, and books what arrives every morning. */
final class Buyers {

    private final DemoOptions options;
    private final List<Product> products;
    private final List<Supplier> suppliers;
    private final Warehouses warehouses;
    private final RandomGenerator random;
    private final List<ReorderRule> rules = new ArrayList<>();
    private final Map<Integer, SupplyTerms> preferred = new HashMap<>();
    private final List<PurchaseLine> lines = new ArrayList<>();
    private final List<List<PurchaseLine>> closing = new ArrayList<>();
    private int orders;

    Buyers(
            DemoOptions options,
            List<Product> products,
            List<Supplier> suppliers,
            List<SupplyTerms> terms,
            Warehouses warehouses) {
        this.options = options;
        this.products = products;
        this.suppliers = suppliers;
        this.warehouses = warehouses;
        this.random = Draws.stream(options.seed(), "buyers");
        terms.stream().filter(t -> t.preference() == 1).forEach(t -> preferred.put(t.product(), t));
        for (int day = 0; day < options.days(); day++) {
            closing.add(new ArrayList<>());
        }
    }

    /**
     * Sets the rule of a product at a site from a rough idea of its demand, and fills the shelf where it is already
     * sold.
     */
    void plan(int product, int site, double unitsPerDay) {
        ReorderRule rule = ReorderRule.guessed(product, site, unitsPerDay, preferred.get(product), random);
        rules.add(rule);
        if (products.get(product).demand().firstDay() <= 0) {
            warehouses.open(product, site, rule.upTo());
        }
    }

    void morning(int day) {
        for (PurchaseLine line : closing.get(day)) {
            int came = line.cancelled() ? 0 : line.received();
            warehouses.receive(line.terms().product(), line.site(), line.quantity(), came, day, line.orderNo());
        }
    }

    void evening(int day) {
        Map<String, List<PurchaseLine>> ordersOfToday = new HashMap<>();
        for (ReorderRule rule : rules) {
            int position = warehouses.position(rule.product(), rule.site());
            if (position <= rule.point() && bought(rule.product(), day)) {
                order(rule, rule.upTo() - position, day, ordersOfToday);
            }
        }
    }

    /** From six weeks before a launch to six weeks before the end of a product's life. */
    private boolean bought(int product, int day) {
        Product.Demand demand = products.get(product).demand();
        return day >= demand.firstDay() - 42 && day < (long) demand.endDay() - 42;
    }

    private void order(ReorderRule rule, int wanted, int day, Map<String, List<PurchaseLine>> ordersOfToday) {
        SupplyTerms terms = preferred.get(rule.product());
        List<PurchaseLine> order =
                ordersOfToday.computeIfAbsent(terms.supplier() + "/" + rule.site(), k -> new ArrayList<>());
        String orderNo = order.isEmpty()
                ? String.format(Locale.ROOT, "PO%07d", ++orders)
                : order.get(0).orderNo();
        int quantity = terms.rounded(wanted);
        int lead = suppliers.get(terms.supplier()).leadTime(terms.promisedDays(), random);
        int received = Draws.chance(random, 0.02) ? Math.max(1, quantity * 9 / 10) : quantity;
        boolean cancelled = Draws.chance(random, 0.01);
        PurchaseLine line = new PurchaseLine(
                orderNo,
                order.size() + 1,
                day,
                terms,
                rule.site(),
                quantity,
                received,
                day + terms.promisedDays(),
                day + lead,
                cancelled);
        order.add(line);
        lines.add(line);
        warehouses.order(rule.product(), rule.site(), quantity);
        if (line.closedDay() < options.days()) {
            closing.get(line.closedDay()).add(line);
        }
    }

    List<ReorderRule> rules() {
        return Collections.unmodifiableList(rules);
    }

    List<PurchaseLine> lines() {
        return Collections.unmodifiableList(lines);
    }
}
