package io.millrace.decisions.replay;

import io.millrace.decisions.inventory.EconomicOrderQuantity;
import io.millrace.decisions.reorder.InventorySimulation;
import io.millrace.decisions.reorder.InventorySimulation.Tariff;
import io.millrace.decisions.reorder.OrderPolicy;
import io.millrace.decisions.reorder.OrderRule;
import io.millrace.decisions.reorder.PresentRule;
import io.millrace.decisions.reorder.ReorderDecision;
import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.decisions.reorder.ReorderOptions;
import io.millrace.decisions.reorder.ReorderPlanner;
import io.millrace.decisions.reorder.ReorderProblem;
import io.millrace.decisions.reorder.SimulatedWorld;
import io.millrace.decisions.reorder.StockPosition;
import io.millrace.decisions.reorder.WeeklyDemand;
import io.millrace.decisions.reorder.YearlyPrice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Lives through the days of an item again, once for each policy: on every date an order is decided with what was known by then,
 * and then the demand and the lead times of the following days happen as they did.
 *
 * <p>An item enters on the first date with a closed week of sales behind it. Every policy starts with the same stock: what is
 * known of the shelf, else the middle between the classical plan's reorder point and order-up-to level, where a position is found on
 * average.
 */
public final class ItemReplay {

    private static final double DAYS_A_YEAR = 365;
    private static final int DAYS_A_WEEK = 7;

    private final ReplayItem item;
    private final ReplayCalendar calendar;
    private final ReorderOptions options;
    /** What was known on each date; null before the item entered. */
    private final ReorderLine[] known;

    private final int entry;

    private ItemReplay(ReplayItem item, ReplayOptions replay, DemandForecasts forecasts) {
        this.item = item;
        calendar = replay.calendar();
        options = replay.planner();
        known = new ReorderLine[calendar.periods()];
        int first = calendar.periods();
        double[] before = null;
        WeeklyDemand demand = null;
        for (int period = 0; period < known.length; period++) {
            double[] weeks = item.sales().weeksKnown(calendar.dates()[period], replay.weeks());
            if (weeks.length > 0) {
                demand = Arrays.equals(weeks, before) ? demand : forecasts.on(calendar.dates()[period], weeks);
                before = weeks;
                known[period] = line(period, demand);
                first = Math.min(first, period);
            }
        }
        entry = first;
    }

    private ReorderLine line(int period, WeeklyDemand demand) {
        return new ReorderLine(
                item.product(),
                item.site(),
                "",
                "",
                new StockPosition(0, 0, 0),
                demand,
                item.deliveries().expected()[period],
                item.costs(),
                item.lot(),
                item.firstRule());
    }

    /** Replays an item; empty if no date has a week of sales behind it. */
    public static Optional<ItemOutcome> of(ReplayItem item, ReplayOptions options, DemandForecasts forecasts) {
        ItemReplay replay = new ItemReplay(item, options, forecasts);
        return replay.entry == options.calendar().periods() ? Optional.empty() : Optional.of(replay.outcome());
    }

    private ItemOutcome outcome() {
        ReorderDecision start = decide(entry, 0);
        double stock = entry == 0 && item.stock().isPresent()
                ? Math.max(0, item.stock().getAsDouble())
                : (start.reorderPoint() + start.orderUpTo()) / 2;
        Tariff tariff = new Tariff(
                item.costs().holdingPerYear() / DAYS_A_YEAR,
                start.shortageCost(),
                0,
                item.costs().orderCost());
        InventorySimulation days = new InventorySimulation(
                new SimulatedWorld(demand(), leadTimes(), 0), options.reviewDays(), tariff, options.unmet());
        Money[] prices = {Money.NONE, Money.NONE};
        Map<ReplayPolicy, PeriodBook> books = new EnumMap<>(ReplayPolicy.class);
        for (ReplayPolicy policy : ReplayPolicy.values()) {
            PeriodBook book = new PeriodBook(calendar, entry, tariff);
            days.live(stock, orders(policy, stock, tariff, prices), book);
            books.put(policy, book);
        }
        List<PolicyOutcome> outcomes = new ArrayList<>();
        books.forEach((policy, book) -> outcomes.add(book.outcome(policy, modelPrice(policy, prices))));
        return new ItemOutcome(calendar.dates()[entry], stock, outcomes);
    }

