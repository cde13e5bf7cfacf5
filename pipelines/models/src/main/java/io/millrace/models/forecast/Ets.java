package io.millrace.models.forecast;

import io.millrace.models.forecast.EtsForm.Errors;
import io.millrace.models.forecast.EtsForm.Season;
import io.millrace.models.forecast.EtsForm.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exponential smoothing, its form chosen by the corrected Akaike criterion where there are several (Hyndman, Koehler,
 * Snyder and Grose, "A state space framework for automatic forecasting using exponential smoothing methods", 2002).
 *
 * <p>A season of up to {@value #LONGEST_SEASON} points is smoothed with the rest where the history has two seasons. A longer one has too many states to
 * smooth; it is taken out beforehand where the 90 % test finds it, and put back. A history too short for a form leaves the
 * form out; one too short for all is smoothed with alpha 0.5.
 */
public final class Ets implements Forecaster {

    static final int LONGEST_SEASON = 24;
    /** Points, or seasons if these are more, that are looked at: what lies further back says little and costs as much. */
    private static final int POINTS = 300;

    private static final int SEASONS = 5;

    private final String name;
    private final int seasonality;
    private final List<EtsForm> forms;

    private Ets(String name, int seasonality, List<EtsForm> forms) {
        Seasonality.check(seasonality);
        this.name = name;
        this.seasonality = seasonality;
        this.forms = forms;
    }

    /** The automatic choice among level, trend, damped trend, additive and multiplicative season. */
    public static Ets automatic(int seasonality) {
        List<EtsForm> forms = new ArrayList<>();
        for (Trend trend : Trend.values()) {
            forms.add(new EtsForm(Errors.ADDITIVE, trend, Season.NONE));
            forms.add(new EtsForm(Errors.MULTIPLICATIVE, trend, Season.NONE));
            if (seasonality > 1 && seasonality <= LONGEST_SEASON) {
                forms.add(new EtsForm(Errors.ADDITIVE, trend, Season.ADDITIVE));
                forms.add(new EtsForm(Errors.MULTIPLICATIVE, trend, Season.MULTIPLICATIVE));
            }
        }
        return new Ets("ets", seasonality, forms);
    }

    /** Simple exponential smoothing of the seasonally adjusted series. */
    public static Ets simple(int seasonality) {
        return new Ets("ses", seasonality, List.of(new EtsForm(Errors.ADDITIVE, Trend.NONE, Season.NONE)));
    }

    /** Holt's damped trend on the seasonally adjusted series. */
    public static Ets damped(int seasonality) {
        return new Ets("damped", seasonality, List.of(new EtsForm(Errors.ADDITIVE, Trend.DAMPED, Season.NONE)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] forecast(double[] history, int horizon) {
        return fit(history).forecast(history, horizon);
    }

    @Override
    public Forecaster fit(double[] history) {
        return fitted(history);
    }

    /** The form that fits best, in the usual notation, such as {@code ETS(M,Ad,M)}. */
    public String form(double[] history) {
        return fitted(history).form.notation();
    }

    private Fitted fitted(double[] history) {
        Normalised.check(history, 1);
        int start = Math.max(0, history.length - Math.max(POINTS, SEASONS * seasonality));
        double[] recent = Arrays.copyOfRange(history, start, history.length);
        int exponent = Normalised.exponent(recent);
        double[] values = Normalised.scale(recent, -exponent);
        int before = smoothsSeason() ? 1 : seasonality;
        double[] adjusted = SeasonalAdjustment.where(values, before).adjusted();
        boolean positive = SeasonalAdjustment.allPositive(adjusted);
        Fitted best = new Fitted(name, start, before, exponent, FALLBACK, fallback(adjusted), Double.POSITIVE_INFINITY);
        for (EtsForm form : forms) {
            if (fits(form, adjusted.length) && (positive || !form.needsPositive())) {
                Fitted candidate = estimate(form, adjusted, start, before, exponent);
                best = candidate.criterion < best.criterion ? candidate : best;
            }
        }
        return best;
    }

    private boolean smoothsSeason() {
        return forms.stream().anyMatch(EtsForm::isSeasonal);
    }

    private boolean fits(EtsForm form, int points) {
        return points > form.parameters(seasonality) + 1 && (!form.isSeasonal() || points >= 2 * seasonality);
    }

    private Fitted estimate(EtsForm form, double[] values, int start, int before, int exponent) {
        EtsParameters parameters = EtsEstimation.of(form, seasonality, values);
        double likelihood = new EtsFilter(form, seasonality, values).follow(parameters);
        int k = form.parameters(seasonality);
        double criterion = likelihood + 2.0 * k + 2.0 * k * (k + 1) / (values.length - k - 1);
        return new Fitted(name, start, before, exponent, form, parameters, criterion);
    }

    private static final EtsForm FALLBACK = new EtsForm(Errors.ADDITIVE, Trend.NONE, Season.NONE);

    private static EtsParameters fallback(double[] values) {
        return new EtsParameters(0.5, 0, 0, 1, values[0], 0, new double[1]);
    }

    /**
     * @param start     first point that is looked at
     * @param before    season that is taken out before smoothing, 1 for none
     * @param exponent  of the factor two that the parameters' unit is
     * @param criterion corrected Akaike criterion, lower is better
     */
    private record Fitted(
            String name, int start, int before, int exponent, EtsForm form, EtsParameters parameters, double criterion)
            implements Forecaster {

        @Override
        public double[] forecast(double[] history, int horizon) {
            double[] recent = Arrays.copyOfRange(history, start, history.length);
            int now = Normalised.exponent(recent);
            EtsParameters states = parameters.scaled(exponent - now, form.season() != Season.MULTIPLICATIVE);
            return Normalised.forecast(recent, horizon, (values, steps) -> continued(values, steps, states));
        }

        private double[] continued(double[] values, int horizon, EtsParameters states) {
            SeasonalAdjustment season = SeasonalAdjustment.where(values, before);
            EtsFilter filter = new EtsFilter(form, states.season().length, season.adjusted());
            if (Double.isInfinite(filter.follow(states))) {
                // The history went where the form cannot follow: to 0 or below, which it never did before.
                filter = new EtsFilter(FALLBACK, 1, season.adjusted());
                filter.follow(fallback(season.adjusted()));
            }
            return season.restore(filter.continued(horizon));
        }
    }
}
