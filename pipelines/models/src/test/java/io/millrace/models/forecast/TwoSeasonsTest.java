package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A season that lies within a longer one, such as the day within the week. */
class TwoSeasonsTest {

    private static final int DAY = 24;
    private static final int HORIZON = 48;

    @Test
    void theLongerSeasonIsFoundWhateverItsLength() {
        for (int days : new int[] {3, 5, 7, 10}) {
            double[] history = hours(1000, days, 4, days);
            assertThat(SecondSeason.found(history, DAY, 0)).isEqualTo(days * DAY);
            assertThat(SecondSeason.of(history, DAY)).isEqualTo(days * DAY);
        }
    }

    @Test
    void thereIsNoneInADayAloneNorInWhatOnlyDrifts() {
        SplittableRandom random = new SplittableRandom(8);
        int found = 0;
        for (int series = 0; series < 100; series++) {
            double[] noise = new double[800];
            double[] walk = new double[800];
            for (int t = 1; t < walk.length; t++) {
                noise[t] = random.nextGaussian() + daily(t);
                walk[t] = walk[t - 1] + random.nextGaussian();
            }
            found += SecondSeason.found(noise, DAY, 0) > 0 ? 1 : 0;
            found += SecondSeason.found(walk, DAY, 0) > 0 ? 1 : 0;
        }
        assertThat(found).isLessThan(10);
    }

    @Test
    void aSeasonThatIsCustomaryIsAssumedAndAYearHasNothingLonger() {
        SplittableRandom random = new SplittableRandom(3);
        double[] noise = new double[120];
        Arrays.setAll(noise, t -> random.nextGaussian());
        assertThat(SecondSeason.of(noise, DAY)).isEqualTo(168);
        assertThat(SecondSeason.of(noise, 1)).isEqualTo(52);
        double[] biennial = new double[240];
        Arrays.setAll(biennial, t -> t % 24);
        assertThat(SecondSeason.of(biennial, 12)).isZero();
    }

    @Test
    void bothSeasonsAreForecast() {
        double[] all = hours(848, 7, 2, 1);
        double[] history = Arrays.copyOf(all, 800);
        double[] actual = Arrays.copyOfRange(all, 800, 848);
        double automatic = error(new AutomaticForecaster(DAY, CompanyLessons.NONE).forecast(history, HORIZON), actual);
        assertThat(automatic)
                .isLessThan(0.5 * error(new SeasonalNaive(DAY).forecast(history, HORIZON), actual))
                .isLessThan(0.8 * error(new SeasonalNaive(168).forecast(history, HORIZON), actual))
                .isLessThan(3);
    }

    /** Between a place's own mean and that of its hour: with much noise and no week the hour's is taken. */
    @Test
    void aWeekThatIsNotThereAddsNoNoise() {
        SplittableRandom random = new SplittableRandom(21);
        double[] history = new double[800];
        Arrays.setAll(history, t -> daily(t) + 6 * random.nextGaussian());
        double[] actual = new double[HORIZON];
        Arrays.setAll(actual, step -> daily(800 + step));
        double asked = error(new SeasonalMeans(DAY, 168).forecast(history, HORIZON), actual);
        double day = error(new SeasonalMeans(DAY, DAY).forecast(history, HORIZON), actual);
        assertThat(asked).isLessThan(1.2 * day);
    }

    @Test
    void anAutoregressionIsFoundAgain() {
        SplittableRandom random = new SplittableRandom(4);
        double[] values = new double[2000];
        for (int t = 2; t < values.length; t++) {
            values[t] = 3 + 0.5 * values[t - 1] + 0.3 * values[t - 2] + random.nextGaussian();
        }
        Autoregression found = Autoregression.of(values, 1, 2);
        assertThat(found.shares()).containsExactly(new double[] {0.5, 0.3}, within(0.05));
        assertThat(found.continued(values, 200)[199]).isCloseTo(3 / (1 - 0.8), within(1.0));
    }

    @Test
    void aLongSeasonIsSomeOfTheShortOnes() {
        assertThatThrownBy(() -> new SeasonalMeans(24, 100)).hasMessageContaining("multiple");
    }

    private static double daily(int t) {
        return 50 + 20 * Math.sin(2 * Math.PI * t / DAY);
    }

    /** Hours of days of which the last in {@code days} has half the level and another shape. */
    private static double[] hours(int length, int days, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[length];
        Arrays.setAll(values, t -> {
            boolean last = t / DAY % days == days - 1;
            double shape = last ? 25 + 10 * Math.cos(2 * Math.PI * t / DAY) : daily(t);
            return shape + noise * random.nextGaussian();
        });
        return values;
    }

    private static double error(double[] forecast, double[] actual) {
        double squares = 0;
        for (int i = 0; i < actual.length; i++) {
            squares += (forecast[i] - actual[i]) * (forecast[i] - actual[i]) / actual.length;
        }
        return Math.sqrt(squares);
    }
}