    private static Money modelPrice(ReplayPolicy policy, Money[] prices) {
        return switch (policy) {
            case CLASSICAL -> prices[0];
            case ERP_BEFORE -> prices[1];
            default -> Money.NONE;
        };
    }

    private double[] demand() {
        return item.sales().daily(calendar.dates()[entry] + 1, calendar.end());
    }

    private int[] leadTimes() {
        int[] leadTimes = new int[calendar.end() - calendar.dates()[entry]];
        for (int period = entry; period < calendar.periods(); period++) {
            leadTimes[day(period)] = item.deliveries().real(period, calendar.dates()[period]);
        }
        return leadTimes;
    }

    /** The day of the world at whose start the orders of a date are placed. */
    private int day(int period) {
        return calendar.dates()[period] - calendar.dates()[entry];
    }

    private OrderPolicy orders(ReplayPolicy policy, double stock, Tariff tariff, Money[] prices) {
        return switch (policy) {
            case ERP_BEFORE ->
                onDates((period, position) ->
                        carriedOut(item.firstRule().orElseGet(() -> movingAverage(period)), position));
            case MOVING_AVERAGE -> onDates((period, position) -> carriedOut(movingAverage(period), position));
            case MOVING_AVERAGE_EOQ -> onDates((period, position) -> carriedOut(economicLot(period), position));
            case CLASSICAL ->
                onDates((period, position) -> {
                    ReorderDecision decision = decide(period, position);
                    double years = calendar.days(period) / DAYS_A_YEAR;
                    prices[0] = prices[0].plus(money(decision.priced()).times(years));
                    prices[1] = prices[1].plus(money(decision.baseline()).times(years));
                    return decision.orderQuantity();
                });
            case PERFECT_FORESIGHT -> {
                double[] quantities = foresight(stock, tariff);
                yield (day, position) -> quantities[day];
            }
        };
    }

    private double[] foresight(double stock, Tariff tariff) {
        int[] days = IntStream.range(entry, calendar.periods()).map(this::day).toArray();
        return new PerfectForesight(stock, demand(), days, leadTimes(), tariff).orders(options.unmet());
    }

    /** What is ordered on a date at a position. */
    private interface OrderOnDate {
        double quantity(int period, double position);
    }

    private OrderPolicy onDates(OrderOnDate orders) {
        int[] periods = new int[calendar.end() - calendar.dates()[entry]];
        Arrays.fill(periods, -1);
        for (int period = entry; period < calendar.periods(); period++) {
            periods[day(period)] = period;
        }
        return (day, position) -> periods[day] < 0 ? 0 : orders.quantity(periods[day], position);
    }

    private double carriedOut(PresentRule rule, double position) {
        return OrderRule.of(rule, item.lot()).quantity(position);
    }

    private PresentRule movingAverage(int period) {
        return options.movingAverage().ruleFor(known[period], options.reviewDays());
    }

    /** The moving average's reorder point; its lot by the economic order quantity, within the bounds of the plan's own lots. */
    private PresentRule economicLot(int period) {
        double point = movingAverage(period).reorderPoint();
        double daily =
                known[period].demand().movingAverage(options.movingAverage().weeks()) / DAYS_A_WEEK;
        double longest = daily * options.maxCoverDays();
        double holding = item.costs().holdingPerYear();
        double economic = daily > 0 && holding > 0
                ? new EconomicOrderQuantity(item.costs().orderCost(), daily * DAYS_A_YEAR, holding).quantity()
                : longest;
        double lot = Math.max(daily * options.reviewDays(), Math.min(longest, economic));
        return PresentRule.fillingTo(point, point + Math.ceil(lot));
    }

    /** Tonight's plan for the item alone, at a position. */
    private ReorderDecision decide(int period, double position) {
        ReorderLine line = known[period];
        ReorderLine there = new ReorderLine(
                line.product(),
                line.site(),
                line.supplier(),
                line.unit(),
                new StockPosition(position, 0, 0),
                line.demand(),
                line.leadTime(),
                line.costs(),
                line.lot(),
                line.presentRule());
        return new ReorderPlanner(options)
                .plan(new ReorderProblem(List.of(there), OptionalDouble.empty()))
                .decisions()
                .get(0);
    }

    private static Money money(YearlyPrice price) {
        return new Money(price.holding(), price.shortage(), price.ordering());
    }
}
