package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RollingOriginTest {

    @Test
    void spreadsTheCutsOverTheSecondHalf() {
        assertThat(new RollingOrigin(4, 1).cuts(104, 13)).containsExactly(52, 65, 78, 91);
        assertThat(new RollingOrigin(4, 80).cuts(104, 13)).containsExactly(82, 85, 88, 91);
        assertThat(new RollingOrigin(1, 1).cuts(104, 13)).containsExactly(91);
        assertThat(new RollingOrigin(4, 1).cuts(3, 1)).isEmpty();
        assertThat(new RollingOrigin(8, 1).cuts(6, 12)).containsExactly(3, 4);
    }

    @Property
    void everyCutLeavesHalfTheHistoryBeforeItAndSomethingAfterIt(
            @ForAll @IntRange(min = 4, max = 400) int points,
            @ForAll @IntRange(min = 1, max = 60) int horizon,
            @ForAll @IntRange(min = 1, max = 12) int origins,
            @ForAll @IntRange(min = 1, max = 120) int before) {
        int[] cuts = new RollingOrigin(origins, before).cuts(points, horizon);
        assertThat(cuts).hasSizeBetween(1, origins).isSorted().doesNotHaveDuplicates();
        assertThat(cuts[0]).isGreaterThanOrEqualTo(points / 2);
        assertThat(cuts[cuts.length - 1]).isLessThan(points);
    }

    @Test
    void aBacktestSeesNothingOfWhatCameAfterTheCut() {
        double[] history = ForecasterContractTest.seasonal(60);
        double[] changed = history.clone();
        Arrays.fill(changed, 45, 60, 1e6);
        int[] cuts = {36, 40, 45};
        for (Forecaster member : AutomaticForecaster.of(12).members()) {
            Backtest original = Backtest.run(member, history, 12, cuts);
            Backtest other = Backtest.run(member, changed, 12, cuts);
            assertThat(other.past()).as(member.name()).isDeepEqualTo(original.past());
        }
    }
}
