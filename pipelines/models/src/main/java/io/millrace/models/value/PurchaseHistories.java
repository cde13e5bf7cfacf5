package io.millrace.models.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The histories of many customers, equal ones together. Each array has an element for each different history.
 *
 * @param customers how many have the history
 * @param most      the most repeats of any
 */
@SuppressWarnings("ArrayRecordComponent")
record PurchaseHistories(int[] repeats, double[] last, double[] age, int[] customers, int most) {

    static PurchaseHistories of(Collection<PurchaseHistory> all) {
        Map<PurchaseHistory, Integer> counts = new LinkedHashMap<>();
        all.forEach(history -> counts.merge(history, 1, Integer::sum));
        int size = counts.size();
        int[] repeats = new int[size];
        double[] last = new double[size];
        double[] age = new double[size];
        int[] customers = new int[size];
        int most = 0;
        int i = 0;
        for (Map.Entry<PurchaseHistory, Integer> entry : counts.entrySet()) {
            repeats[i] = entry.getKey().repeats();
            last[i] = entry.getKey().last();
            age[i] = entry.getKey().age();
            customers[i] = entry.getValue();
            most = Math.max(most, repeats[i++]);
        }
        return new PurchaseHistories(repeats, last, age, customers, most);
    }

    int size() {
        return repeats.length;
    }

    /** Logarithms of the rising factorials Γ(from + n) / Γ(from), for n from 0 to {@code most}. */
    static double[] logRising(double from, int most) {
        double[] logs = new double[most + 1];
        for (int n = 0; n < most; n++) {
            logs[n + 1] = logs[n] + Math.log(from + n);
        }
        return logs;
    }
}
