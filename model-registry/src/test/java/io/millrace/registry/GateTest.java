package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GateTest {

    private final Gate auc = new Gate("auc", true, 0.02, 0.005);

    @Test
    void theFirstChampionNeedsOnlyBeatTheBaseline() {
        Gate.Verdict verdict = auc.verdict(0.82, 0.80, OptionalDouble.empty());

        assertThat(verdict.isPassed()).isTrue();
        assertThat(verdict.reason())
                .isEqualTo(
                        "auc is 0.8200, 0.0200 better than the baseline's 0.8000 where at least 0.0200 better is asked"
                                + " for, and there is no champion yet");
        assertThat(auc.verdict(0.8199, 0.80, OptionalDouble.empty()).isPassed()).isFalse();
    }

    @Test
    void aChallengerBelowTheChampionIsRefusedWithTheFigures() {
        Gate.Verdict verdict = auc.verdict(0.84, 0.80, OptionalDouble.of(0.85));

        assertThat(verdict.isPassed()).isFalse();
        assertThat(verdict.reason())
                .endsWith(", but 0.0100 worse than the champion's 0.8500 where at least 0.0050 better is asked for");
    }

    @Test
    void beatingTheChampionDoesNotHelpAgainstABaselineThatIsBetter() {
        assertThat(auc.verdict(0.79, 0.80, OptionalDouble.of(0.5)).isPassed()).isFalse();
    }

    @Test
    void whereLowerIsBetterTheMarginsLieBelow() {
        Gate loss = new Gate("log_loss", false, 0.1, 0);

        assertThat(loss.verdict(0.4, 0.5, OptionalDouble.of(0.41)).isPassed()).isTrue();
        assertThat(loss.verdict(0.6, 0.5, OptionalDouble.of(0.7)).isPassed()).isFalse();
    }

    @Test
    void anEqualIsNotBetterEvenWithoutAMargin() {
        Gate gate = new Gate("auc", true, 0, 0);

        assertThat(gate.verdict(0.9, 0.8, OptionalDouble.of(0.9)).isPassed()).isFalse();
        assertThat(gate.verdict(0.9, 0.8, OptionalDouble.of(0.9)).reason()).contains("equal to the champion's 0.9000");
    }

    @Test
    void aFigureThatIsNoNumberNeverPasses() {
        assertThat(auc.verdict(Double.NaN, 0.8, OptionalDouble.empty()).isPassed())
                .isFalse();
        assertThat(auc.verdict(0.9, Double.NaN, OptionalDouble.empty()).isPassed())
                .isFalse();
        assertThat(auc.verdict(0.9, 0.8, OptionalDouble.of(Double.NaN)).reason())
                .contains("not comparable with the champion's not a finite number");
    }

    @Test
    void marginsBelowZeroAreRefused() {
        assertThatThrownBy(() -> new Gate("auc", true, -0.1, 0)).hasMessageContaining("-0.1 over the baseline");
        assertThatThrownBy(() -> new Gate("auc", true, 0, Double.NaN)).hasMessageContaining("NaN over the champion");
    }
}
