package io.millrace.models.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The methods that a series may be forecast by.
 *
 * @param methods one or more, with different names
 * @param prior   the share of each where nothing has been tested, 1 in all: what studies of many series find robust for the class
 * @param before  points that every test leaves them, so that a method is tested in the form in which it would be used
 */
@SuppressWarnings("ArrayRecordComponent")
record Candidates(List<Forecaster> methods, double[] prior, int before) {

    private static final int SHORT_WINDOW = 8;
    /** Seasons within a longer one up to which the places of the longer one are seen often enough for a mean of their own. */
    private static final int NARROW = 14;
    /** Share of a year over which its indices are averaged, one side of it. */
    private static final int NEIGHBOURS = 40;

    /**
     * Those of a series of a class. A method that needs a season or two is there where the history has them and half a horizon to test
     * it on.
     *
     * @param seasonality points in a season, 1 for none
     * @param history     one point or more; its length and its seasons are looked at
     * @param pooled      what the series' company knows; null if it says nothing of such a series
     */
    static Candidates of(DemandClass kind, int seasonality, double[] history, int horizon, PooledRate pooled) {
        int points = history.length;
        List<Forecaster> methods = new ArrayList<>();
        List<Double> prior = new ArrayList<>();
        int testable = points - (horizon + 1) / 2;
        boolean season = seasonality > 1 && testable >= seasonality;
        int cycle = SecondSeason.of(history, seasonality);
        boolean cycles = cycle > 0 && testable >= 2 * cycle;
        int rest = cycle == seasonality ? 1 : seasonality;
        boolean narrow = cycles && rest > 1 && cycle <= NARROW * seasonality;
        int reach = narrow ? 0 : Math.max(1, cycle / NEIGHBOURS);
        Add add = (method, share) -> {
            methods.add(method);
            prior.add(share);
        };
        // A season that nobody has seen twice: its mean is free of it where one is whole, and a level that moves along
        // before that.
        boolean seasonUnseen = seasonality > 1 && !season;
        double ofAverage = seasonality == 1 ? 0.5 : season ? 1 : points < seasonality ? 0 : 6;
        add.method(new MovingAverage(Math.max(4, seasonality)), isSparse(kind) ? 1 : ofAverage);
        add.method(new MovingAverage("moving_average_8", SHORT_WINDOW), 0);
        add.method(Ets.simple(seasonality), seasonUnseen ? 2 : 1);
        add.method(new Theta(seasonality), isSparse(kind) ? 0 : 1);
        if (isSparse(kind)) {
            add.method(Croston.sba(), 0);
            add.method(Tsb.usual(), 1);
            if (pooled != null) {
                add.method(pooled, 2);
            }
        } else {
            add.method(new Naive(), 0);
            add.method(Ets.damped(seasonality), 1);
            add.method(Ets.automatic(seasonality), 1);
            add.method(new DynamicTheta(seasonality), 1);
        }
        if (season) {
            add.method(new SeasonalNaive(seasonality), isSparse(kind) ? 0 : 1);
        }
        if (narrow) {
            add.method(new SeasonalMeans(seasonality, cycle), 4);
        } else if (cycle == 0 && season && testable >= 2 * seasonality && seasonality <= Ets.LONGEST_SEASON) {
            add.method(new SeasonalMeans(seasonality, seasonality), isSparse(kind) ? 0 : 1);
        }
        if (cycles) {
            add.method(new LongSeason("long_season_ses", Ets.simple(rest), cycle, reach), 0);
            add.method(new LongSeason("long_season_theta", new Theta(rest), cycle, reach), isSparse(kind) ? 0 : 1);
            if (!isSparse(kind)) {
                add.method(new LongSeason("long_season_damped", Ets.damped(rest), cycle, reach), 1);
            }
        }
        int before = cycles
                ? 2 * cycle
                : testable >= 2 * seasonality
                        ? 2 * seasonality
                        : seasonality > 1 && points >= seasonality + 2 ? seasonality : 1;
        double all = prior.stream().mapToDouble(Double::doubleValue).sum();
        return new Candidates(
                methods, prior.stream().mapToDouble(share -> share / all).toArray(), before);
    }

    @FunctionalInterface
    private interface Add {
        void method(Forecaster method, double prior);
    }

    /** Whether the class has points without demand often enough to need methods of their own. */
    static boolean isSparse(DemandClass kind) {
        return kind == DemandClass.INTERMITTENT || kind == DemandClass.LUMPY || kind == DemandClass.RARE;
    }

    /** The shares as an array in the order of the methods; empty if one of them is no candidate, or where none is given. */
    double[] shares(Map<String, Double> named) {
        if (named.isEmpty() || !names().containsAll(named.keySet())) {
            return new double[0];
        }
        return methods.stream()
                .mapToDouble(method -> named.getOrDefault(method.name(), 0.0))
                .toArray();
    }

    List<String> names() {
        return methods.stream().map(Forecaster::name).toList();
    }
}
