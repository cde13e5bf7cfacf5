package io.millrace.nightly.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two stages at a time, whose usual seconds are known. */
class TimeLeftTest {

    private static Stage step(String name, String reads, String... writes) {
        return new Step(
                name, reads.isEmpty() ? List.of() : List.of(reads.split(" ")), List.of(writes), "", ignored -> {});
    }

    private static final List<Stage> CHAIN = List.of(step("a", "", "x.a"), step("b", "x.a", "x.b"));
    private static final List<Stage> ALONE = List.of(step("a", "", "x.a"), step("b", "", "x.b"), step("c", "", "x.c"));

    private static double left(
            List<Stage> stages, Map<String, Double> usual, Set<String> ended, Map<String, Double> running) {
        return new TimeLeft(stages, usual).seconds(ended, running).orElseThrow();
    }

    @Test
    void whatWaitsForEachOtherAddsUp() {
        assertThat(left(CHAIN, Map.of("a", 10.0, "b", 5.0), Set.of(), Map.of())).isEqualTo(15);
        assertThat(left(CHAIN, Map.of("a", 10.0, "b", 5.0), Set.of("a"), Map.of()))
                .isEqualTo(5);
    }

    @Test
    void whatDoesNotRunsTwoAtATime() {
        Map<String, Double> usual = Map.of("a", 10.0, "b", 4.0, "c", 8.0);
        assertThat(left(ALONE.subList(0, 2), usual, Set.of(), Map.of())).isEqualTo(10);
        assertThat(left(ALONE, usual, Set.of(), Map.of()))
                .as("c begins when b ends")
                .isEqualTo(12);
    }

    @Test
    void whatWritesTheSameRunsOneAfterTheOther() {
        List<Stage> same = List.of(step("a", "", "x.s"), step("b", "", "x.s"));
        assertThat(left(same, Map.of("a", 10.0, "b", 4.0), Set.of(), Map.of())).isEqualTo(14);
    }

    @Test
    void whatRunsHasItsRestAndWhatTakesLongerThanUsualEndsNow() {
        Map<String, Double> usual = Map.of("a", 10.0, "b", 5.0);
        assertThat(left(CHAIN, usual, Set.of(), Map.of("a", 4.0))).isEqualTo(11);
        assertThat(left(CHAIN, usual, Set.of(), Map.of("a", 60.0))).isEqualTo(5);
        assertThat(left(CHAIN, usual, Set.of("a"), Map.of("b", 6.0))).isZero();
        assertThat(left(CHAIN, usual, Set.of("a", "b"), Map.of())).isZero();
    }

    @Test
    void whatIsNotKnownCountsAsTheMeanOfTheOthersAndOfNothingNothingIsSaid() {
        assertThat(left(ALONE, Map.of("a", 10.0, "b", 4.0), Set.of("a", "b"), Map.of()))
                .isEqualTo(7);
        assertThat(new TimeLeft(ALONE, Map.of("z", 3.0)).seconds(Set.of(), Map.of()))
                .isEmpty();
    }
}
