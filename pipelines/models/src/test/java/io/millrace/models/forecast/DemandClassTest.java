package io.millrace.models.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DemandClassTest {

    @Test
    void tellsHowOftenAndHowEven() {
        assertThat(DemandClass.of(new double[] {5, 6, 5, 4, 6, 5})).isEqualTo(DemandClass.SMOOTH);
        assertThat(DemandClass.of(new double[] {1, 20, 1, 1, 30, 1})).isEqualTo(DemandClass.ERRATIC);
        assertThat(DemandClass.of(new double[] {5, 0, 6, 0, 5, 0, 4})).isEqualTo(DemandClass.INTERMITTENT);
        assertThat(DemandClass.of(new double[] {1, 0, 30, 0, 1, 0, 1})).isEqualTo(DemandClass.LUMPY);
    }

    @Test
    void theLimitsBelongToTheUpperClasses() {
        // 33 points with 25 demands: 1.32 to the digit. Of sizes 1 and x the squared variation is 2 (x - 1)² / (x +
        // 1)².
        double[] limit = new double[33];
        for (int i = 0; i < 25; i++) {
            limit[i] = 4;
        }
        assertThat(DemandClass.of(limit)).isEqualTo(DemandClass.INTERMITTENT);
        limit[25] = 4;
        assertThat(DemandClass.of(limit)).isEqualTo(DemandClass.SMOOTH);
        assertThat(DemandClass.of(new double[] {1, 2.96})).isEqualTo(DemandClass.SMOOTH);
        assertThat(DemandClass.of(new double[] {1, 2.97})).isEqualTo(DemandClass.ERRATIC);
    }

    @Test
    void rareIsThreeDemandsAtMostWithAPointBetweenOrBehind() {
        assertThat(DemandClass.of(new double[] {0, 0, 0})).isEqualTo(DemandClass.RARE);
        assertThat(DemandClass.of(new double[] {3, 0})).isEqualTo(DemandClass.RARE);
        assertThat(DemandClass.of(new double[] {3, 0, 3, 3})).isEqualTo(DemandClass.RARE);
        assertThat(DemandClass.of(new double[] {3, 0, 3, 3, 3})).isEqualTo(DemandClass.SMOOTH);
        assertThat(DemandClass.of(new double[] {3})).isEqualTo(DemandClass.SMOOTH);
        assertThat(DemandClass.of(new double[] {1, 1, 9})).isEqualTo(DemandClass.ERRATIC);
    }

    @Test
    void pointsBeforeTheFirstDemandAreNotLookedAt() {
        assertThat(DemandClass.of(new double[] {0, 0, 0, 0, 5, 6, 5, 6})).isEqualTo(DemandClass.SMOOTH);
        assertThat(DemandClass.of(new double[] {0, 0, 5, 6})).isEqualTo(DemandClass.SMOOTH);
    }

    @Test
    void theUnitDoesNotMatter() {
        assertThat(DemandClass.of(new double[] {1e300, 3e301, 1e300, 1e300})).isEqualTo(DemandClass.ERRATIC);
        assertThat(DemandClass.of(new double[] {-1, 1, -1, 1})).isEqualTo(DemandClass.ERRATIC);
        assertThatThrownBy(() -> DemandClass.of(new double[0])).hasMessageContaining("0 points");
        assertThatThrownBy(() -> DemandClass.of(new double[] {1, Double.NaN})).hasMessageContaining("Point 1");
    }
}
