package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What trees over all series learn of the errors of forecasts, and when it is used. */
class PooledBoostingTest {

    private static final int POINTS = 96;
    private static final int HORIZON = 4;

    /** A peak takes its excess from the point after it, which the methods of one series do not know; later steps nobody can know. */
    @Test
    void whatOneSeriesCannotShowIsFoundInAll() {
        List<double[]> all = peaks(150, 3);
        List<double[]> histories = all.stream().map(PooledBoostingTest::train).toList();
        DemandForecaster alone = DemandForecaster.of(1, "weeks").learn(histories, HORIZON);
        DemandForecaster boosted = DemandForecaster.of(1, "weeks").learnBoosted(histories, HORIZON, 42);
        assertThat(error(boosted, all, 1)).isLessThan(0.9 * error(alone, all, 1));
    }

    @Test
    void noiseIsForecastNoWorse() {
        SplittableRandom random = new SplittableRandom(11);
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double[] values = new double[POINTS + HORIZON];
            Arrays.setAll(values, t -> 50 + 8 * random.nextGaussian());
            all.add(values);
        }
        List<double[]> histories = all.stream().map(PooledBoostingTest::train).toList();
        DemandForecaster alone = DemandForecaster.of(1, "weeks").learn(histories, HORIZON);
        DemandForecaster boosted = DemandForecaster.of(1, "weeks").learnBoosted(histories, HORIZON, 42);
        assertThat(error(boosted, all, HORIZON)).isLessThan(1.01 * error(alone, all, HORIZON));
    }

    @Test
    void fewSeriesAreForecastAsWithoutIt() {
        List<double[]> histories =
                peaks(25, 5).stream().map(PooledBoostingTest::train).toList();
        DemandForecaster alone = DemandForecaster.of(1, "weeks").learn(histories, HORIZON);
        DemandForecaster boosted = DemandForecaster.of(1, "weeks").learnBoosted(histories, HORIZON, 42);
        assertThat(boosted.forecast(histories.get(0), HORIZON).mean())
                .isEqualTo(alone.forecast(histories.get(0), HORIZON).mean());
        assertThat(boosted.compare(histories.get(0), HORIZON, List.of())).containsOnlyKeys("automatic");
    }

    @Test
    void theSameSeedGivesTheSameForecast() {
        List<double[]> histories =
                peaks(60, 7).stream().map(PooledBoostingTest::train).toList();
        double[] first = boostedInFull(histories, 42);
        assertThat(boostedInFull(histories, 42)).isEqualTo(first);
        assertThat(boostedInFull(histories, 43)).isNotEqualTo(first);
    }

    private static double[] boostedInFull(List<double[]> histories, long seed) {
        return DemandForecaster.of(1, "weeks")
                .learnBoosted(histories, HORIZON, seed)
                .compare(histories.get(0), HORIZON, List.of())
                .get("pooled_boosting")
                .mean();
    }

    /** Another last horizon changes what comes of the windows within it, and nothing of what was said of it before. */
    @Test
    void whatCameLaterChangesNoEarlierCorrection() {
        List<double[]> histories =
                peaks(60, 9).stream().map(PooledBoostingTest::train).toList();
        SplittableRandom random = new SplittableRandom(1);
        List<double[]> otherwise = histories.stream()
                .map(history -> {
                    double[] other = history.clone();
                    for (int t = POINTS - HORIZON; t < POINTS; t++) {
                        other[t] = 500 * random.nextDouble();
                    }
                    return other;
                })
                .toList();
        List<PooledBoosting.Case> cases = cases(histories);
        List<PooledBoosting.Case> others = cases(otherwise);
        PooledBoosting learned = PooledBoosting.learn(cases, 1, HORIZON, 42).ungated();
        PooledBoosting learnedOtherwise =
                PooledBoosting.learn(others, 1, HORIZON, 42).ungated();
        int last = cases.get(0).combined().cuts().length - 1;
        assertThat(cases.get(0).combined().cuts()[last]).isEqualTo(POINTS - HORIZON);
        int corrected = 0;
        for (int i = 0; i < cases.size(); i++) {
            double[][] past = learned.corrected(cases.get(i)).past();
            double[][] pastOtherwise = learnedOtherwise.corrected(others.get(i)).past();
            for (int k = 0; k <= last; k++) {
                assertThat(pastOtherwise[k]).isEqualTo(past[k]);
                corrected += Arrays.equals(past[k], cases.get(i).combined().past()[k]) ? 0 : 1;
            }
        }
        assertThat(corrected).as("windows with a correction").isGreaterThan(cases.size());
    }

    /** Windows are what counts: a correction that helped in two and hurt in one is not made, however many series agree. */
    @Test
    void theGateAsksWindowsAndNotSeries() {
        assertThat(gate(0.8, 0.9, 0.85, 0.8)).isBetween(0.7, 0.9);
        assertThat(gate(1.0, 1.0, -2.0)).isZero();
        assertThat(gate(0.8, 0.9)).isZero();
        assertThat(gate(3.0, 3.1, 3.0)).isEqualTo(1);
    }

    private static double gate(double... shares) {
        CorrectionGate gate = new CorrectionGate();
        for (int series = 0; series < 100; series++) {
            CorrectionGate.OfSeries one = new CorrectionGate.OfSeries();
            for (int window = 0; window < shares.length; window++) {
                one.add(window, shares[window], 1);
            }
            gate.add(DemandClass.SMOOTH, one);
        }
        return gate.shares().getOrDefault(DemandClass.SMOOTH, 0.0);
    }

    private static List<PooledBoosting.Case> cases(List<double[]> histories) {
        return histories.stream()
                .map(history -> {
                    int[] cuts = AutomaticForecaster.VALIDATION.cuts(history.length, HORIZON, 1);
                    List<Backtest> backtests = new ArrayList<>();
                    List<Forecaster> methods = List.of(new Naive(), new MovingAverage(8));
                    for (Forecaster method : methods) {
                        backtests.add(Backtest.run(method, history, HORIZON, cuts));
                    }
                    double[] shares = {0.5, 0.5};
                    Backtest combined = Backtest.combine("combination", backtests, shares);
                    Candidates candidates = new Candidates(methods, shares, 1);
                    ErrorProducts products = ErrorProducts.of(backtests, true);
                    return new PooledBoosting.Case(
                            new AutomaticForecaster.Tested(DemandClass.SMOOTH, candidates, backtests, products),
                            combined,
                            combined);
                })
                .toList();
    }

    private static List<double[]> peaks(int series, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            double level = 20 + 200 * random.nextDouble();
            double[] values = new double[POINTS + HORIZON];
            double owed = 0;
            for (int t = 0; t < values.length; t++) {
                double excess = owed == 0 && random.nextInt(6) == 0 ? 0.5 * level : 0;
                values[t] = level + 0.08 * level * random.nextGaussian() + excess - owed;
                owed = excess;
            }
            all.add(values);
        }
        return all;
    }

    private static double[] train(double[] values) {
        return Arrays.copyOf(values, POINTS);
    }

    /** Root mean squared error of the first steps, each series in its own size. */
    private static double error(DemandForecaster forecaster, List<double[]> all, int steps) {
        double squares = 0;
        for (double[] values : all) {
            double size = Arrays.stream(values).average().orElseThrow();
            double[] forecast = forecaster.forecast(train(values), HORIZON).mean();
            for (int step = 0; step < steps; step++) {
                double error = (values[POINTS + step] - forecast[step]) / size;
                squares += error * error / all.size() / steps;
            }
        }
        return Math.sqrt(squares);
    }
}
