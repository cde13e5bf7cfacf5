package io.millrace.launcher.demo;

/**
 * A customer in the audience of a campaign, contacted or held back.
 *
 * @param means how the customer was contacted, NONE for a control
 * @param content what was offered, or null for a control
 * @param propensity probability with which this means and content had been chosen
 * @param untreated hidden: probability of a purchase within the window without a contact
 * @param treated hidden: the same with this contact
 * @param outcome what the customer did
 */
record CampaignContact(
        String campaign,
        int customer,
        int day,
        int minute,
        Means means,
        String content,
        double propensity,
        double untreated,
        double treated,
        Outcome outcome) {

    /** How a customer is contacted, with its cost in ten-thousandths of the currency. */
    enum Means {
        EMAIL(500),
        PHONE(35_000),
        POST(9_500),
        NONE(0);

        private final int cost;

        Means(int cost) {
            this.cost = cost;
        }

        int cost() {
            return cost;
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What was bought within the window; grows while it is open. */
    static final class Outcome {
        private boolean responded;
        private long revenueCents;

        void bought(long cents) {
            responded = true;
            revenueCents += cents;
        }

        boolean responded() {
            return responded;
        }

        long revenueCents() {
            return revenueCents;
        }
    }
}
