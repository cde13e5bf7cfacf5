package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every forecaster keeps to. */
class ForecasterContractTest {

    private static final int HORIZON = 9;

    static List<Forecaster> forecasters() {
        List<Forecaster> all = new ArrayList<>();
        for (int seasonality : new int[] {1, 4, 7, 52}) {
            for (DemandClass kind : new DemandClass[] {DemandClass.SMOOTH, DemandClass.LUMPY}) {
                all.addAll(Candidates.of(kind, seasonality, new double[400], HORIZON, null)
                        .methods());
            }
            all.add(new AutomaticForecaster(seasonality, CompanyLessons.NONE));
            all.add(new Naive2(seasonality));
        }
        all.add(new LongSeason("long_season_naive", new Naive(), 6, 1));
        return all;
    }

    @Provide
    Arbitrary<double[]> histories() {
        Arbitrary<Double> any = Arbitraries.oneOf(
                Arbitraries.just(0.0),
                Arbitraries.integers().between(-5, 20).map(i -> (double) i),
                Arbitraries.doubles().between(-1e6, 1e6),
                Arbitraries.of(1e-300, -1e300, 1e307, Double.MIN_VALUE, Double.MAX_VALUE));
        return any.array(double[].class).ofMinSize(1).ofMaxSize(70);
    }

    @Example
    void theLargestNumberOverflowsNothing() {
        anyFiniteHistoryHasAFiniteForecast(new double[] {Double.MAX_VALUE, 0, Double.MAX_VALUE, 0, 0});
    }

    @Property(tries = 60)
    void anyFiniteHistoryHasAFiniteForecast(@ForAll("histories") double[] history) {
        for (Forecaster forecaster : forecasters()) {
            assertThat(forecaster.forecast(history, HORIZON))
                    .as("%s of %s", forecaster, Arrays.toString(history))
                    .hasSize(HORIZON)
                    .satisfies(forecast -> assertThat(Arrays.stream(forecast).allMatch(Double::isFinite))
                            .isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("forecasters")
    void aConstantIsContinued(Forecaster forecaster) {
        double expected = forecaster.name().equals("sba") ? 7.5 * 0.95 : 7.5;
        for (int length : new int[] {1, 2, 3, 4, 5, 12, 60, 120}) {
            double[] history = new double[length];
            Arrays.fill(history, 7.5);
            for (double value : forecaster.forecast(history, HORIZON)) {
                assertThat(value).as("after %s points", length).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forecasters")
    void nothingButZerosIsContinuedByZeros(Forecaster forecaster) {
        for (int length : new int[] {1, 2, 3, 30, 120}) {
            assertThat(forecaster.forecast(new double[length], HORIZON)).containsOnly(0);
        }
    }

    @ParameterizedTest
    @MethodSource("forecasters")
    void anotherUnitGivesTheSameForecastInThatUnit(Forecaster forecaster) {
        double[] history = seasonal(110);
        double[] inUnits = forecaster.forecast(history, HORIZON);
        double[] inThousands =
                forecaster.forecast(Arrays.stream(history).map(v -> v / 1000).toArray(), HORIZON);
        for (int i = 0; i < HORIZON; i++) {
            // A search stops a little elsewhere where its numbers are rounded differently.
            assertThat(inThousands[i] * 1000).isCloseTo(inUnits[i], Offset.offset(0.01 * Math.abs(inUnits[i])));
        }
    }

    @ParameterizedTest
    @MethodSource("forecasters")
    void theHistoryIsNotChangedAndTheAnswerIsAlwaysTheSame(Forecaster forecaster) {
        double[] history = seasonal(60);
        double[] before = history.clone();
        double[] first = forecaster.forecast(history, HORIZON);
        assertThat(history).isEqualTo(before);
        assertThat(forecaster.forecast(history, HORIZON)).isEqualTo(first);
        assertThat(forecaster.fit(history).forecast(history, HORIZON)).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("forecasters")
    void whatIsNotAHistoryIsRefused(Forecaster forecaster) {
        assertThatThrownBy(() -> forecaster.forecast(new double[0], 1)).hasMessageContaining("0 points");
        assertThatThrownBy(() -> forecaster.forecast(new double[] {1}, 0)).hasMessageContaining("horizon is 0");
        assertThatThrownBy(() -> forecaster.forecast(new double[] {1, Double.NaN}, 1))
                .hasMessageContaining("Point 1");
    }

    @Test
    void seasonsAndWindowsHaveToBePositive() {
        assertThatThrownBy(() -> new Theta(0)).hasMessageContaining("seasonality is 0");
        assertThatThrownBy(() -> new MovingAverage(0)).hasMessageContaining("window is 0");
        assertThatThrownBy(() -> new Croston("croston", 1.5, 1)).hasMessageContaining("alpha is 1.5");
        assertThatThrownBy(() -> new RollingOrigin(0)).hasMessageContaining("0 origins");
    }

    static double[] seasonal(int length) {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = new double[length];
        Arrays.setAll(values, t -> 100 + 0.2 * t + 30 * Math.sin(2 * Math.PI * t / 12) + 5 * random.nextGaussian());
        return values;
    }
}
