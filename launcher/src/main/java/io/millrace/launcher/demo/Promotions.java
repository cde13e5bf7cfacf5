package io.millrace.launcher.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The promotions of the history: every four weeks or so one range of products is cheaper for one to two weeks. */
final class Promotions {

    /** Price cut in per cent on a range from {@code firstDay} up to and including {@code lastDay}. */
    record Promotion(String code, int range, int firstDay, int lastDay, int cutPercent) {

        /** Factor on demand: a tenth off sells half as much again. */
        double lift() {
            return 1 + 0.05 * cutPercent;
        }
    }

    private static final Integer[] CUTS = {10, 15, 20, 25, 30};

    private final List<Promotion> all = new ArrayList<>();
    private final Promotion[][] running;

    Promotions(DemoOptions options) {
        RandomGenerator random = Draws.stream(options.seed(), "promotions");
        running = new Promotion[options.days()][Range.ALL.size()];
        for (int start = 5 + random.nextInt(20); start < options.days(); start += 22 + random.nextInt(14)) {
            add(options, random, start);
        }
    }

    private void add(DemoOptions options, RandomGenerator random, int start) {
        int last = Math.min(options.lastDay(), start + 6 + random.nextInt(8));
        String code = String.format(Locale.ROOT, "PR%02d-%tY%2$tm", all.size() + 1, options.day(start));
        Promotion promotion =
                new Promotion(code, random.nextInt(Range.ALL.size()), start, last, Draws.oneOf(random, CUTS));
        all.add(promotion);
        for (int day = start; day <= last; day++) {
            running[day][promotion.range()] = promotion;
        }
    }

    /** What is on for a product on a day, or null. */
    Promotion on(Product product, int day) {
        return product.range() < 0 ? null : running[day][product.range()];
    }
}
