package io.millrace.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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
        String[] accuracy = {
            "series",
            "smape",
            "mase",
            "rmsse",
            "owa",
            "wape",
            "rmse",
            "bias",
            "pinball_10",
            "pinball_50",
            "pinball_90",
            "coverage_80"
        };
        String[] smooth = {
            "smooth.series",
            "smooth.rmse",
            "smooth.bias",
            "smooth.pinball_10",
            "smooth.pinball_50",
            "smooth.pinball_90",
            "smooth.coverage_80"
        };
        assertThat(result.metrics().keySet())
                .containsExactly(concat(accuracy, new String[] {"series_left_out", "rows_left_out"}, smooth));
        assertThat(result.baselines().values())
                .allSatisfy(metrics -> assertThat(metrics.keySet()).containsExactly(concat(accuracy, smooth)));
        assertThat(result.metrics()).containsEntry("series", 20.0).containsEntry("series_left_out", 0.0);
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
    void biasIsTheErrorOfAllPointsOverWhatCame() {
        Map<String, double[]> series = new LinkedHashMap<>();
        series.put("steady", new double[] {4, 6, 4, 6, 4, 8, 8});
        series.put("gone", new double[] {9, 9, 9, 9, 9, 0, 0});
        EvaluationResult result = new ForecastEvaluation(2, 1, 1).holdOut("x", new LongSeries(series, 14));
        // Naive says 4 and 9 twice each where 8 and 0 came: 26 for 16. Only the first history moves, by 2 a step.
        assertThat(result.baselines().get("naive"))
                .containsEntry("bias", 10 / 16.0)
                .containsEntry("rmsse", 2.0);
    }

    @Test
    void everyClassOfDemandIsToldApart() {
        Map<String, double[]> series = new LinkedHashMap<>();
        series.put("steady", new double[] {4, 6, 4, 6, 4, 6, 4, 6, 8, 8});
        series.put("seldom", new double[] {5, 0, 5, 0, 0, 5, 0, 5, 5, 0});
        series.put("once", new double[] {0, 0, 5, 0, 0, 0, 0, 0, 0, 10});
        EvaluationResult result = new ForecastEvaluation(2, 1, 1).holdOut("x", new LongSeries(series, 30));
        assertThat(result.metrics())
                .containsEntry("smooth.series", 1.0)
                .containsEntry("intermittent.series", 1.0)
                .containsEntry("rare.series", 1.0)
                .doesNotContainKeys("lumpy.series", "erratic.series");
        assertThat(result.baselines().get("naive"))
                .containsEntry("smooth.bias", -4 / 16.0)
                .containsEntry("intermittent.bias", 5 / 5.0)
                .containsEntry("rare.bias", -1.0)
                .containsEntry("rare.rmse", Math.sqrt(50))
                .containsEntry("rare.pinball_90", 0.9 * 10 / 2);
    }

    @Test
    void leavesOutWhatCannotBeJudgedAndCountsIt() {
        ForecastEvaluation evaluation = new ForecastEvaluation(6, 12, 1);
        Map<String, double[]> some = new LinkedHashMap<>(made(3).series());
        EvaluationResult alone = evaluation.holdOut("x", new LongSeries(some, 198));
        some.put("short", new double[6]);
        some.put("none", new double[0]);
        EvaluationResult among = evaluation.holdOut("x", new LongSeries(some, 206, 2, List.of("as read")));
        assertThat(among.metrics()).containsEntry("series_left_out", 2.0).containsEntry("rows_left_out", 2.0);
        assertThat(among.baselines()).isEqualTo(alone.baselines());
        assertThat(among.remarks())
                .containsExactly(
                        "as read", "2 series with too few points to hold out 6 are left out, the first of them short");
    }

    @Test
    void aTestPartIsJudgedWhereItHasAHistory() {
        Map<String, double[]> train =
                Map.of("a", new double[] {1, 2, 3}, "b", new double[] {1, 2, 3}, "c", new double[0]);
        Map<String, double[]> test = new LinkedHashMap<>();
        test.put("a", new double[] {1, 2, 3, 4});
        test.put("c", new double[] {1});
        test.put("d", new double[] {1});
        EvaluationResult result =
                new ForecastEvaluation(3, 1, 1).evaluate("x", new LongSeries(train, 6), new LongSeries(test, 6));
        assertThat(result.metrics()).containsEntry("series", 1.0).containsEntry("series_left_out", 3.0);
        assertThat(result.baselines().get("naive")).containsEntry("wape", 3 / 6.0);
        assertThat(result.remarks())
                .containsExactly(
                        "2 series of the test part without a history are left out, the first of them c",
                        "1 series with nothing in the test part are left out, the first of them b");
    }

    @Test
    void looksAtTheLastPointsOnly() {
        LongSeries all = made(5);
        Map<String, double[]> cut = new LinkedHashMap<>();
        all.series().forEach((name, values) -> cut.put(name, Arrays.copyOfRange(values, 44, 66)));
        EvaluationResult last = new ForecastEvaluation(6, 12, 16, 1).holdOut("x", all);
        EvaluationResult given = new ForecastEvaluation(6, 12, 1).holdOut("x", new LongSeries(cut, 110));
        assertThat(last.metrics()).isEqualTo(given.metrics());
        assertThat(last.baselines()).isEqualTo(given.baselines());
    }

    @Test
    void refusesDataOfWhichNothingCanBeJudged() {
        ForecastEvaluation evaluation = new ForecastEvaluation(6, 1, 1);
        LongSeries one = new LongSeries(Map.of("a", new double[6]), 6);
        LongSeries other = new LongSeries(Map.of("b", new double[6]), 6);
        assertThatThrownBy(() -> evaluation.holdOut("x", one))
                .hasMessageContaining("No series of x can be judged: 1 series with too few points");
        assertThatThrownBy(() -> evaluation.evaluate("x", one, other)).hasMessageContaining("the first of them b");
        assertThatThrownBy(() -> new ForecastEvaluation(0, 1, 1)).hasMessageContaining("horizon is 0");
        assertThatThrownBy(() -> new ForecastEvaluation(1, 1, 0, 1)).hasMessageContaining("history 0");
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

    private static String[] concat(String[]... parts) {
        return Stream.of(parts).flatMap(Stream::of).toArray(String[]::new);
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
