package io.millrace.launcher.demo;

import io.millrace.launcher.demo.Customer.Category;

/**
 * A stop to deliver to in the next days.
 *
 * @param grams load on the vehicle
 * @param fromHour earliest arrival
 * @param toHour latest arrival
 */
record Shipment(String code, int dueDay, int site, int customer, long grams, int fromHour, int toHour) {

    /** Shops take goods in the morning, consumers all day or, one in three, in the evening. */
    static Shipment of(String orderNo, int dueDay, int site, int customer, Category category, long grams) {
        boolean evening = category != Category.WHOLESALE && orderNo.hashCode() % 3 == 0;
        int from = evening ? 16 : category == Category.WHOLESALE ? 7 : 8;
        int to = evening ? 20 : category == Category.WHOLESALE ? 12 : 18;
        return new Shipment("SH" + orderNo.substring(2), dueDay, site, customer, grams, from, to);
    }
}
