package io.millrace.models.forecast;

import java.util.Arrays;

/**
 * The mean of each place in a season that other seasons lie within, such as each hour of the week where days are seasons too, and what is left as an
 * autoregression: dynamic regression on seasonal dummies (Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 2021, chapters
 * 10 and 12), where the dummies of the long season are held to those of the short one.
 *
 * <p>A place in the long season is seen a few times only. Its mean is therefore drawn to that of its place in the short season, the more the less the places of
 * the long one differ by more than chance would make them (James and Stein, 1961). Newer seasons count more. Series of points above 0 are looked at by
 * their logarithms.
 *
 * @param seasonality points in the short season, 1 or more
 * @param cycle       points in the long one, a multiple; the same where there is no other
 */
record SeasonalMeans(int seasonality, int cycle) implements Forecaster {

    /** What a season counts beside the one after it. */
    private static final double DECAY = 0.8;

    SeasonalMeans {
        Seasonality.check(seasonality);
        if (cycle < seasonality || cycle % seasonality != 0) {
            throw new IllegalArgumentException("The cycle is " + cycle + " points and the season " + seasonality
                    + ": the one has to be a multiple of the other.");
        }
    }

    @Override
    public String name() {
        return "seasonal_means";
    }

    /** A history under two long seasons is continued by its short one. */
    @Override
    public double[] forecast(double[] history, int horizon) {
        return history.length < Math.max(2 * cycle, 4)
                ? new SeasonalNaive(seasonality).forecast(history, horizon)
                : Normalised.forecast(history, horizon, this::continued);
    }

    private double[] continued(double[] values, int horizon) {
        boolean logarithms = SeasonalAdjustment.allPositive(values);
        double[] series = logarithms ? Arrays.stream(values).map(Math::log).toArray() : values;
        double[] means = means(series);
        double[] rest = new double[series.length];
        Arrays.setAll(rest, t -> series[t] - means[t % cycle]);
        double[] forecast = Autoregression.of(rest, lags()).continued(rest, horizon);
        for (int step = 0; step < horizon; step++) {
            forecast[step] += means[(series.length + step) % cycle];
            forecast[step] = logarithms ? Math.exp(forecast[step]) : forecast[step];
        }
        return forecast;
    }

    /** The last points, and those of a season ago: what was unusual yesterday at this hour still is in part. */
    private int[] lags() {
        return seasonality > 3 ? new int[] {1, 2, 3, seasonality, seasonality + 1} : new int[] {1, 2, 3};
    }

    /** For each place in the long season, counted from the start of the series, how far it lies from the level. */
    private double[] means(double[] values) {
        double[] off = new double[values.length];
        double[] sums = new double[values.length + 1];
        for (int t = 0; t < values.length; t++) {
            sums[t + 1] = sums[t] + values[t];
        }
        for (int t = 0; t < values.length; t++) {
            int from = Math.max(0, Math.min(values.length - cycle, t - cycle / 2));
            off[t] = values[t] - (sums[from + cycle] - sums[from]) / cycle;
        }
        double[] ofShort = means(off, seasonality);
        double[] means = means(off, cycle);
        double kept = kept(off, means, ofShort);
        for (int place = 0; place < cycle; place++) {
            double common = ofShort[place % seasonality];
            means[place] = common + kept * (means[place] - common);
        }
        return means;
    }

    private double[] means(double[] off, int season) {
        double[] sums = new double[season];
        double[] weights = new double[season];
        for (int t = 0; t < off.length; t++) {
            double weight = Math.pow(DECAY, (off.length - 1 - t) / cycle);
            sums[t % season] += weight * off[t];
            weights[t % season] += weight;
        }
        Arrays.setAll(sums, place -> sums[place] / weights[place]);
        return sums;
    }

    /** The share of the places' distances that chance does not explain. */
    private double kept(double[] off, double[] means, double[] ofShort) {
        double between = 0;
        for (int place = 0; place < cycle; place++) {
            double apart = means[place] - ofShort[place % seasonality];
            between += apart * apart / (cycle - seasonality);
        }
        double within = 0;
        for (int t = 0; t < off.length; t++) {
            double left = off[t] - means[t % cycle];
            within += left * left / (off.length - cycle);
        }
        double byChance = within * cycle / off.length;
        return between > byChance ? 1 - byChance / between : 0;
    }
}
