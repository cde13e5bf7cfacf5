package io.millrace.launcher.demo;

import io.millrace.launcher.demo.Product.Demand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Draws the products: a third are slow movers that are asked for on few days, one in twenty came or went during the
 * history. The last one is postage, which nobody stocks.
 */
final class Catalogue {

    private static final String[] BRANDS = {
        "Alder", "Birch", "Cedar", "Dune", "Elm", "Fjord", "Grove", "Harbour", "Iris", "Juniper", "Kelp", "Larch"
    };

    private Catalogue() {}

    static List<Product> draw(DemoOptions options) {
        RandomGenerator random = Draws.stream(options.seed(), "products");
        int count = options.products();
        List<Product> products = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            products.add(product(i, count, options.days(), random));
        }
        Demand always = new Demand(0, 1, 0, 0, Integer.MAX_VALUE);
        products.add(new Product("P-POST", "Postage and packing", -1, 590, 410, 0, 0, always));
        return Collections.unmodifiableList(products);
    }

    private static Product product(int i, int count, int days, RandomGenerator random) {
        int range = i % Range.ALL.size();
        List<Range.Thing> things = Range.ALL.get(range).things();
        int round = i / Range.ALL.size();
        Range.Thing thing = things.get(round % things.size());
        String brand = BRANDS[(round + range * 5) % BRANDS.length];
        long list = Math.max(100, StrictMath.round(Draws.logNormal(random, thing.cents(), 0.15) / 10) * 10);
        long cost = StrictMath.round(list / Draws.between(random, 1.5, 2.4));
        int series = round / BRANDS.length;
        String name = brand + " " + thing.name() + (series == 0 ? "" : " Mk" + (series + 1));
        String code = String.format(Locale.ROOT, "P-%04d", i + 1);
        double quality = random.nextGaussian();
        return new Product(code, name, range, list, cost, thing.grams(), quality, demand(i, count, days, random));
    }

    private static Demand demand(int i, int count, int days, RandomGenerator random) {
        boolean slow = i % 3 == 2;
        double gate = slow ? Draws.between(random, 0.04, 0.15) : 1;
        double popularity = slow ? Draws.between(random, 0.03, 0.12) : Draws.logNormal(random, 1, 0.5);
        double growth = Draws.between(random, -0.2, 0.35);
        boolean launched = i % 20 == 7;
        boolean ended = i % 20 == 16 && i < count - 1;
        int first = launched ? (int) (days * Draws.between(random, 0.3, 0.8)) : 0;
        int end = ended ? (int) (days * Draws.between(random, 0.6, 0.95)) : Integer.MAX_VALUE;
        return new Demand(popularity, gate, growth, first, end);
    }
}
