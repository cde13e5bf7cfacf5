package io.millrace.nightly.value;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Margin over sales of a customer. One mean purchase of the company, at the company's share, is added to the customer's own, so that a first order or
 * a return of what was bought long ago is no rule.
 *
 * @param company share of all customers
 * @param order   mean sales of a purchase, 0 or more
 */
record MarginShare(double company, double order) implements Serializable {

    /** Of customers with {@code sold}, {@code margin} and {@code amounts}. @param otherwise share where nothing was sold for money */
    static MarginShare of(List<Row> customers, double otherwise) {
        double sold =
                customers.stream().mapToDouble(c -> c.<Double>getAs("sold")).sum();
        double margin =
                customers.stream().mapToDouble(c -> c.<Double>getAs("margin")).sum();
        long purchases = customers.stream()
                .mapToLong(c -> c.getList(c.fieldIndex("amounts")).size())
                .sum();
        return sold > 0 ? new MarginShare(within(margin / sold), sold / purchases) : new MarginShare(otherwise, 0);
    }

    /** @param margin of {@code sold}, less that of returns */
    double of(double sold, double margin) {
        return sold + order > 0 ? within((margin + company * order) / (sold + order)) : company;
    }

    private static double within(double share) {
        return Math.max(-1, Math.min(1, share));
    }
}
