package io.millrace.models.value;

/**
 * What a customer is going to buy within a time.
 *
 * @param alive    probability of still being a customer at its beginning
 * @param any      probability of at least one purchase
 * @param expected mean number of purchases
 * @param median   the least number that is not exceeded with a probability of a half
 */
public record PurchaseOutlook(double alive, double any, double expected, int median) {}
