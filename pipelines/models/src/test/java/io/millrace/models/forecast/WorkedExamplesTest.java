package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Forecasts that were computed by hand, or by a slow and obvious search. */
class WorkedExamplesTest {

    @Test
    void simpleMethods() {
        double[] history = {1, 2, 3, 4, 5, 6};
        assertThat(new Naive().forecast(history, 2)).containsExactly(6, 6);
        assertThat(new SeasonalNaive(4).forecast(history, 6)).containsExactly(3, 4, 5, 6, 3, 4);
        assertThat(new SeasonalNaive(7).forecast(history, 2)).containsExactly(6, 6);
        assertThat(new MovingAverage(4).forecast(history, 2)).containsExactly(4.5, 4.5);
    }

    /** Sizes 5, 3, 4 at points 2, 5 and 6 of 7; both smoothed by a tenth from their means, as nobody saw the first interval begin. */
    @Test
    void crostonSmoothsSizesAndIntervals() {
        double[] history = {0, 5, 0, 0, 3, 4, 0};
        double size = 4;
        for (double next : new double[] {5, 3, 4}) {
            size += 0.1 * (next - size);
        }
        double interval = 7 / 3.0;
        interval += 0.1 * (3 - interval);
        interval += 0.1 * (1 - interval);
        assertThat(Croston.classic().forecast(history, 1)[0]).isCloseTo(size / interval, within(1e-12));
        assertThat(Croston.sba().forecast(history, 1)[0]).isCloseTo(0.95 * size / interval, within(1e-12));
    }

    /** A series starts at its first sale: that it came at once says nothing about how often it comes. */
    @Test
    void crostonDoesNotTakeTheFirstSaleForAnIntervalOfOne() {
        double[] history = new double[30];
        history[0] = history[10] = history[20] = 6;
        assertThat(Croston.classic().forecast(history, 1)[0]).isCloseTo(0.6, within(0.05));
    }

    @Test
    void tsbFadesWhereCrostonWaits() {
        double[] history = {4, 0, 4, 0};
        double probability = 0.5;
        for (int demand : new int[] {1, 0, 1, 0}) {
            probability += 0.05 * (demand - probability);
        }
        assertThat(Tsb.usual().forecast(history, 1)[0]).isCloseTo(4 * probability, within(1e-12));
        double[] silent = Arrays.copyOf(history, 60);
        assertThat(Tsb.usual().forecast(silent, 1)[0])
                .isLessThan(0.2 * Croston.classic().forecast(history, 1)[0]);
    }

    /** The model's own recursion with theta 2 and a given level is simple smoothing with half the drift, as in the classical method. */
    @Test
    void dynamicThetaContinuesALineAndALevel() {
        double[] line = new double[40];
        Arrays.setAll(line, t -> 50 + 2.0 * t);
        assertThat(new DynamicTheta(1).forecast(line, 3)).containsExactly(new double[] {130, 132, 134}, within(1.5));
        SplittableRandom random = new SplittableRandom(12);
        double[] noise = new double[80];
        Arrays.setAll(noise, t -> 50 + random.nextGaussian());
        assertThat(new DynamicTheta(1).forecast(noise, 1)[0]).isCloseTo(50, within(1.0));
    }

    @Test
    void simpleExponentialSmoothingHasTheLeastSquaresOfAnyAlphaAndFirstLevel() {
        double[] history = walk(40, 5);
        double alpha = SimpleExponentialSmoothing.alpha(history);
        double found = squares(history, alpha, bestLevel(history, alpha));
        double least = Double.POSITIVE_INFINITY;
        for (double a = 0.001; a < 1; a += 0.001) {
            least = Math.min(least, squares(history, a, bestLevel(history, a)));
        }
        assertThat(found).isLessThanOrEqualTo(least * (1 + 1e-6));
        assertThat(SimpleExponentialSmoothing.level(history, alpha))
                .isCloseTo(lastLevel(history, alpha, bestLevel(history, alpha)), within(1e-6));
    }

    private static double squares(double[] values, double alpha, double level) {
        double sum = 0;
        for (double value : values) {
            sum += (value - level) * (value - level);
            level += alpha * (value - level);
        }
        return sum;
    }

    private static double lastLevel(double[] values, double alpha, double level) {
        for (double value : values) {
            level += alpha * (value - level);
        }
        return level;
    }

    /** The squares are a parabola in the first level: three values give its lowest point. */
    private static double bestLevel(double[] values, double alpha) {
        double below = squares(values, alpha, -1);
        double middle = squares(values, alpha, 0);
        double above = squares(values, alpha, 1);
        return (below - above) / (2 * (below - 2 * middle + above));
    }

