package io.millrace.models.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the series of a company teach about each other, where one alone is too short to tell: how often its things sell and how much at
 * a time, and which methods do well on each class of its demand.
 *
 * @param rhythm   how often things sell, and when they stop
 * @param sizes    how much is sold at a time
 * @param products errors of the methods by class, means over the series
 * @param totals   errors of the totals over several steps by class
 * @param boosting what is missing of combined forecasts
 */
record CompanyLessons(
        SalesRhythm rhythm,
        DemandSizes sizes,
        Map<Peers, ErrorProducts> products,
        Map<DemandClass, CumulativeErrors> totals,
        PooledBoosting boosting)
        implements Serializable {

    /** Nothing is known. */
    static final CompanyLessons NONE =
            new CompanyLessons(SalesRhythm.UNKNOWN, DemandSizes.UNKNOWN, Map.of(), Map.of(), PooledBoosting.NONE);

    /** Series that are looked at; so many tell as much as all. */
    private static final int MOST_SERIES = 2000;

    /** Series of one class that were tested with the same methods. */
    record Peers(DemandClass kind, List<String> methods) implements Serializable {}

    /**
     * Learns from histories of one finite point or more, evenly spread ones where there are very many.
     *
     * @param seed of what is learned of the errors of forecasts; empty if nothing of them is to be learned
     */
    static CompanyLessons of(Collection<double[]> histories, int seasonality, int horizon, OptionalLong seed) {
        List<double[]> all = evenly(histories);
        Map<SalesRhythm.Record, Integer> records = new HashMap<>();
        DemandSizes.Lessons sizes = new DemandSizes.Lessons();
        for (double[] history : all) {
            if (!AutomaticForecaster.hasNegative(history)) {
                SalesRhythm.Record record = SalesRhythm.Record.of(history);
                if (record != null) {
                    records.merge(record, 1, Integer::sum);
                }
                sizes.add(history);
            }
        }
        CompanyLessons pooled =
                new CompanyLessons(SalesRhythm.of(records), sizes.sizes(), Map.of(), Map.of(), PooledBoosting.NONE);
        AutomaticForecaster forecaster = new AutomaticForecaster(seasonality, pooled);
        Map<Peers, ErrorProducts> sums = new HashMap<>();
        Map<Peers, Integer> counts = new HashMap<>();
        // The order is that of the series whatever thread worked on which, so sums are always the same.
        List<AutomaticForecaster.Tested> tests =
                all.parallelStream().map(h -> forecaster.test(h, horizon)).toList();
        for (AutomaticForecaster.Tested test : tests) {
            if (test.cuts().length > 0) {
                sums.merge(test.peers(), test.products(), ErrorProducts::plus);
                counts.merge(test.peers(), 1, Integer::sum);
            }
        }
        Map<Peers, ErrorProducts> products = new HashMap<>();
        sums.forEach((peers, sum) -> products.put(peers, sum.times(1.0 / counts.get(peers))));
        CompanyLessons weighed =
                new CompanyLessons(pooled.rhythm, pooled.sizes, products, Map.of(), PooledBoosting.NONE);
        AutomaticForecaster weighing = new AutomaticForecaster(seasonality, weighed);
        List<PooledBoosting.Case> cases = tests.stream()
                .map(test ->
                        weighing.caseOf(test, weighing.choose(test, Map.of()).chosen()))
                .toList();
        PooledBoosting boosting = seed.isPresent()
                ? PooledBoosting.learn(cases, seasonality, horizon, seed.getAsLong())
                : PooledBoosting.NONE;
        return new CompanyLessons(pooled.rhythm, pooled.sizes, products, totals(cases, boosting, horizon), boosting);
    }

    private static Map<DemandClass, CumulativeErrors> totals(
            List<PooledBoosting.Case> cases, PooledBoosting boosting, int horizon) {
        Map<DemandClass, CumulativeErrors.Lessons> lessons = new EnumMap<>(DemandClass.class);
        for (PooledBoosting.Case one : cases) {
            lessons.computeIfAbsent(one.tested().kind(), kind -> new CumulativeErrors.Lessons(horizon))
                    .add(boosting.corrected(one));
        }
        Map<DemandClass, CumulativeErrors> totals = new EnumMap<>(DemandClass.class);
        lessons.forEach((kind, lesson) -> totals.put(kind, lesson.errors()));
        return totals;
    }

    private static List<double[]> evenly(Collection<double[]> histories) {
        List<double[]> all = new ArrayList<>(histories);
        if (all.size() <= MOST_SERIES) {
            return all;
        }
        List<double[]> some = new ArrayList<>(MOST_SERIES);
        for (long i = 0; i < MOST_SERIES; i++) {
            some.add(all.get((int) (i * all.size() / MOST_SERIES)));
        }
        return some;
    }

    /** The same for series whose unit is two to the power of {@code exponent} times the one that was learned in. */
    CompanyLessons inUnit(int exponent) {
        return this == NONE ? NONE : new CompanyLessons(rhythm, sizes.inUnit(exponent), products, totals, boosting);
    }

    CompanyLessons with(PooledBoosting other) {
        return new CompanyLessons(rhythm, sizes, products, totals, other);
    }

    CumulativeErrors totals(DemandClass kind, int horizon) {
        return totals.getOrDefault(kind, CumulativeErrors.usual(horizon));
    }

    PooledRate pooledRate() {
        return new PooledRate(rhythm, sizes);
    }
}
