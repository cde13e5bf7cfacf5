package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.decisions.StableHash;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Simulated demand by its distribution. */
class WorldMakerTest {

    private static final int YEARS = 400;

    private static SimulatedWorld world(double forecast, double... history) {
        double[] mean = ReorderLines.weeks(forecast);
        double[] p10 = ReorderLines.weeks(0.5 * forecast);
        double[] p90 = ReorderLines.weeks(1.5 * forecast);
        return world(new WeeklyDemand(mean, p10, mean, p90, history), 12);
    }

    private static SimulatedWorld world(WeeklyDemand demand, double leadDays) {
        ReorderLine line = new ReorderLine(
                "P",
                "S",
                "",
                "",
                new StockPosition(0, 0, 0),
                demand,
                new LeadTime(leadDays, leadDays / 3),
                new LineCosts(1, 1, 0.2, OptionalDouble.empty()),
                new LotTerms(0, 1),
                Optional.empty());
        return new WorldMaker(line, DemandMoments.of(line, 1), StableHash.random(3, "P")).world(YEARS);
    }

    private static double[] weeklySums(SimulatedWorld world) {
        double[] sums = new double[world.days() / 7];
        for (int day = 0; day < sums.length * 7; day++) {
            sums[day / 7] += world.demand(day);
        }
        return sums;
    }

    /** Totals of so many days, from every day on. */
    private static double[] totals(SimulatedWorld world, int days) {
        double[] totals = new double[world.days() - days];
        for (int from = 0; from < totals.length; from++) {
            for (int day = from; day < from + days; day++) {
                totals[from] += world.demand(day);
            }
        }
        return totals;
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }

    @Test
    void weeksComeFromTheHistoryWithTheMeanAndVarianceOfTheForecast() {
        double[] history = {8, 12, 9, 15, 6, 10, 11, 9, 14, 6};
        double[] weeks = weeklySums(world(20, history));
        assertThat(Arrays.stream(weeks).average().orElseThrow()).isCloseTo(20, Percentage.withPercentage(1));
        assertThat(variance(weeks)).isCloseTo(square(20 / 2.5631), Percentage.withPercentage(4));
        assertThat(Arrays.stream(weeks)).allMatch(units -> units == Math.rint(units));
    }

    /** A history that varied more than the forecast errs, as a season does: its weeks are drawn together. */
    @Test
    void aHistoryOfSeasonsDoesNotWidenTheForecast() {
        double[] history = {2, 2, 4, 4, 40, 42, 4, 4, 2, 2};
        double[] weeks = weeklySums(world(20, history));
        assertThat(Arrays.stream(weeks).average().orElseThrow()).isCloseTo(20, Percentage.withPercentage(1));
        assertThat(variance(weeks)).isCloseTo(square(20 / 2.5631), Percentage.withPercentage(5));
    }

    private static double square(double value) {
        return value * value;
    }

    /** Whatever the history, weeks and totals over the lead time vary as the policy reckons, independent or together. */
    @Test
    void totalsOverALeadTimeHaveTheVarianceOfTheForecast() {
        double[] steady = {18, 25, 19, 22, 15, 20, 24, 17, 21, 19};
        double[] lumpy = {0, 60, 0, 0, 45, 0, 20, 0, 30, 45, 0, 10, 10, 0, 25, 35};
        for (double[] history : new double[][] {steady, lumpy, {}}) {
            for (double growth : new double[] {0.5, 0.75, 1}) {
                double[] mean = ReorderLines.weeks(20);
                double[] sums = new double[13];
                double week = history == lumpy ? 25 : 8;
                Arrays.setAll(sums, k -> week * Math.pow(k + 1, growth));
                WeeklyDemand demand = new WeeklyDemand(mean, mean, mean, mean, sums, history);
                SimulatedWorld world = world(demand, 28);
                double[] totals = totals(world, 28);
                assertThat(Arrays.stream(totals).average().orElseThrow()).isCloseTo(80, Percentage.withPercentage(3));
                assertThat(variance(totals))
                        .as("%s weeks of history, errors of a sum grow with weeks^%s", history.length, growth)
                        .isCloseTo(demand.variance(28), Percentage.withPercentage(12));
            }
        }
    }

    /** Independent days: a day's variance is a seventh of the week's. */
    @Test
    void daysOfAWeekAreNearlyIndependent() {
        double[] history = {50, 120, 90, 150, 160, 100, 210, 90, 240, 60, 30, 100};
        SimulatedWorld world = world(Arrays.stream(history).average().orElseThrow(), history);
        double[] days = new double[world.days()];
        Arrays.setAll(days, world::demand);
        assertThat(7 * variance(days)).isCloseTo(variance(weeklySums(world)), Percentage.withPercentage(12));
    }

    @Test
    void intermittentDemandStaysLumpy() {
        double[] history = new double[60];
        for (int week = 0; week < 60; week += 6) {
            history[week] = 12;
        }
        SimulatedWorld world = world(2, history);
        double busyDays = 0;
        for (int day = 0; day < world.days(); day++) {
            busyDays += world.demand(day) > 0 ? 1 : 0;
        }
        assertThat(busyDays / world.days() * 7).as("busy days a week").isBetween(1 / 6.0, 2 / 6.0);
        assertThat(Arrays.stream(weeklySums(world)).average().orElseThrow()).isCloseTo(2, Percentage.withPercentage(4));
    }

    @Test
    void withoutHistoryTheForecastSpeaks() {
        double[] weeks = weeklySums(world(200));
        assertThat(Arrays.stream(weeks).average().orElseThrow()).isCloseTo(200, Percentage.withPercentage(1));
        assertThat(Math.sqrt(variance(weeks))).isCloseTo(200 / 2.5631, Percentage.withPercentage(2));
    }

    /** Six weeks seen are too few to draw from, and their demand is too variable for the normal distribution. */
    @Test
    void aFewErraticWeeksGiveErraticYears() {
        double[] weeks = weeklySums(world(20, 0, 0, 0, 120, 0, 0, 0.5));
        assertThat(Arrays.stream(weeks).average().orElseThrow()).isCloseTo(20, Percentage.withPercentage(5));
        double historic = variance(new double[] {0, 0, 0, 120, 0, 0, 0.5}) * 7 / 6 * 20 / (120.5 / 7);
        assertThat(variance(weeks)).isCloseTo(historic, Percentage.withPercentage(15));
    }

    @Test
    void leadTimesHaveTheirMeanAndSpread() {
        SimulatedWorld world = world(5);
        double[] leads = new double[world.days()];
        Arrays.setAll(leads, world::leadTime);
        assertThat(Arrays.stream(leads).average().orElseThrow()).isCloseTo(12, Percentage.withPercentage(4));
        assertThat(Math.sqrt(variance(leads))).isCloseTo(4, Percentage.withPercentage(8));
    }
}
