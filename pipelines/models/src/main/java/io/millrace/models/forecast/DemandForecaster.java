package io.millrace.models.forecast;

import io.millrace.models.forecast.AutomaticForecaster.Choice;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The automatic forecast of a series with its quantiles and its reason. A history without points below 0 is never continued
 * below 0.
 *
 * <p>A forecaster that has {@linkplain #learn learned} from all series of a company forecasts short and rare ones by what the others
 * show; one that has not takes each series for itself.
 */
public final class DemandForecaster implements Serializable {

    private static final long serialVersionUID = 1;

    private final int seasonality;
    private final String period;
    private final boolean nonNegative;
    private final CompanyLessons company;

    private DemandForecaster(int seasonality, String period, boolean nonNegative, CompanyLessons company) {
        Seasonality.check(seasonality);
        this.seasonality = seasonality;
        this.period = period;
        this.nonNegative = nonNegative;
        this.company = company;
    }

    /**
     * For demand, which is never forecast below 0.
     *
     * @param seasonality points in a season, 1 for none
     * @param period      what one point is, in the plural, for the reason: {@code weeks}
     */
    public static DemandForecaster of(int seasonality, String period) {
        return new DemandForecaster(seasonality, period, true, CompanyLessons.NONE);
    }

    /** For any series: a history with points below 0 may be continued below 0. */
    public static DemandForecaster ofAny(int seasonality, String period) {
        return new DemandForecaster(seasonality, period, false, CompanyLessons.NONE);
    }

    /**
     * A forecaster that knows what the series of a company teach: how often its things sell and how much at a time, and which methods do
     * well on each class of its demand. Of more than 2,000 series evenly spread ones are looked at.
     *
     * @param histories of one finite point or more each, in an order that is always the same
     * @param horizon   steps that will be forecast, 1 or more
     */
    public DemandForecaster learn(Collection<double[]> histories, int horizon) {
        return learn(histories, horizon, OptionalLong.empty());
    }

    /**
     * A forecaster that has {@linkplain #learn learned}, and that also corrects its forecasts by what boosted trees over all series expect of their
     * errors, in the classes of demand where past windows show that this helps. Takes seconds to a minute more, and 30 series or more.
     *
     * @param histories as for {@link #learn}
     * @param horizon   steps that will be forecast, 1 or more
     * @param seed      of the trees' draws of rows and columns
     */
    public DemandForecaster learnBoosted(Collection<double[]> histories, int horizon, long seed) {
        return learn(histories, horizon, OptionalLong.of(seed));
    }

    private DemandForecaster learn(Collection<double[]> histories, int horizon, OptionalLong seed) {
        histories.forEach(history -> Normalised.check(history, horizon));
        return with(CompanyLessons.of(histories, seasonality, horizon, seed));
    }

    private DemandForecaster with(CompanyLessons lessons) {
        return new DemandForecaster(seasonality, period, nonNegative, lessons);
    }

    /** The forecast of the {@code horizon} steps after {@code history}, which has one finite point or more. */
    public QuantileForecast forecast(double[] history, int horizon) {
        return forecast(history, horizon, Map.of());
    }

    /**
     * The forecast of the {@code horizon} steps after {@code history}, which has one finite point or more. One point far beyond all others
     * counts as the largest of them, and the reason says so.
     *
     * @param standing shares of the last forecast, which stand unless others are better by a margin; empty if there is none
     */
    public QuantileForecast forecast(double[] history, int horizon, Map<String, Double> standing) {
        Normalised.check(history, horizon);
        Optional<Spike> spike = Spike.in(history);
        double[] usual = spike.map(found -> found.tamed(history)).orElse(history);
        int exponent = Normalised.exponent(usual);
        return chosen(
                choice(usual, horizon, standing),
                exponent,
                spike.map(Spike::remark).orElse(""));
    }

    /** In the unit that makes the largest point of the history one of size near 1. */
    private Choice choice(double[] history, int horizon, Map<String, Double> standing) {
        int exponent = Normalised.exponent(history);
        AutomaticForecaster automatic = new AutomaticForecaster(seasonality, company.inUnit(exponent));
        return automatic.choose(automatic.test(Normalised.scale(history, -exponent), horizon), standing);
    }

    /**
     * The automatic forecast, by the name {@code automatic}, and after it that of each of some methods by itself. Of a forecaster that has {@linkplain
     * #learnBoosted learned corrections} also {@code statistical}, without them, and {@code pooled_boosting}, with all of them.
     */
    public Map<String, QuantileForecast> compare(double[] history, int horizon, List<Forecaster> methods) {
        Map<String, QuantileForecast> all = new LinkedHashMap<>();
        all.put("automatic", forecast(history, horizon));
        PooledBoosting boosting = company.boosting();
        if (boosting.isLearned()) {
            all.put("statistical", with(company.with(PooledBoosting.NONE)).forecast(history, horizon));
            all.put("pooled_boosting", with(company.with(boosting.ungated())).forecast(history, horizon));
        }
        int exponent = Normalised.exponent(history);
        double[] scaled = Normalised.scale(history, -exponent);
        DemandClass kind = DemandClass.of(history);
        int before = Candidates.of(kind, seasonality, history, horizon, null).before();
        int[] cuts = AutomaticForecaster.VALIDATION.cuts(history.length, horizon, before);
        for (Forecaster method : methods) {
            Backtest backtest = Backtest.run(method, scaled, horizon, cuts);
            all.put(method.name(), alone(backtest, kind, exponent));
        }
        return all;
    }

    private QuantileForecast chosen(Choice choice, int exponent, String remark) {
        Backtest chosen = choice.chosen();
        double[] history = chosen.history();
        DemandSizes sizes = company.inUnit(exponent).sizes();
        boolean sporadic =
                Candidates.isSparse(choice.kind()) || choice.backtests().size() == 1;
        double[] next = sizes.next(history);
        String reason = new ForecastReason(period).of(choice, Math.exp(next[0] + next[1] / 2), exponent);
        if (!sporadic || AutomaticForecaster.hasNegative(history)) {
            return quantiles(
                    choice, ResidualQuantiles.of(chosen), CumulativeErrors.assumed(history), reason + remark, exponent);
        }
        double assumed = SporadicQuantiles.variance(chosen.forecast()[0], history, sizes);
        double[][] points = SporadicQuantiles.of(chosen.forecast(), history, sizes);
        return quantiles(choice, points, assumed, reason + remark, exponent);
    }

    private QuantileForecast alone(Backtest backtest, DemandClass kind, int exponent) {
        Choice choice = new Choice(kind, backtest, List.of(backtest), Map.of(backtest.name(), 1.0), false);
        double assumed = CumulativeErrors.assumed(backtest.history());
        return quantiles(choice, ResidualQuantiles.of(backtest), assumed, backtest.name() + ", as asked", exponent);
    }

    private QuantileForecast quantiles(Choice choice, double[][] points, double assumed, String reason, int exponent) {
        Backtest chosen = choice.chosen();
        int horizon = chosen.forecast().length;
        boolean floored = nonNegative || !AutomaticForecaster.hasNegative(chosen.history());
        return new QuantileForecast(
                restored(chosen.forecast(), exponent, floored),
                restored(points[0], exponent, floored),
                restored(points[1], exponent, floored),
                restored(points[2], exponent, floored),
                restored(company.totals(choice.kind(), horizon).deviations(chosen, assumed), exponent, true),
                choice.kind(),
                chosen.name(),
                choice.shares(),
                reason);
    }

    private static double[] restored(double[] values, int exponent, boolean floored) {
        double[] restored = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = Math.scalb(floored ? Math.max(0, values[i]) : values[i], exponent);
            restored[i] = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
        }
        return restored;
    }
}
