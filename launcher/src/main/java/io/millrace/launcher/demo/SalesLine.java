package io.millrace.launcher.demo;

/**
 * A line of a sales order; a return has a negative quantity.
 *
 * @param customer place in the list of customers, -1 over the counter
 * @param promotion code, or null
 */
record SalesLine(
        String orderNo,
        int lineNo,
        int day,
        int customer,
        int product,
        int site,
        Customer.Channel channel,
        String promotion,
        int quantity,
        long unitCents,
        Status status) {

    /** The contract's three states. */
    enum Status {
        OPEN,
        DONE,
        CANCELLED
    }

    long amountCents() {
        return quantity * unitCents;
    }

    SalesLine returned(String returnNo, int onDay, int units) {
        return new SalesLine(
                returnNo, 1, onDay, customer, product, site, channel, promotion, -units, unitCents, Status.DONE);
    }
}
