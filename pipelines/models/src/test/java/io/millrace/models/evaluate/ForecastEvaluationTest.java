package io.millrace.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

class ForecastEvaluationTest {

    @Test
    void measuresTheModelAndEveryBaseline() {
        EvaluationResult result = new ForecastEvaluation(6, 12, 42).holdOut("made", made(20));
        assertThat(result.task()).isEqualTo("forecast");
        assertThat(result.seed()).isEqualTo(42);
        assertThat(result.rows()).isEqualTo(20 * 66);
        assertThat(result.baselines())
                .containsKeys(
                        "naive", "seasonal_naive", "naive2", "ets", "theta", "moving_average", "croston", "sba", "ses");
        assertThat(result.metrics().keySet())
                .containsExactly(
                        "smape",
                        "mase",
                        "owa",
                        "wape",
                        "rmse",
                        "pinball_10",
                        "pinball_50",
                        "pinball_90",
                        "coverage_80");
        assertThat(result.baselines().get("naive2")).containsEntry("owa", 1.0);
        assertThat(result.metrics().get("owa"))
                .isLessThan(result.baselines().get("naive").get("owa"));
    }

    @Test
    void isTheSameEveryTimeAndEqualToASplitGiven() {
        LongSeries all = made(10);
        Map<String, double[]> train = new LinkedHashMap<>();
        Map<String, double[]> test = new LinkedHashMap<>();
        all.series().forEach((name, values) -> {
            train.put(name, Arrays.copyOf(values, 60));
            test.put(name, Arrays.copyOfRange(values, 60, 66));
        });
        ForecastEvaluation evaluation = new ForecastEvaluation(6, 12, 1);
        EvaluationResult held = evaluation.holdOut("made", all);
        EvaluationResult given = evaluation.evaluate("made", new LongSeries(train, 600), new LongSeries(test, 60));
        assertThat(given.metrics()).isEqualTo(held.metrics());
        assertThat(given.baselines()).isEqualTo(held.baselines());
    }

    @Test
    void leavesOutWhatTheDataDoNotDefine() {
        Map<String, double[]> zeros = Map.of("a", new double[20]);
        EvaluationResult result = new ForecastEvaluation(3, 1, 1).holdOut("zeros", new LongSeries(zeros, 20));
        assertThat(result.metrics()).doesNotContainKeys("mase", "owa", "wape").containsEntry("smape", 0.0);
    }

    @Test
    void refusesSeriesThatCannotBeMeasured() {
        ForecastEvaluation evaluation = new ForecastEvaluation(6, 1, 1);
        assertThatThrownBy(() -> evaluation.holdOut("x", new LongSeries(Map.of("a", new double[6]), 6)))
                .hasMessageContaining("Series a of x has 6 points");
        LongSeries one = new LongSeries(Map.of("a", new double[6]), 6);
        LongSeries other = new LongSeries(Map.of("b", new double[6]), 6);
        assertThatThrownBy(() -> evaluation.evaluate("x", one, other)).hasMessageContaining("Series b");
        assertThatThrownBy(() -> new ForecastEvaluation(0, 1, 1)).hasMessageContaining("horizon is 0");
    }

    /** Naive 9.161 and 2.777, Theta 0.971: "Evaluation and Ranks" of the M4 competition, weekly series. */
    @Test
    @EnabledIfEnvironmentVariable(named = "MILLRACE_DATA", matches = ".+")
    void reproducesThePublishedBenchmarksOfTheM4Competition() throws IOException {
        Path folder = Path.of(System.getenv("MILLRACE_DATA"), "eval", "forecast");
        EvaluationResult result = new ForecastEvaluation(13, 1, 1)
                .evaluate(
                        "m4_weekly",
                        LongSeries.read(folder.resolve("m4_weekly.train.csv.gz")),
                        LongSeries.read(folder.resolve("m4_weekly.test.csv.gz")));
        assertThat(result.rows()).isEqualTo(366_912 + 4_667);
        assertThat(result.baselines().get("naive").get("smape")).isCloseTo(9.161, within(0.0005));
        assertThat(result.baselines().get("naive").get("mase")).isCloseTo(2.777, within(0.0005));
        assertThat(result.baselines().get("theta").get("owa")).isCloseTo(0.971, within(0.0005));
        // The best method of the competition reached 0.739 on the weekly series.
        assertThat(result.metrics().get("owa")).isLessThan(0.739);
        assertThat(result.metrics().get("coverage_80")).isBetween(0.75, 0.85);
    }

    private static LongSeries made(int count) {
        Map<String, double[]> series = new LinkedHashMap<>();
        for (int s = 0; s < count; s++) {
            SplittableRandom random = new SplittableRandom(s);
            double[] values = new double[66];
            Arrays.setAll(values, t -> 100 + 30 * Math.sin(2 * Math.PI * t / 12) + 5 * random.nextGaussian());
            series.put("s" + s, values);
        }
        return new LongSeries(series, 66L * count);
    }
}
