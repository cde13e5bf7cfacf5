package io.millrace.decisions.replay;

/**
 * What stock cost, or was said to cost.
 *
 * @param holding  of stock on hand
 * @param shortage of units short
 * @param ordering of orders placed
 */
public record Money(double holding, double shortage, double ordering) {

    /** Nothing. */
    public static final Money NONE = new Money(0, 0, 0);

    /** All three. */
    public double total() {
        return holding + shortage + ordering;
    }

    /** Both together. */
    public Money plus(Money other) {
        return new Money(holding + other.holding, shortage + other.shortage, ordering + other.ordering);
    }

    /** So many times. */
    public Money times(double factor) {
        return new Money(holding * factor, shortage * factor, ordering * factor);
    }
}
