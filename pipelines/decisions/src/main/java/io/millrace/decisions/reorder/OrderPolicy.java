package io.millrace.decisions.reorder;

/** What is ordered, day by day. */
@FunctionalInterface
public interface OrderPolicy {

    /**
     * Units to order at the start of a day, 0 or more.
     *
     * @param day      of the world, from 0
     * @param position units on hand less units owed, and all that is on order
     */
    double quantity(int day, double position);
}
