package io.millrace.models.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.value.Quadrature.Density;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PurchaseModelTest {

    /** As published for CDNOW, weeks. */
    private static final BgNbd CDNOW = new BgNbd(0.243, 4.414, 0.793, 2.426, false);

    private static final ParetoNbd CDNOW_PARETO = new ParetoNbd(0.553, 10.578, 0.606, 11.669);

    private static double logLikelihood(PurchaseModel model, PurchaseHistory history) {
        return model.logLikelihood(PurchaseHistories.of(List.of(history)));
    }

    /** Fader, Hardie and Lee, "Implementing the BG/NBD model in Excel", 2005: the customer 0001. */
    @Test
    void theCustomerOfThePaperIsExpectedToBuyAsPublished() {
        PurchaseHistory customer = new PurchaseHistory(2, 30.43, 38.86);
        assertThat(CDNOW.outlook(customer, 39).expected()).isCloseTo(1.226, within(0.0005));
    }

    /** Dziurzynski, Wadsworth and McCarthy, "BTYD: a walkthrough", the customer 1516 in the year after. */
    @Test
    void theBestCustomerOfTheWalkthroughIsExpectedToBuyAsPublished() {
        PurchaseHistory customer = new PurchaseHistory(26, 30.86, 31);
        assertThat(CDNOW_PARETO.outlook(customer, 52).expected()).isCloseTo(25.46, within(0.01));
        assertThat(CDNOW_PARETO.probabilityAlive(customer)).isCloseTo(0.998, within(0.0005));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 20", "1, 3, 20", "1, 19.5, 20", "6, 12, 20", "6, 20, 20"})
    void bgNbdIsWhatIntegrationOverCustomersGives(int x, double last, double age) {
        for (boolean isModified : new boolean[] {false, true}) {
            BgNbd model = new BgNbd(1.7, 6, 1.4, 3.1, isModified);
            PurchaseHistory history = new PurchaseHistory(x, last, age);
            int chances = isModified ? x + 1 : x;
            DoubleBinaryOperator there =
                    (rate, stop) -> Math.pow(1 - stop, chances) * Math.pow(rate, x) * Math.exp(-rate * age);
            DoubleBinaryOperator gone = (rate, stop) -> chances == 0
                    ? 0
                    : stop * Math.pow(1 - stop, chances - 1) * Math.pow(rate, x) * Math.exp(-rate * last);
            Density rates = Density.gamma(model.r(), model.alpha());
            Density stops = Density.beta(model.a(), model.b());
            double thereMean = Quadrature.mean(rates, stops, there);
            double all = thereMean + Quadrature.mean(rates, stops, gone);
            assertThat(logLikelihood(model, history)).isCloseTo(Math.log(all), within(1e-6));
            assertThat(model.probabilityAlive(history)).isCloseTo(thereMean / all, within(1e-6));
            double weeks = 13;
            double bought = Quadrature.mean(
                    rates,
                    stops,
                    (rate, stop) -> there.applyAsDouble(rate, stop) * -Math.expm1(-rate * stop * weeks) / stop);
            double nothing = Quadrature.mean(
                    rates, stops, (rate, stop) -> there.applyAsDouble(rate, stop) * Math.exp(-rate * weeks));
            PurchaseOutlook outlook = model.outlook(history, weeks);
            assertThat(outlook.expected()).isCloseTo(bought / all, within(1e-6));
            assertThat(outlook.any()).isCloseTo((thereMean - nothing) / all, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 20", "1, 3, 20", "1, 19.5, 20", "6, 12, 20", "6, 20, 20"})
    void paretoNbdIsWhatIntegrationOverCustomersGives(int x, double last, double age) {
        for (ParetoNbd model : List.of(new ParetoNbd(1.7, 6, 1.4, 9), new ParetoNbd(1.2, 11, 1, 4))) {
            PurchaseHistory history = new PurchaseHistory(x, last, age);
            DoubleBinaryOperator there = (rate, stop) -> Math.pow(rate, x) * Math.exp(-(rate + stop) * age);
            DoubleBinaryOperator gone = (rate, stop) -> Math.pow(rate, x)
                    * stop
                    / (rate + stop)
                    * (Math.exp(-(rate + stop) * last) - Math.exp(-(rate + stop) * age));
            Density rates = Density.gamma(model.r(), model.alpha());
            Density stops = Density.gamma(model.s(), model.beta());
            double thereMean = Quadrature.mean(rates, stops, there);
            double all = thereMean + Quadrature.mean(rates, stops, gone);
            assertThat(logLikelihood(model, history)).isCloseTo(Math.log(all), within(1e-6));
            assertThat(model.probabilityAlive(history)).isCloseTo(thereMean / all, within(1e-6));
            double weeks = 13;
            double bought = Quadrature.mean(
                    rates,
                    stops,
                    (rate, stop) -> there.applyAsDouble(rate, stop) * rate * -Math.expm1(-stop * weeks) / stop);
            double some = Quadrature.mean(
                    rates,
                    stops,
                    (rate, stop) -> there.applyAsDouble(rate, stop)
                            * rate
                            / (rate + stop)
                            * -Math.expm1(-(rate + stop) * weeks));
            PurchaseOutlook outlook = model.outlook(history, weeks);
            assertThat(outlook.expected()).isCloseTo(bought / all, within(1e-6));
            assertThat(outlook.any()).isCloseTo(some / all, within(1e-5));
        }
    }

    /** The integral over the moment of stopping is right far from usual parameters too: scales of a day beside years, ages of ten years. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.2, 0.3, 30, 0, 0, 500",
        "0.5, 60, 0.3, 0.2, 3, 2, 500",
        "2, 5, 3, 400, 40, 10, 104",
        "0.1, 1, 0.1, 1, 0, 0, 520",
        "8, 80, 0.01, 5, 200, 499, 500"
    })
    void paretoNbdIntegratesAnyMomentOfStopping(
            double r, double alpha, double s, double beta, int x, double last, double age) {
        ParetoNbd model = new ParetoNbd(r, alpha, s, beta);
        // Relative to the moment of the last purchase, so that nothing vanishes.
        double gone = s
                * Quadrature.integral(
                        age - last,
                        y -> Math.exp(-(r + x) * Math.log((alpha + last + y) / (alpha + last))
                                - (s + 1) * Math.log((beta + last + y) / (beta + last))));
        double there = Math.exp(-(r + x) * Math.log((alpha + age) / (alpha + last))
                        - s * Math.log((beta + age) / (beta + last)))
                * (beta + last);
        assertThat(model.probabilityAlive(new PurchaseHistory(x, last, age)))
                .isCloseTo(there / (there + gone), Percentage.withPercentage(0.01));
    }

    static Stream<PurchaseModel> models() {
        return Stream.of(
                CDNOW,
                CDNOW_PARETO,
                new BgNbd(0.5, 6, 1, 0.7, true),
                new BgNbd(1e-3, 1e-2, 1e-4, 1e6, false),
                new BgNbd(5, 300, 1e-4, 1e-4, true),
                new ParetoNbd(1e-3, 1e-2, 1, 1e6),
                new ParetoNbd(5, 300, 1e-4, 1e-4));
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyOutlookIsOneOfSensibleFigures(PurchaseModel model) {
        for (int x : new int[] {0, 1, 7, 400, 3000}) {
            for (double share : new double[] {0, 0.5, 1}) {
                for (double age : new double[] {x / 7.0, x / 7.0 + 39, x + 1500}) {
                    PurchaseHistory history = new PurchaseHistory(x, x == 0 ? 0 : share * age, age);
                    PurchaseOutlook near = model.outlook(history, 13);
                    PurchaseOutlook far = model.outlook(history, 52);
                    String what = model + " " + history;
                    assertThat(logLikelihood(model, history)).as(what).isFinite();
                    assertThat(near.alive()).as(what).isBetween(0.0, 1.0);
                    assertThat(near.any()).as(what).isBetween(0.0, near.alive() + 1e-9);
                    assertThat(near.expected()).as(what).isFinite().isGreaterThanOrEqualTo(near.any() - 1e-6);
                    assertThat(far.any()).as(what).isGreaterThanOrEqualTo(near.any() - 1e-6);
                    assertThat(far.expected()).as(what).isGreaterThanOrEqualTo(near.expected() - 1e-9);
                    assertThat((double) near.median()).as(what).isLessThanOrEqualTo(2 * near.expected() + 1e-9);
                }
            }
        }
    }

    /** Who just bought is rather there; who bought often and fell silent is rather gone than who never was frequent. */
    @ParameterizedTest
    @MethodSource("models")
    void whoBoughtLatelyIsRatherThere(PurchaseModel model) {
        double silent = model.probabilityAlive(new PurchaseHistory(5, 10, 39));
        assertThat(model.probabilityAlive(new PurchaseHistory(5, 38, 39))).isGreaterThanOrEqualTo(silent);
        assertThat(CDNOW.probabilityAlive(new PurchaseHistory(1, 10, 39)))
                .isGreaterThan(CDNOW.probabilityAlive(new PurchaseHistory(5, 10, 39)));
    }

    @Test
    void inTheModifiedFormTheFirstPurchaseCanBeTheLast() {
        PurchaseHistory once = new PurchaseHistory(0, 0, 100);
        assertThat(CDNOW.probabilityAlive(once)).isEqualTo(1);
        assertThat(new BgNbd(0.243, 4.414, 0.793, 2.426, true).probabilityAlive(once))
                .isLessThan(0.95);
    }

    /** The median by drawing: customers with equal histories, and what they did next. */
    @Test
    void theMedianIsExceededByNoMoreThanHalfOfSuchCustomers() {
        BgNbd model = new BgNbd(2, 4, 0.3, 3, false);
        SimulatedCustomers customers = new SimulatedCustomers(5);
        int[] counts = IntStream.range(0, 20_001)
                .map(i -> customers.bgNbd(model, 13).repeats())
                .sorted()
                .toArray();
        PurchaseOutlook fresh = model.outlook(new PurchaseHistory(0, 0, 0), 13);
        assertThat(fresh.median()).isEqualTo(counts[10_000]);
        assertThat(fresh.expected())
                .isCloseTo(Arrays.stream(counts).average().orElseThrow(), Percentage.withPercentage(3));
        assertThat(fresh.any())
                .isCloseTo(Arrays.stream(counts).filter(n -> n > 0).count() / 20_001.0, within(0.015));
    }

    @Test
    void parametersOfSimulatedCustomersAreFoundAgain() {
        SimulatedCustomers customers = new SimulatedCustomers(7);
        for (boolean isModified : new boolean[] {false, true}) {
            BgNbd truth = new BgNbd(0.8, 6, 0.6, 2.5, isModified);
            List<PurchaseHistory> histories = IntStream.range(0, 8000)
                    .mapToObj(i -> customers.bgNbd(truth, 30 + i % 20))
                    .toList();
            PurchaseHistories counted = PurchaseHistories.of(histories);
            BgNbd found = BgNbd.fit(counted, isModified);
            assertThat(found.logLikelihood(counted)).isGreaterThanOrEqualTo(truth.logLikelihood(counted));
            assertThat(found.r()).isCloseTo(truth.r(), Percentage.withPercentage(10));
            assertThat(found.alpha()).isCloseTo(truth.alpha(), Percentage.withPercentage(10));
            assertThat(found.a() / (found.a() + found.b())).isCloseTo(0.6 / 3.1, Percentage.withPercentage(10));
            // The other form explains them less well.
            assertThat(BgNbd.fit(counted, !isModified).logLikelihood(counted)).isLessThan(found.logLikelihood(counted));
        }
    }

    @Test
    void parametersOfSimulatedCustomersOfParetoNbdAreFoundAgain() {
        SimulatedCustomers customers = new SimulatedCustomers(9);
        ParetoNbd truth = new ParetoNbd(0.8, 6, 0.7, 12);
        PurchaseHistories counted = PurchaseHistories.of(IntStream.range(0, 3000)
                .mapToObj(i -> customers.paretoNbd(truth, 30 + i % 20))
                .toList());
        ParetoNbd found = ParetoNbd.fit(counted);
        assertThat(found.logLikelihood(counted)).isGreaterThanOrEqualTo(truth.logLikelihood(counted));
        assertThat(found.r()).isCloseTo(truth.r(), Percentage.withPercentage(15));
        assertThat(found.alpha()).isCloseTo(truth.alpha(), Percentage.withPercentage(15));
        assertThat(found.s() / found.beta()).isCloseTo(0.7 / 12, Percentage.withPercentage(25));
    }

    /** The likelihood has no slope at the estimate: it is a maximum, to more digits than are told. */
    @Test
    void theEstimateIsWhereTheLikelihoodIsGreatest() {
        SimulatedCustomers customers = new SimulatedCustomers(11);
        PurchaseHistories counted = PurchaseHistories.of(IntStream.range(0, 2357)
                .mapToObj(i -> customers.bgNbd(CDNOW, 27 + i % 12))
                .toList());
        BgNbd found = BgNbd.fit(counted, false);
        double most = found.logLikelihood(counted);
        for (double step : new double[] {0.999, 1.001}) {
            assertThat(new BgNbd(found.r() * step, found.alpha(), found.a(), found.b(), false).logLikelihood(counted))
                    .isLessThan(most);
            assertThat(new BgNbd(found.r(), found.alpha() * step, found.a(), found.b(), false).logLikelihood(counted))
                    .isLessThan(most);
            assertThat(new BgNbd(found.r(), found.alpha(), found.a() * step, found.b(), false).logLikelihood(counted))
                    .isLessThan(most);
            assertThat(new BgNbd(found.r(), found.alpha(), found.a(), found.b() * step, false).logLikelihood(counted))
                    .isLessThan(most);
        }
    }

    @Test
    void impossibleHistoriesAndParametersAreRefused() {
        assertThatThrownBy(() -> new PurchaseHistory(0, 3, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PurchaseHistory(2, 6, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PurchaseHistory(2, Double.NaN, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BgNbd(0, 1, 1, 1, false)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new ParetoNbd(1, Double.NaN, 1, 1)).hasMessageContaining("above 0");
    }
}
