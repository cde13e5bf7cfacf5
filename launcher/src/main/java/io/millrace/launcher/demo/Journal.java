package io.millrace.launcher.demo;

/** Takes down what is too much to keep in memory, as it happens: sales lines in the order of days, feedback in the order of orders. */
interface Journal {

    void sale(SalesLine line);

    void feedback(Feedback feedback);
}
