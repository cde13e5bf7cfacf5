package io.millrace.decisions.reorder;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * What is on order for a shelf beside the receipts that its count announces: decisions that were accepted and are not placed yet, and
 * orders that were placed since the shelf was counted. Quantities are netted order by order, the oldest first, so that an order for one
 * piece ends one piece of what is under way and no more.
 */
public final class OnOrder {

    private OnOrder() {}

    /**
     * A decision that the ERP accepted.
     *
     * @param decidedOn night that decided
     * @param quantity  in units, 0 or more
     */
    public record Accepted(LocalDate decidedOn, double quantity) implements Serializable {}

    /**
     * A line of an order to a supplier.
     *
     * @param orderedOn day of the order
     * @param knownOn   business date of the extract that first told of it
     * @param quantity  units ordered, 0 or more
     * @param expected  units that came or will come: 0 where it was cancelled
     * @param open      units that are still to come
     */
    public record Placed(LocalDate orderedOn, LocalDate knownOn, double quantity, double expected, double open)
            implements Serializable {}

    /**
     * Units on order that are neither on hand nor among the announced receipts.
     *
     * @param counted      day at whose end the shelf was counted, null if nobody counts it
     * @param areAnnounced whether the count came with what is to be received
     * @param accepted     decisions, in any order
     * @param placed       orders, in any order
     */
    public static double units(LocalDate counted, boolean areAnnounced, List<Accepted> accepted, List<Placed> placed) {
        List<Accepted> waiting = accepted.stream()
                .sorted(Comparator.comparing(Accepted::decidedOn))
                .toList();
        double[] left = waiting.stream().mapToDouble(Accepted::quantity).toArray();
        double units = 0;
        for (Placed order :
                placed.stream().sorted(Comparator.comparing(Placed::orderedOn)).toList()) {
            boolean isOurs = placing(order, waiting, left);
            // A document may bear the date of the decision and be written a day later: then the count may be older than
            // it.
            boolean isSinceCount = counted != null
                    && (order.orderedOn().isAfter(counted)
                            || isOurs && order.knownOn().isAfter(counted));
            if (isSinceCount) {
                units += order.expected();
            } else if (!areAnnounced) {
                units += order.open();
            }
        }
        for (double rest : left) {
            units += rest;
        }
        return units;
    }

    /** Takes an order off the decisions that were there before it. @return whether there was one to take it off */
    private static boolean placing(Placed order, List<Accepted> waiting, double[] left) {
        double quantity = order.quantity();
        boolean isOurs = false;
        for (int i = 0; i < left.length && quantity > 0; i++) {
            if (left[i] > 0 && !waiting.get(i).decidedOn().isAfter(order.orderedOn())) {
                double taken = Math.min(quantity, left[i]);
                left[i] -= taken;
                quantity -= taken;
                isOurs = true;
            }
        }
        return isOurs;
    }
}
