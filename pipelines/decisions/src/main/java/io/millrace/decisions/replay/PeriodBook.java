package io.millrace.decisions.replay;

import io.millrace.decisions.reorder.InventorySimulation;

/** Books the days of an item under a policy, by the periods of the calendar. */
final class PeriodBook implements InventorySimulation.Daybook {

    private final ReplayCalendar calendar;
    private final int firstDay;
    private final InventorySimulation.Tariff tariff;
    private final double[] costs;
    private final double[] stocks;
    private int period;
    private Money cost = Money.NONE;
    private double demand;
    private double missed;
    private long orders;
    private double ordered;
    private double endStock;
    private double endOnOrder;

    /** @param entry period in which the item enters */
    PeriodBook(ReplayCalendar calendar, int entry, InventorySimulation.Tariff tariff) {
        this.calendar = calendar;
        this.tariff = tariff;
        firstDay = calendar.dates()[entry] + 1;
        period = entry;
        costs = new double[calendar.periods()];
        stocks = new double[calendar.periods()];
    }

    @Override
    public void close(int day, double asked, double notThere, double net, double onOrder, double quantity) {
        if (firstDay + day > calendar.lastDay(period)) {
            period++;
        }
        Money today = new Money(
                tariff.holding() * Math.max(0, net), tariff.shortage() * notThere, quantity > 0 ? tariff.order() : 0);
        cost = cost.plus(today);
        costs[period] += today.total();
        stocks[period] = Math.max(0, net);
        demand += asked;
        missed += notThere;
        orders += quantity > 0 ? 1 : 0;
        ordered += quantity;
        endStock = Math.max(0, net);
        endOnOrder = onOrder;
    }

    PolicyOutcome outcome(ReplayPolicy policy, Money modelPrice) {
        return new PolicyOutcome(
                policy, cost, modelPrice, demand, missed, orders, ordered, endStock, endOnOrder, costs, stocks);
    }
}
