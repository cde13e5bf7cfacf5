package io.millrace.models.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentIdentityTest {

    @Test
    void eachIsTheNearestOfTheNightBeforeAndAnewOneWhereNoneIsNear() {
        double[][] before = {{0, 0}, {5, 0}};
        double[][] now = {{5.2, 0}, {0.1, 0.1}, {2.5, 3}};
        assertThat(SegmentIdentity.match(now, before, 1)).containsExactly(1, 0, -1);
    }

    @Test
    void oneThatSplitKeepsItsNumberInTheNearerHalf() {
        assertThat(SegmentIdentity.match(new double[][] {{0.4}, {-0.1}}, new double[][] {{0}}, 1))
                .containsExactly(-1, 0);
        assertThat(SegmentIdentity.match(new double[][] {{0.4}}, new double[0][], 1))
                .containsExactly(-1);
    }

    @Test
    void namesSayWhereASegmentStandsAndNoTwoAreTheSame() {
        assertThat(SegmentNames.of(new double[] {0.1, 0.5, 0.9, 0.9}, new double[] {0.9, 0.5, 0.1, 0.1}, new double[] {
                    0.95, 0.5, 0.7, 0.8
                }))
                .containsExactly(
                        "active frequent top spenders",
                        "lapsing regular spenders",
                        "lapsed rare big spenders",
                        "lapsed rare big spenders 2");
    }
}
