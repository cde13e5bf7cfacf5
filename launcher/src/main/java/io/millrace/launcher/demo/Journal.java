package io.millrace.launcher.demo;

/**
 * Takes down what is too much to keep in memory, as it happens: sales lines in the order of days, feedback in the order
 * of the orders that it is about.
 */
interface Journal {

    /** Takes down nothing. */
    Journal NONE = new Journal() {
        @Override
        public void sale(SalesLine line, Market market) {}

        @Override
        public void feedback(Feedback feedback, Market market) {}
    };

    void sale(SalesLine line, Market market);

    void feedback(Feedback feedback, Market market);
}
