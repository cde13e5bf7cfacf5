package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final List<String> FIRST = List.of(Gate.BASELINE);
    private static final List<String> CONTESTED = List.of(Gate.BASELINE, Gate.CHAMPION);

    private final Gate gate =
            new Gate(List.of(new Gate.Condition("auc", 0.02, 0), new Gate.Condition("log_loss", 0, 0)));

    /** A version that surely gains so much over the baseline and the champion in AUC, and in log loss. */
    private static ModelVersion gaining(double auc, double aucOverChampion, double loss, double lossOverChampion) {
        Map<String, Double> metrics = new HashMap<>(Map.of("auc", 0.82, "log_loss", 0.4));
        for (String rival : CONTESTED) {
            metrics.put(Gate.figure("auc", rival), 0.75);
            metrics.put(Gate.figure("log_loss", rival), 0.5);
        }
        metrics.put(Gate.gain("auc", Gate.BASELINE), auc);
        metrics.put(Gate.gain("auc", Gate.CHAMPION), aucOverChampion);
        metrics.put(Gate.gain("log_loss", Gate.BASELINE), loss);
        metrics.put(Gate.gain("log_loss", Gate.CHAMPION), lossOverChampion);
        return version(metrics);
    }

    private static ModelVersion version(Map<String, Double> metrics) {
        return new ModelVersion(
                "churn",
                1,
                Instant.EPOCH,
                Map.of(),
                metrics,
                "00",
                1,
                new Provenance(LocalDate.EPOCH, "run", "0.1.0", 42, Map.of()));
    }

    @Test
    void theFirstChampionHasToBeatTheBaselineInEveryFigure() {
        Gate.Verdict verdict = gate.verdict(gaining(0.02, -1, 0.01, -1), FIRST);

        assertThat(verdict.isPassed()).isTrue();
        assertThat(verdict.reason())
                .isEqualTo("auc is 0.8200, the baseline's is 0.7500: at least 0.0200 better, 0.0200 asked for; "
                        + "log_loss is 0.4000, the baseline's is 0.5000: at least 0.0100 better, 0.0000 asked for");
        assertThat(gate.verdict(gaining(0.0199, 0, 0.01, 0), FIRST).isPassed()).isFalse();
        assertThat(gate.verdict(gaining(0.05, 0, -0.01, 0), FIRST).reason())
                .isEqualTo(
                        "log_loss is 0.4000, but the baseline's is 0.5000: at least -0.0100 better, 0.0000 asked for");
    }

    @Test
    void whatMayBeWorseThanTheChampionIsRefused() {
        assertThat(gate.verdict(gaining(0.05, 0.001, 0.1, 0.001), CONTESTED).isPassed())
                .isTrue();
        assertThat(gate.verdict(gaining(0.05, -0.0001, 0.1, 0.1), CONTESTED).reason())
                .endsWith("but the champion's is 0.7500: at least -0.0001 better, 0.0000 asked for");
        assertThat(gate.verdict(gaining(0.05, 0.1, 0.1, -0.0001), CONTESTED).isPassed())
                .isFalse();
    }

    @Test
    void theChampionsOwnRecipeOnNewerDataPassesAndAnEqualOfTheBaselineDoesNot() {
        assertThat(gate.verdict(gaining(0.05, 0, 0.1, 0), CONTESTED).isPassed()).isTrue();
        assertThat(gate.verdict(gaining(0.05, 0, 0, 0), CONTESTED).isPassed()).isFalse();
    }

    @Test
    void tooFewCasesToTellNeverPass() {
        assertThat(gate.verdict(gaining(Double.NEGATIVE_INFINITY, 0, 0.1, 0), FIRST)
                        .reason())
                .contains("at least nothing that shows better");
        assertThat(gate.verdict(gaining(Double.NaN, 0, 0.1, 0), FIRST).isPassed())
                .isFalse();
        assertThat(gate.verdict(gaining(0.05, Double.NaN, 0.1, 0), CONTESTED).isPassed())
                .isFalse();
    }

    @Test
    void aGateThatAsksNothingOrLessThanNothingIsRefused() {
        assertThatThrownBy(() -> new Gate.Condition("auc", -0.1, 0)).hasMessageContaining("-0.1 over the baseline");
        assertThatThrownBy(() -> new Gate.Condition("auc", 0, Double.NaN))
                .hasMessageContaining("NaN over the champion");
        assertThatThrownBy(() -> new Gate(List.of())).hasMessageContaining("one condition or more");
        assertThatThrownBy(() -> new Gate(List.of(new Gate.Condition("auc", 0, 0), new Gate.Condition("auc", 1, 0))))
                .hasMessageContaining("each on another metric");
        assertThatThrownBy(() -> gate.verdict(version(Map.of("auc", 0.9)), FIRST))
                .hasMessageContaining("churn/1 has no metric 'gain_auc_over_baseline'");
    }
}
