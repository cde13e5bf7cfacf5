package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RollingOriginTest {

    @Test
    void spreadsTheCutsOverWhatThereIs() {
        assertThat(new RollingOrigin(4).cuts(104, 13, 1)).containsExactly(52, 65, 78, 91);
        assertThat(new RollingOrigin(4).cuts(104, 13, 80)).containsExactly(80, 84, 87, 91);
        assertThat(new RollingOrigin(1).cuts(104, 13, 1)).containsExactly(91);
        assertThat(new RollingOrigin(4).cuts(3, 1, 1)).isEmpty();
        assertThat(new RollingOrigin(8).cuts(6, 12, 1)).containsExactly(3, 4);
    }

    /** A history of half a year and a season of a year: there are several origins, not one. */
    @Test
    void aShortHistoryIsCutSeveralTimes() {
        assertThat(new RollingOrigin(8).cuts(16, 13, 1)).hasSizeGreaterThan(5);
        assertThat(new RollingOrigin(8).cuts(60, 13, 52)).hasSizeGreaterThan(1);
    }

    @Property
    void everyCutLeavesAThirdOfTheHistoryBeforeItAndSomethingAfterIt(
            @ForAll @IntRange(min = 4, max = 400) int points,
            @ForAll @IntRange(min = 1, max = 60) int horizon,
            @ForAll @IntRange(min = 1, max = 12) int origins,
            @ForAll @IntRange(min = 1, max = 120) int before) {
        int[] cuts = new RollingOrigin(origins).cuts(points, horizon, before);
        assertThat(cuts).hasSizeBetween(1, origins).isSorted().doesNotHaveDuplicates();
        assertThat(cuts[0]).isGreaterThanOrEqualTo(points / 3);
        assertThat(cuts[cuts.length - 1]).isLessThan(points);
    }

    @Test
    void aBacktestSeesNothingOfWhatCameAfterTheCut() {
        double[] history = ForecasterContractTest.seasonal(60);
        double[] changed = history.clone();
        Arrays.fill(changed, 45, 60, 1e6);
        int[] cuts = {36, 40, 45};
        List<Forecaster> members = new ArrayList<>(
                Candidates.of(DemandClass.SMOOTH, 12, new double[60], 12, null).methods());
        members.addAll(
                Candidates.of(DemandClass.LUMPY, 12, new double[60], 12, null).methods());
        for (Forecaster member : members) {
            Backtest original = Backtest.run(member, history, 12, cuts);
            Backtest other = Backtest.run(member, changed, 12, cuts);
            assertThat(other.past()).as(member.name()).isDeepEqualTo(original.past());
        }
    }
}
