package io.millrace.launcher.demo;

import java.util.random.RandomGenerator;

/**
 * The min/max rule that the ERP follows for a product at a site: at or below {@code point} it orders up to {@code
 * upTo}.
 */
record ReorderRule(int product, int site, int point, int upTo) {

    /** A planner's guess: promised lead time times a rough rate, some safety by feel, two to six weeks in one order. */
    static ReorderRule guessed(int product, int site, double unitsPerDay, SupplyTerms terms, RandomGenerator random) {
        double believed = Draws.logNormal(random, unitsPerDay, 0.25);
        int point = (int) StrictMath.ceil(believed * terms.promisedDays() * Draws.between(random, 1.2, 2.2) + 1);
        int lot = (int) StrictMath.ceil(believed * Draws.between(random, 14, 45));
        return new ReorderRule(product, site, point, point + Math.max(terms.pack(), lot));
    }
}
