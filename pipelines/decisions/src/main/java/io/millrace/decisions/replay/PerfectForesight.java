package io.millrace.decisions.replay;

import io.millrace.decisions.reorder.InventorySimulation.Tariff;
import io.millrace.decisions.reorder.UnmetDemand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The orders of somebody who knows all demand and all lead times: least cost over the days that are lived through, by the
 * dynamic programme of Wagner and Whitin (Dynamic Version of the Economic Lot Size Model, Management Science 5, 1958), in which
 * a unit may also be left short where that costs less than to hold it. Orders are placed on the same dates as anybody's; packs,
 * minimums and the time after the last day do not count, so it is a bound that nobody beats and perhaps nobody reaches.
 *
 * <p>The stock of the start is used up first, whatever is done, so only demand beyond it is planned. A unit asked for on day d
 * comes from the last receipt a before it and costs min(b, h(d − a)), for holding h a day and shortage b a unit.
 */
final class PerfectForesight {

    /** An order that may be placed. */
    private record Chance(int date, int arrival) {}

    private final Tariff tariff;
    private final List<Chance> chances;
    private final int days;
    /** Units of the days before each day that the start does not serve, and these units times their day. */
    private final double[] units;

    private final double[] moments;

    /**
     * Takes the problem.
     *
     * @param stock     on hand at the start, 0 or more
     * @param demand    of each day
     * @param orderDays days at whose start an order may be placed
     * @param leadTimes of orders placed on each day
     */
    PerfectForesight(double stock, double[] demand, int[] orderDays, int[] leadTimes, Tariff tariff) {
        this.tariff = tariff;
        days = demand.length;
        chances = Arrays.stream(orderDays)
                .mapToObj(day -> new Chance(day, day + leadTimes[day]))
                .filter(chance -> chance.arrival() < days)
                .sorted(Comparator.comparingInt(Chance::arrival).thenComparingInt(Chance::date))
                .toList();
        units = new double[days + 1];
        moments = new double[days + 1];
        double left = stock;
        for (int day = 0; day < days; day++) {
            double beyond = Math.max(0, demand[day] - left);
            left = Math.max(0, left - demand[day]);
            units[day + 1] = units[day] + beyond;
            moments[day + 1] = moments[day] + beyond * day;
        }
    }

    /** Units to order at the start of each day; what waits from before a receipt comes with it. */
    double[] orders(UnmetDemand unmet) {
        double[] quantities = new double[days];
        int servedTo = 0;
        for (Chance[] cycle : cycles()) {
            int arrival = cycle[0].arrival();
            int heldTo = held(arrival, cycle[1] == null ? days : cycle[1].arrival());
            double waiting = unmet == UnmetDemand.LOST ? 0 : between(servedTo, arrival);
            quantities[cycle[0].date()] += waiting + between(arrival, heldTo);
            servedTo = heldTo;
        }
        return quantities;
    }

    /** The receipts chosen, each with the next one or null. */
    private List<Chance[]> cycles() {
        int count = chances.size();
        double[] least = new double[count + 1];
        int[] next = new int[count + 1];
        for (int i = count - 1; i >= 0; i--) {
            least[i] = Double.POSITIVE_INFINITY;
            for (int j = i + 1; j <= count; j++) {
                int end = j == count ? days : chances.get(j).arrival();
                double cost = tariff.order() + cycleCost(chances.get(i).arrival(), end) + least[j];
                if (cost < least[i]) {
                    least[i] = cost;
                    next[i] = j;
                }
            }
        }
        int first = count;
        double best = tariff.shortage() * between(0, days);
        for (int i = 0; i < count; i++) {
            double cost = tariff.shortage() * between(0, chances.get(i).arrival()) + least[i];
            if (cost < best) {
                best = cost;
                first = i;
            }
        }
        List<Chance[]> cycles = new ArrayList<>();
        for (int i = first; i < count; i = next[i]) {
            cycles.add(new Chance[] {chances.get(i), next[i] < count ? chances.get(next[i]) : null});
        }
        return cycles;
    }

    private double between(int from, int to) {
        return units[to] - units[from];
    }

    /** The first day whose demand is not worth holding stock for, or the end. */
    private int held(int arrival, int end) {
        if (tariff.holding() == 0) {
            return end;
        }
        return (int) Math.min(end, arrival + Math.floor(tariff.shortage() / tariff.holding()) + 1);
    }

    private double cycleCost(int arrival, int end) {
        int held = held(arrival, end);
        double unitDays = moments[held] - moments[arrival] - arrival * between(arrival, held);
        return tariff.holding() * unitDays + tariff.shortage() * between(held, end);
    }
}
