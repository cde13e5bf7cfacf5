package io.millrace.launcher.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * On what terms a supplier delivers a product.
 *
 * @param supplier place in the list of suppliers
 * @param product place in the catalogue
 * @param pack orders are multiples of this
 * @param preference 1 is whom the ERP asks first
 */
record SupplyTerms(int supplier, int product, int promisedDays, long unitCents, int minimum, int pack, int preference) {

    private static final Integer[] PACKS = {1, 6, 6, 10, 12, 24};

    /** One supplier a stocked product, and a dearer second one for two in five. Sorted by product and preference. */
    static List<SupplyTerms> draw(DemoOptions options, List<Product> products, List<Supplier> suppliers) {
        RandomGenerator random = Draws.stream(options.seed(), "terms");
        List<SupplyTerms> terms = new ArrayList<>();
        for (int i = 0; i < products.size(); i++) {
            if (!products.get(i).stocked()) {
                continue;
            }
            int first = random.nextInt(suppliers.size());
            terms.add(of(first, i, 1, 1, products.get(i), suppliers, random));
            if (Draws.chance(random, 0.4)) {
                int second = (first + 1 + random.nextInt(suppliers.size() - 1)) % suppliers.size();
                terms.add(of(second, i, Draws.between(random, 1.03, 1.15), 2, products.get(i), suppliers, random));
            }
        }
        return Collections.unmodifiableList(terms);
    }

    private static SupplyTerms of(
            int supplier,
            int product,
            double dearer,
            int preference,
            Product what,
            List<Supplier> suppliers,
            RandomGenerator random) {
        int pack = what.demand().intermittent() ? 1 : Draws.oneOf(random, PACKS);
        int promised = Math.max(2, suppliers.get(supplier).promisedDays() + random.nextInt(7) - 3);
        long cents = StrictMath.round(what.costCents() * dearer);
        return new SupplyTerms(supplier, product, promised, cents, pack * (1 + random.nextInt(2)), pack, preference);
    }

    /** The smallest quantity that the supplier accepts and that covers {@code wanted}. */
    int rounded(int wanted) {
        int atLeast = Math.max(wanted, minimum);
        return (atLeast + pack - 1) / pack * pack;
    }
}
