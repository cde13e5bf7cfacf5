package io.millrace.launcher;

import io.millrace.decisions.replay.Money;
import io.millrace.decisions.replay.ReplayPolicy;
import io.millrace.decisions.replay.Saving;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.simulate.PolicyTotals;
import io.millrace.nightly.simulate.ReplayResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A replay in words and figures: a table of policies, what was saved, and what the figures rest on. */
final class ReplayReport {

    private static final double CENT = 100;
    private static final double SHARE = 1e4;

    private final ReplayResult result;
    private final String every;

    ReplayReport(ReplayResult result, String every) {
        this.result = result;
        this.every = every;
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%,d items, %d dates from %s (every %s), lived through to %s%n%n",
                result.items(),
                result.dates().size(),
                result.dates().get(0),
                every,
                result.end());
        out.printf(
                "%-20s %14s %14s %14s %14s %7s %9s %14s %14s %14s %14s%n",
                "policy",
                "cost",
                "holding",
                "shortage",
                "ordering",
                "fill",
                "orders",
                "stock start",
                "stock end",
                "on order end",
                "model price");
        for (PolicyTotals p : result.policies()) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %,14.0f %,14.0f %,14.0f %,14.0f %6.2f%% %,9d %,14.0f %,14.0f %,14.0f %14s%n",
                    p.policy().label(),
                    p.cost().total(),
                    p.cost().holding(),
                    p.cost().shortage(),
                    p.cost().ordering(),
                    100 * p.fillRate(),
                    p.orders(),
                    p.startValue(),
                    p.endValue(),
                    p.onOrderValue(),
                    hasModelPrice(p)
                            ? String.format(Locale.ROOT, "%,.0f", p.modelPrice().total())
                            : "");
        }
        out.println();
        sentences().forEach(out::println);
    }

    private static boolean hasModelPrice(PolicyTotals p) {
        return p.modelPrice().total() > 0;
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        Saving claim = result.savings().get(result.yardstick());
        if (claim != null) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "Saved by the classical plan against %s: %,.0f (95 %% interval over items %,.0f to %,.0f), %.1f %% (%.1f to %.1f).",
                    name(result.yardstick()),
                    claim.amount(),
                    claim.amountLow(),
                    claim.amountHigh(),
                    100 * claim.share(),
                    100 * claim.shareLow(),
                    100 * claim.shareHigh()));
        }
        for (PolicyTotals p : result.policies()) {
            if (hasModelPrice(p)) {
                sentences.add(String.format(
                        Locale.ROOT,
                        "Model price of %s: %,.0f (holding %,.0f, shortage %,.0f, ordering %,.0f), %.2f of what happened.",
                        p.policy().label(),
                        p.modelPrice().total(),
                        p.modelPrice().holding(),
                        p.modelPrice().shortage(),
                        p.modelPrice().ordering(),
                        p.modelPrice().total() / p.cost().total()));
            }
        }
        sentences.add(String.format(
                Locale.ROOT,
                "Start: the stock of the real shelf for %,d items; for the others, and on the first date of those that enter later, the middle between the classical plan's reorder point and order-up-to level, the same under every policy.",
                result.itemsWithStock()));
        sentences.add(
                result.daysSeen() == 0
                        ? "The real shelf was never seen, so demand that met an empty one is unknown and what was sold counts as all demand."
                        : String.format(
                                Locale.ROOT,
                                "On %,d of %,d item-days on which the real shelf was seen it was empty; sales of these days (%.2f %% of all units) are censored: what was sold, not what was asked for.",
                                result.daysEmpty(),
                                result.daysSeen(),
                                100 * result.censoredShare()));
        return sentences;
    }

    private String name(ReplayPolicy yardstick) {
        return yardstick == ReplayPolicy.ERP_BEFORE
                ? String.format(
                        Locale.ROOT,
                        "the ERP's rules before Millrace (%,d items; the moving average for the others)",
                        result.itemsWithRule())
                : "the moving average recomputed on each date (the ERP has no rule)";
    }

    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task", "simulate reorder");
        fields.put("from", result.dates().get(0).toString());
        fields.put("to", result.end().toString());
        fields.put("every", every);
        fields.put("dates", result.dates().stream().map(Object::toString).toList());
        fields.put("items", result.items());
        Map<String, Object> policies = new LinkedHashMap<>();
        result.policies().forEach(p -> policies.put(p.policy().label(), policy(p)));
        fields.put("policies", policies);
        fields.put("yardstick", result.yardstick().label());
        Map<String, Object> savings = new LinkedHashMap<>();
        result.savings().forEach((policy, saving) -> savings.put(policy.label(), saving(saving)));
        fields.put("savings", savings);
        fields.put("items_with_rule", result.itemsWithRule());
        fields.put("items_with_stock", result.itemsWithStock());
        fields.put("item_days_seen", result.daysSeen());
        fields.put("item_days_empty", result.daysEmpty());
        fields.put("censored_share", rounded(result.censoredShare(), SHARE));
        return Ledger.json(fields);
    }

    private static Map<String, Object> policy(PolicyTotals p) {
        Map<String, Object> fields = new LinkedHashMap<>(money(p.cost()));
        fields.put("fill_rate", rounded(p.fillRate(), SHARE));
        fields.put("orders", p.orders());
        fields.put("stock_start", rounded(p.startValue(), CENT));
        fields.put("stock_end", rounded(p.endValue(), CENT));
        fields.put("on_order_end", rounded(p.onOrderValue(), CENT));
        if (hasModelPrice(p)) {
            fields.put("model_price", money(p.modelPrice()));
        }
        fields.put("cost_by_date", rounded(p.costs()));
        fields.put("stock_by_date", rounded(p.stockValues()));
        return fields;
    }

    private static Map<String, Object> money(Money money) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cost", rounded(money.total(), CENT));
        fields.put("holding", rounded(money.holding(), CENT));
        fields.put("shortage", rounded(money.shortage(), CENT));
        fields.put("ordering", rounded(money.ordering(), CENT));
        return fields;
    }

    private static Map<String, Object> saving(Saving saving) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("amount", rounded(saving.amount(), CENT));
        fields.put("amount_low", rounded(saving.amountLow(), CENT));
        fields.put("amount_high", rounded(saving.amountHigh(), CENT));
        fields.put("share", rounded(saving.share(), SHARE));
        fields.put("share_low", rounded(saving.shareLow(), SHARE));
        fields.put("share_high", rounded(saving.shareHigh(), SHARE));
        return fields;
    }

    private static List<Double> rounded(double[] values) {
        return Arrays.stream(values).mapToObj(v -> rounded(v, CENT)).toList();
    }

    /** Sums over items come together in any order; what that changes lies far beyond these digits. */
    private static double rounded(double value, double parts) {
        return Math.rint(value * parts) / parts;
    }
}
