package io.millrace.launcher.demo;

/**
 * A line of a purchase order. What will become of it is drawn when it is placed.
 *
 * @param received units that arrive, fewer than ordered now and then
 * @param receivedDay day on which they arrive, possibly after the history
 * @param cancelled the supplier never delivers and says so on the promised day
 */
record PurchaseLine(
        String orderNo,
        int lineNo,
        int day,
        SupplyTerms terms,
        int site,
        int quantity,
        int received,
        int promisedDay,
        int receivedDay,
        boolean cancelled) {

    /** Day on which the ERP closes the line. */
    int closedDay() {
        return cancelled ? promisedDay : receivedDay;
    }

    String status(int today) {
        return closedDay() > today ? "open" : cancelled ? "cancelled" : "done";
    }

    boolean arrivedBy(int today) {
        return !cancelled && receivedDay <= today;
    }
}
