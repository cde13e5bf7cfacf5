package io.millrace.launcher.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A supplier.
 *
 * @param promisedDays lead time that it promises for its usual articles
 * @param lateness hidden: mean of actual over promised lead time
 * @param steadiness hidden: shape of the gamma distribution of the lead time; higher is steadier
 */
record Supplier(
        String code, String name, String city, String country, int promisedDays, double lateness, double steadiness) {

    /** Place in the list of the one that is nearly always late. */
    static final int LATE_ONE = 2;

    private static final String[] NAMES = {
        "Nordkontor", "Rhein Import", "Hanse Waren", "Alpen Handel", "Brenner", "Delta Trade", "Vesta", "Marburg & Sohn"
    };
    private static final String[][] PLACES = {
        {"Hamburg", "DE"}, {"Rotterdam", "NL"}, {"Milano", "IT"}, {"Gdańsk", "PL"}, {"Lyon", "FR"}, {"Wien", "AT"}
    };

    static List<Supplier> draw(DemoOptions options) {
        RandomGenerator random = Draws.stream(options.seed(), "suppliers");
        List<Supplier> suppliers = new ArrayList<>();
        for (int i = 0; i < options.suppliers(); i++) {
            String code = String.format(Locale.ROOT, "S-%03d", i + 1);
            String[] place = PLACES[i % PLACES.length];
            String name =
                    NAMES[i % NAMES.length] + (i < NAMES.length ? " GmbH" : " " + (i / NAMES.length + 1) + " GmbH");
            int promised = 5 + random.nextInt(20);
            double lateness = i == LATE_ONE ? 1.6 : Draws.between(random, 0.95, 1.15);
            double steadiness = i == LATE_ONE ? 4 : Draws.between(random, 12, 40);
            suppliers.add(new Supplier(code, name, place[0], place[1], promised, lateness, steadiness));
        }
        return Collections.unmodifiableList(suppliers);
    }

    /** Days from order to receipt, at least one. */
    int leadTime(int promised, RandomGenerator random) {
        return Math.max(1, (int) StrictMath.round(Draws.gamma(random, steadiness, promised * lateness)));
    }
}
