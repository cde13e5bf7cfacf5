package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a forecaster that knows the whole company does better than one that looks at each series alone. */
class CompanyTest {

    private static final int HORIZON = 13;

    /** Things that sell more or less often, some no longer; their sales are of their own size, more or less. */
    private static List<double[]> company(long seed, int things, int weeks) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> histories = new ArrayList<>();
        while (histories.size() < things) {
            double often = Math.pow(random.nextDouble(), 4);
            double size = Math.exp(1 + random.nextGaussian());
            double ends = random.nextDouble() < 0.3 ? random.nextInt(weeks) : Double.POSITIVE_INFINITY;
            double[] history = new double[weeks];
            Arrays.setAll(
                    history,
                    t -> random.nextDouble() < often && t < ends
                            ? Math.max(1, Math.rint(size * Math.exp(random.nextGaussian())))
                            : 0);
            if (Arrays.stream(history, 0, weeks - HORIZON).anyMatch(units -> units > 0)) {
                histories.add(history);
            }
        }
        return histories;
    }

    private static double[] known(double[] history) {
        int first = 0;
        while (history[first] == 0) {
            first++;
        }
        return Arrays.copyOfRange(history, first, history.length - HORIZON);
    }

    private static double came(double[] history) {
        return Arrays.stream(history, history.length - HORIZON, history.length).sum();
    }

    private static boolean isRare(double[] history) {
        return Arrays.stream(history).filter(units -> units > 0).count() <= 3;
    }

    @Test
    void theLongTailIsForecastAsATailSells() {
        List<double[]> all = company(1, 3000, 60);
        List<double[]> histories = all.stream().map(CompanyTest::known).toList();
        DemandForecaster learned = DemandForecaster.of(52, "weeks").learn(histories, HORIZON);
        DemandForecaster alone = DemandForecaster.of(52, "weeks");
        double came = 0;
        double expected = 0;
        double squares = 0;
        double squaresAlone = 0;
        int rare = 0;
        for (int i = 0; i < all.size(); i++) {
            if (isRare(histories.get(i))) {
                double real = came(all.get(i));
                double together = learned.forecast(histories.get(i), HORIZON).total();
                double byItself = alone.forecast(histories.get(i), HORIZON).total();
                came += real;
                expected += together;
                squares += (together - real) * (together - real);
                squaresAlone += (byItself - real) * (byItself - real);
                rare++;
            }
        }
        assertThat(rare).isGreaterThan(300);
        assertThat(expected).isCloseTo(came, within(0.15 * came));
        assertThat(squares).isLessThan(squaresAlone);
    }

    /** One sale in its first week is no rate: a series that repeats it would order a year of it. */
    @Test
    void aNewItemIsNotForecastToRepeatItsFirstSale() {
        DemandForecaster learned = DemandForecaster.of(52, "weeks")
                .learn(company(2, 500, 60).stream().map(CompanyTest::known).toList(), HORIZON);
        QuantileForecast forecast = learned.forecast(new double[] {40}, HORIZON);
        assertThat(forecast.total()).isBetween(1.0, 0.5 * 13 * 40);
        assertThat(forecast.reason())
                .startsWith("pooled_rate: sold in 1 of 1 weeks, last 0 weeks ago")
                .doesNotContain("in 0.0 %");
        double usual = forecast.total();
        // An order of a thousand times the usual size, which was taken back the next day.
        assertThat(learned.forecast(new double[] {40_000}, HORIZON).total()).isLessThan(10 * usual);
    }

    /** 120 units in 7 of 16 weeks, the last a week ago: the luckiest method of one short window said 0. */
    @Test
    void aShortIntermittentHistoryIsNotForecastToEnd() {
        double[] history = {20, 0, 0, 15, 0, 0, 25, 0, 10, 0, 0, 20, 0, 0, 18, 12};
        for (int end : new int[] {16, 15}) {
            double total = DemandForecaster.of(52, "weeks")
                    .forecast(Arrays.copyOf(history, end), HORIZON)
                    .total();
            assertThat(total).isBetween(40.0, 160.0);
        }
    }

    @Test
    void aChoiceStandsUnlessAnotherIsBetterByAMargin() {
        DemandForecaster weekly = DemandForecaster.of(1, "weeks");
        double[] history = ForecasterContractTest.seasonal(104);
        QuantileForecast before = weekly.forecast(Arrays.copyOf(history, 103), HORIZON);
        QuantileForecast after = weekly.forecast(history, HORIZON, before.shares());
        assertThat(after.shares()).isEqualTo(before.shares());
        assertThat(after.reason()).contains(" as before: rolling-origin");
        QuantileForecast bad = weekly.forecast(history, HORIZON, Map.of("moving_average_8", 1.0));
        assertThat(bad.shares()).isNotEqualTo(Map.of("moving_average_8", 1.0));
        assertThat(weekly.forecast(history, HORIZON, Map.of("oracle", 1.0)).shares())
                .isEqualTo(weekly.forecast(history, HORIZON).shares());
    }

    @Test
    void aPointFarOutOfLineIsNamedAndDoesNotDecide() {
        double[] history = ForecasterContractTest.seasonal(60);
        double usual =
                DemandForecaster.of(1, "weeks").forecast(history, HORIZON).total();
        history[30] = 1e9;
        QuantileForecast forecast = DemandForecaster.of(1, "weeks").forecast(history, HORIZON);
        assertThat(forecast.total()).isCloseTo(usual, within(0.1 * usual));
        assertThat(forecast.reason()).contains("point 31, 1.00000e+09, is out of line and counts as ");
    }

    /** Levels that wander make neighbouring errors go together: independent ones would make the deviation of a total too small. */
    @Test
    void theErrorOfATotalIsThatOfTotals() {
        SplittableRandom random = new SplittableRandom(7);
        List<double[]> series = IntStream.range(0, 200)
                .mapToObj(i -> {
                    double[] values = new double[100];
                    double level = 100;
                    for (int t = 0; t < values.length; t++) {
                        level += 3 * random.nextGaussian();
                        values[t] = Math.max(0, level + 8 * random.nextGaussian());
                    }
                    return values;
                })
                .toList();
        List<double[]> histories = series.stream().map(CompanyTest::known).toList();
        DemandForecaster learned = DemandForecaster.of(1, "weeks").learn(histories, HORIZON);
        double squares = 0;
        double predicted = 0;
        double independent = 0;
        for (int i = 0; i < series.size(); i++) {
            QuantileForecast forecast = learned.forecast(histories.get(i), HORIZON);
            squares += Math.pow(came(series.get(i)) - forecast.total(), 2);
            predicted += Math.pow(forecast.cumulativeSd()[HORIZON - 1], 2);
            independent += HORIZON * Math.pow(forecast.cumulativeSd()[0], 2);
        }
        assertThat(Math.sqrt(predicted / squares)).isBetween(0.8, 1.25);
        assertThat(Math.sqrt(independent / squares)).isLessThan(0.7);
    }

    @Test
    void noBadSeriesStopsTheOthers() {
        List<double[]> bad = List.of(
                new double[20],
                new double[] {5},
                new double[] {-3, 4, -2, 0, 1},
                new double[] {1e9, 0, 0, 0, 0, 0, 1},
                new double[] {7, 7, 7, 7, 7, 7, 7, 7});
        DemandForecaster learned = DemandForecaster.of(52, "weeks").learn(bad, HORIZON);
        for (double[] history : bad) {
            QuantileForecast forecast = learned.forecast(history, HORIZON);
            assertThat(Arrays.stream(forecast.mean()).allMatch(mean -> Double.isFinite(mean) && mean >= 0))
                    .isTrue();
        }
        assertThat(learned.forecast(new double[20], HORIZON).total()).isZero();
    }
}
