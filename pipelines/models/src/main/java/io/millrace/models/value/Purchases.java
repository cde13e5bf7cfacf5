package io.millrace.models.value;

import java.io.Serializable;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The purchases of a customer, those of a day being one.
 *
 * @param days    on which the customer bought, ascending, each once, counted from any day; at least one
 * @param amounts of each day, 0 or more
 */
@SuppressWarnings("ArrayRecordComponent")
public record Purchases(int[] days, double[] amounts) implements Serializable {

    /** Days of a week, the unit of time of the models. */
    static final double WEEK = ChronoUnit.WEEKS.getDuration().toDays();

    public Purchases {
        if (days.length == 0 || days.length != amounts.length) {
            throw new IllegalArgumentException(
                    "A customer has %d days of purchases and %d amounts".formatted(days.length, amounts.length));
        }
    }

    /** Of rows in any order; those of a day are added up. */
    public static Purchases ofRows(int[] days, double[] amounts) {
        Map<Integer, Double> byDay = new TreeMap<>();
        for (int i = 0; i < days.length; i++) {
            byDay.merge(days[i], amounts[i], Double::sum);
        }
        return new Purchases(
                byDay.keySet().stream().mapToInt(day -> day).toArray(),
                byDay.values().stream().mapToDouble(amount -> amount).toArray());
    }

    /** Day of the first purchase. */
    public int firstDay() {
        return days[0];
    }

    /** Day of the last purchase. */
    public int lastDay() {
        return days[days.length - 1];
    }

    /** Purchases up to a day, itself included. */
    public int until(int day) {
        int place = Arrays.binarySearch(days, day);
        return place < 0 ? -place - 1 : place + 1;
    }

    /** Purchases after a day up to another, itself included. */
    public int between(int after, int day) {
        return until(day) - until(after);
    }

    /** What these purchases brought. */
    public double amountBetween(int after, int day) {
        double sum = 0;
        for (int i = until(after); i < until(day); i++) {
            sum += amounts[i];
        }
        return sum;
    }

    /** What is known on a day that does not come before the first purchase. */
    public PurchaseHistory history(int day) {
        int repeats = until(day) - 1;
        return new PurchaseHistory(repeats, (days[repeats] - days[0]) / WEEK, (day - days[0]) / WEEK);
    }

    /** The mean amount of the repeats up to a day; 0 of none. */
    public double meanRepeat(int day) {
        int repeats = until(day) - 1;
        return repeats < 1 ? 0 : amountBetween(days[0], day) / repeats;
    }
}