    /** A form with given parameters, step by step as the book writes it: Hyndman et al. 2008, ETS(A,Ad,M) without season. */
    @Test
    void theFilterFollowsTheRecursionsOfTheBook() {
        double[] y = {10, 12, 9, 14};
        double level = 9;
        double slope = 1;
        for (double value : y) {
            double mean = level + 0.9 * slope;
            double error = value - mean;
            level = mean + 0.5 * error;
            slope = 0.9 * slope + 0.2 * error;
        }
        EtsForm form = new EtsForm(EtsForm.Errors.ADDITIVE, EtsForm.Trend.DAMPED, EtsForm.Season.NONE);
        EtsFilter filter = new EtsFilter(form, 1, y);
        filter.follow(new EtsParameters(0.5, 0.2, 0, 0.9, 9, 1, new double[1]));
        assertThat(filter.continued(2))
                .containsExactly(new double[] {level + 0.9 * slope, level + (0.9 + 0.81) * slope}, within(1e-12));
    }

    @Test
    void etsFindsALineAndASeason() {
        double[] line = new double[40];
        Arrays.setAll(line, t -> 50 + 2.0 * t);
        assertThat(Ets.automatic(1).forecast(line, 3)).containsExactly(new double[] {130, 132, 134}, within(0.05));
        double[] season = new double[48];
        double[] factors = {0.5, 1.0, 1.5, 1.0};
        Arrays.setAll(season, t -> (100 + t) * factors[t % 4]);
        assertThat(Ets.automatic(4).form(season)).endsWith("M)");
        assertThat(Ets.automatic(4).forecast(season, 4)).containsExactly(new double[] {74, 149, 225, 151}, within(1.0));
    }

    @Test
    void etsTakesANoisyLevelForALevel() {
        SplittableRandom random = new SplittableRandom(11);
        double[] noise = new double[80];
        Arrays.setAll(noise, t -> 50 + random.nextGaussian());
        assertThat(Ets.automatic(1).form(noise)).matches("ETS\\([AM],N,N\\)");
        assertThat(Ets.automatic(1).forecast(noise, 1)[0]).isCloseTo(50, within(0.6));
    }

    /** Half the slope of the line, and the level of simple smoothing: Hyndman and Billah, "Unmasking the Theta method", 2003. */
    @Test
    void thetaIsSimpleSmoothingWithHalfTheDrift() {
        double[] history = walk(60, 9);
        double[] forecast = new Theta(1).forecast(history, 5);
        double slope = new Line(history).slope();
        for (int i = 1; i < 5; i++) {
            assertThat(forecast[i] - forecast[i - 1]).isCloseTo(slope / 2, within(1e-9));
        }
    }

    @Test
    void theSeasonIsFoundTakenOutAndPutBack() {
        double[] factors = {0.5, 1.0, 1.5, 1.0};
        double[] history = new double[24];
        Arrays.setAll(history, t -> 80 * factors[t % 4]);
        assertThat(SeasonalAdjustment.isSeasonal(history, 4)).isTrue();
        assertThat(SeasonalAdjustment.isSeasonal(Arrays.copyOf(history, 11), 4)).isFalse();
        assertThat(new Naive2(4).forecast(history, 4)).containsExactly(new double[] {40, 80, 120, 80}, within(1e-9));
        assertThat(new Theta(4).forecast(history, 4)).containsExactly(new double[] {40, 80, 120, 80}, within(1e-6));
        double[] shifted = Arrays.stream(history).map(v -> v - 80).toArray();
        assertThat(new Naive2(4).forecast(shifted, 4)).containsExactly(new double[] {-40, 0, 40, 0}, within(1e-9));
    }

    @Test
    void noiseIsSeasonalByChanceOneTimeInTen() {
        SplittableRandom random = new SplittableRandom(5);
        int found = 0;
        for (int series = 0; series < 1000; series++) {
            double[] noise = new double[72];
            Arrays.setAll(noise, t -> random.nextGaussian());
            found += SeasonalAdjustment.isSeasonal(noise, 12) ? 1 : 0;
        }
        assertThat(found).isBetween(40, 130);
    }

    @Test
    void aLongSeasonIsContinued() {
        double[] history = new double[200];
        Arrays.setAll(history, t -> 100 + 20 * Math.sin(2 * Math.PI * t / 52));
        double[] forecast = new LongSeason("long", new Naive(), 52, 1).forecast(history, 26);
        double[] alone = new Naive().forecast(history, 26);
        double withSeason = 0;
        double without = 0;
        for (int i = 0; i < 26; i++) {
            double expected = 100 + 20 * Math.sin(2 * Math.PI * (200 + i) / 52);
            withSeason += Math.abs(forecast[i] - expected);
            without += Math.abs(alone[i] - expected);
        }
        assertThat(withSeason).isLessThan(0.05 * without);
    }

    private static double[] walk(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[length];
        double level = 40;
        for (int t = 0; t < length; t++) {
            level += 0.5 + random.nextGaussian();
            values[t] = level + 2 * random.nextGaussian();
        }
        return values;
    }
}
