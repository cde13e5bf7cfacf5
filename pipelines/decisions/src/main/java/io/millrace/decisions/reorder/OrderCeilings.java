package io.millrace.decisions.reorder;

import io.millrace.decisions.Require;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * How far an order may go before a person has to look at it. What customers already wait for does not count, and neither does
 * a single unit, unless its price is what stands out.
 *
 * @param coverWeeks  weeks of demand that an order may bring, above 0; of the forecast or of what was sold, whichever is more
 * @param orderValue  what an order may cost, as a share of what the product sold for at the site in a year, above 0
 * @param planValue   what all orders of a night may cost, as a share of what the company sold for in a year, above 0
 * @param priceFactor how many times a price may be the one before it, or a unit cost the price sold at, above 1
 */
public record OrderCeilings(double coverWeeks, double orderValue, double planValue, double priceFactor)
        implements Serializable {

    private static final double WEEKS_A_YEAR = 52;
    /** The forecast's first quarter. */
    private static final int QUARTER_DAYS = 91;

    /** Refuses ceilings of 0, and a factor that forbids every change of a price. */
    public OrderCeilings {
        Require.positive("reorder.ceilings.cover-weeks", coverWeeks);
        Require.positive("reorder.ceilings.order-value", orderValue);
        Require.positive("reorder.ceilings.plan-value", planValue);
        Require.that(
                priceFactor > 1 && Double.isFinite(priceFactor),
                "reorder.ceilings.price-factor is %s; it must be a number above 1",
                priceFactor);
    }

    /** Why a line is to be held; empty if its order is within every ceiling, or where it orders nothing. */
    public Optional<String> breach(ReorderDecision decision, PastTrade past) {
        if (decision.orderQuantity() <= 0) {
            return Optional.empty();
        }
        double unitCost = decision.line().costs().unitCost();
        return first(
                jump("unit cost", unitCost, past.paid()),
                past.listPrice().isPresent()
                        ? jump("list price", past.listPrice().getAsDouble(), past.listedBefore())
                        : Optional.empty(),
                loss(unitCost, past.soldAt().isPresent() ? past.soldAt() : past.listPrice()),
                forStock(decision) > 1 ? value(decision, past) : Optional.empty(),
                forStock(decision) > 1 ? cover(decision, past) : Optional.empty());
    }

    @SafeVarargs
    private static Optional<String> first(Optional<String>... breaches) {
        return List.of(breaches).stream().flatMap(Optional::stream).findFirst();
    }

    /** Units that go to the shelf and not to customers who wait. */
    private static double forStock(ReorderDecision decision) {
        return decision.orderQuantity() + Math.min(0, decision.line().stock().position());
    }

    private Optional<String> jump(String what, double now, OptionalDouble before) {
        double earlier = before.orElse(0);
        if (now <= 0 || earlier <= 0 || now <= earlier * priceFactor && now >= earlier / priceFactor) {
            return Optional.empty();
        }
        return Optional.of(text(
                "its %s of %,.2f was %,.2f before, %s; is it the price of another unit?",
                what,
                now,
                earlier,
                now > earlier ? text("%,.1f times as much", now / earlier) : text("%,.1f times less", earlier / now)));
    }

    private Optional<String> loss(double unitCost, OptionalDouble soldAt) {
        double price = soldAt.orElse(0);
        return price > 0 && unitCost > price * priceFactor
                ? Optional.of(
                        text("it costs %,.2f and sells at %,.2f; is the cost that of another unit?", unitCost, price))
                : Optional.empty();
    }

    private Optional<String> value(ReorderDecision decision, PastTrade past) {
        double value = forStock(decision) * decision.line().costs().unitCost();
        return past.yearlySales() > 0 && value > orderValue * past.yearlySales()
                ? Optional.of(text(
                        "the order of %,.2f is %,.1f times what it sells for in a year (%,.2f)",
                        value, value / past.yearlySales(), past.yearlySales()))
                : Optional.empty();
    }

    private Optional<String> cover(ReorderDecision decision, PastTrade past) {
        double forecast = decision.line().demand().expected(QUARTER_DAYS) * 7 / QUARTER_DAYS;
        double weekly = Math.max(forecast, past.yearlyUnits() / WEEKS_A_YEAR);
        double quantity = forStock(decision);
        if (quantity <= coverWeeks * weekly) {
            return Optional.empty();
        }
        return Optional.of(
                weekly > 0
                        ? text(
                                "the order would last %,.0f weeks (%,.2f a week are asked for)",
                                quantity / weekly, weekly)
                        : "nothing is forecast, and nothing was sold in a year");
    }

    /**
     * An order as a plan that is refused names it.
     *
     * @param value what it costs
     */
    public record Named(String product, String site, double value) {}

    /** Orders that a refused plan names at most. */
    public static final int ORDERS_NAMED = 5;

    /**
     * Why a plan as a whole is to be refused, with the orders that make it; empty if it is within its ceiling.
     *
     * @param value        what the orders cost that would be placed
     * @param orders       how many there are
     * @param largest      the dearest of them, the dearest first, {@link #ORDERS_NAMED} at most
     * @param companySales what the company sold for in a year; 0 where no price is known, and then no ceiling holds
     */
    public Optional<String> breachOfPlan(
            double value, long orders, Supplier<List<Named>> largest, double companySales) {
        if (companySales <= 0 || value <= planValue * companySales) {
            return Optional.empty();
        }
        List<String> named = largest.get().stream()
                .map(order -> text("%s at %s %,.2f", order.product(), order.site(), order.value()))
                .toList();
        return Optional.of(text(
                "the orders of the plan cost %,.2f, which is %,.0f %% of the %,.2f that the company sells for in a year;"
                        + " %,.0f %% are allowed. Most of it: %s%s",
                value,
                100 * value / companySales,
                companySales,
                100 * planValue,
                String.join(", ", named),
                orders > named.size() ? text(", and %,d more", orders - named.size()) : ""));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
