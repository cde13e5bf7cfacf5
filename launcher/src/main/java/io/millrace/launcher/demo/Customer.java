package io.millrace.launcher.demo;

/**
 * A customer.
 *
 * @param joinedDay first day as a customer; below 0 for those who were there before the history
 * @param site place of the warehouse that serves them
 * @param habits hidden: how they buy
 */
record Customer(
        String code,
        Contact contact,
        Category category,
        int joinedDay,
        boolean optedOut,
        int site,
        double latitude,
        double longitude,
        Habits habits) {

    /** What the ERP writes on letters. */
    record Contact(String name, String email, String phone, String street, String postalCode, String city) {}

    /**
     * How a customer buys.
     *
     * @param loyalty standard normal; high ones stay
     * @param ordersPerDay while they are customers and nothing is in the way
     * @param persuadability factor on what a campaign does to them; below 0 contacts put them off
     * @param favourite one of two ranges that they buy most from
     * @param second the other one
     */
    record Habits(
            double loyalty, double ordersPerDay, double persuadability, int favourite, int second, Channel channel) {}

    /** How an order comes in. */
    enum Channel {
        WEB,
        STORE,
        PHONE
    }

    /** The ERP's grouping, with what is typical of it. */
    enum Category {
        RETAIL(0.0250, 0.4, 1.2, 1),
        ONLINE(0.0280, 0.5, 1.1, 1),
        WHOLESALE(0.0700, 1.2, 0.3, 0.8);

        private final double ordersPerDay;
        private final double linesBeyondFirst;
        private final double weekend;
        private final double price;

        Category(double ordersPerDay, double linesBeyondFirst, double weekend, double price) {
            this.ordersPerDay = ordersPerDay;
            this.linesBeyondFirst = linesBeyondFirst;
            this.weekend = weekend;
            this.price = price;
        }

        double ordersPerDay() {
            return ordersPerDay;
        }

        /** Mean number of lines of an order beyond the first. */
        double linesBeyondFirst() {
            return linesBeyondFirst;
        }

        /** Factor on orders on Saturdays and Sundays. */
        double weekend() {
            return weekend;
        }

        /** Factor on the list price. */
        double price() {
            return price;
        }

        /** Mean units of a line: one or two for consumers, a box for wholesale. */
        double unitsBeyondFirst() {
            return this == WHOLESALE ? 9 : 0.6;
        }
    }
}
