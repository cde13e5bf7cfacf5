package io.millrace.models.value;

import java.io.Serializable;

/**
 * What a model of purchases has to know of a customer, counted from the first purchase.
 *
 * @param repeats purchases after the first one
 * @param last    weeks from the first to the last purchase, 0 without repeats
 * @param age     weeks from the first purchase to the day up to which purchases are known, at least {@code last}
 */
public record PurchaseHistory(int repeats, double last, double age) implements Serializable {

    public PurchaseHistory {
        if (repeats < 0 || !(last >= 0) || !(age >= last) || Double.isInfinite(age) || (repeats == 0 && last > 0)) {
            throw new IllegalArgumentException(
                    "A customer with %d repeats, the last of them %s weeks after the first purchase and %s weeks of age is none"
                            .formatted(repeats, last, age));
        }
    }
}
