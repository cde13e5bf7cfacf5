package io.millrace.models.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The combination of several methods that suits a series: each is backtested by rolling origin and weighs as much as the
 * inverse of its mean absolute error to the power of {@value #POWER}, so that methods about as good as the best share the forecast and the
 * others have no say (Bates and Granger, "The combination of forecasts", 1969).
 *
 * <p>A history under 4 points cannot be cut; it is continued by the fallback.
 *
 * @param members    methods with different names, one or more
 * @param fallback   what continues a history that is too short to validate on
 * @param validation how the history is cut
 */
public record AutomaticForecaster(List<Forecaster> members, Forecaster fallback, RollingOrigin validation)
        implements Forecaster {

    /** Found by holding out the last horizon of the training part of seven public data sets. */
    private static final int POWER = 6;
    /** Members of a smaller weight are left out: they only blur the reason. */
    private static final double LEAST_WEIGHT = 0.02;

    private static final int ORIGINS = 8;

    public AutomaticForecaster {
        members = List.copyOf(members);
        if (members.isEmpty()
                || members.stream().map(Forecaster::name).distinct().count() < members.size()) {
            throw new IllegalArgumentException("The members are "
                    + members.stream().map(Forecaster::name).toList()
                    + ": at least one is needed, and every name once.");
        }
    }

    /**
     * The usual members for a series with {@code seasonality} points in a season (1 for none): naive, seasonal naive, moving
     * average, simple and damped exponential smoothing, ETS, Theta, damped
     * smoothing and Theta with a long season where one may go with the short one, Croston and SBA.
     */
    public static AutomaticForecaster of(int seasonality) {
        List<Forecaster> members = new ArrayList<>();
        members.add(new Naive());
        if (seasonality > 1) {
            members.add(new SeasonalNaive(seasonality));
        }
        members.add(new MovingAverage(Math.max(4, seasonality)));
        members.add(Ets.simple(seasonality));
        members.add(Ets.damped(seasonality));
        members.add(Ets.automatic(seasonality));
        members.add(new Theta(seasonality));
        int cycle = LongSeason.cycleFor(seasonality);
        if (cycle > 0) {
            int rest = cycle == seasonality ? 1 : seasonality;
            members.add(new LongSeason("long_season_damped", Ets.damped(rest), cycle));
            members.add(new LongSeason("long_season_theta", new Theta(rest), cycle));
        }
        members.add(Croston.classic());
        members.add(Croston.sba());
        return new AutomaticForecaster(members, Ets.simple(1), new RollingOrigin(ORIGINS, 2 * seasonality));
    }

    @Override
    public String name() {
        return "automatic";
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        return choose(history, horizon).chosen().forecast();
    }

    /** Backtests every member and weighs them. */
    Choice choose(double[] history, int horizon) {
        Normalised.check(history, horizon);
        int[] cuts = validation.cuts(history.length, horizon);
        List<Backtest> backtests = members.stream()
                .map(member -> Backtest.run(member, history, horizon, cuts))
                .toList();
        if (cuts.length == 0) {
            Backtest only = Backtest.run(fallback, history, horizon, cuts);
            return new Choice(only, backtests, Map.of(only.name(), 1.0));
        }
        return combined(backtests, weights(errors(backtests)));
    }

    private Choice combined(List<Backtest> backtests, double[] weights) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                shares.put(backtests.get(i).name(), weights[i]);
            }
        }
        String name = shares.size() == 1 ? shares.keySet().iterator().next() : "combination";
        return new Choice(Backtest.combine(name, backtests, weights), backtests, shares);
    }

    /** Mean absolute errors; infinite of a method that says the same as one before it, which has no second vote. */
    private static double[] errors(List<Backtest> backtests) {
        double[] errors = new double[backtests.size()];
        for (int i = 0; i < errors.length; i++) {
            Backtest backtest = backtests.get(i);
            boolean repeated = backtests.subList(0, i).stream().anyMatch(backtest::saysTheSameAs);
            errors[i] = repeated ? Double.POSITIVE_INFINITY : backtest.error();
        }
        return errors;
    }

    /** Weights that sum to 1, from mean absolute errors. */
    private static double[] weights(double[] errors) {
        double least = Arrays.stream(errors).min().orElseThrow();
        double[] weights = new double[errors.length];
        for (int i = 0; i < errors.length; i++) {
            weights[i] = errors[i] == least ? 1 : Math.pow(least / errors[i], POWER);
        }
        double sum = Arrays.stream(weights).sum();
        double[] kept = Arrays.stream(weights)
                .map(weight -> weight / sum < LEAST_WEIGHT ? 0 : weight)
                .toArray();
        double keptSum = Arrays.stream(kept).sum();
        return Arrays.stream(kept).map(weight -> weight / keptSum).toArray();
    }

    /**
     * @param chosen    backtest of the combination
     * @param backtests of the members, in their order
     * @param weights   of the members that take part, summing to 1
     */
    record Choice(Backtest chosen, List<Backtest> backtests, Map<String, Double> weights) {}
}
