package io.millrace.models.value;

/**
 * What a customer will be worth within the horizon.
 *
 * @param alive             probability of still being a customer
 * @param any               probability of at least one purchase
 * @param purchases         mean number of purchases
 * @param medianPurchases   number that is exceeded as often as not; no whole number where the look back gave past purchases a share
 * @param amountPerPurchase mean amount of the next purchase
 * @param amount            mean amount of all purchases, discounted
 * @param medianAmount      the same for the median number
 */
public record ValueOutlook(
        double alive,
        double any,
        double purchases,
        double medianPurchases,
        double amountPerPurchase,
        double amount,
        double medianAmount) {}
