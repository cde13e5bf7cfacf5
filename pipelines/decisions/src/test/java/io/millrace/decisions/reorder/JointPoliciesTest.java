package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.decisions.inventory.StockPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies of lines of one supplier, on generated cases; the figures of docs/decisions.md come from cases of the same generator, these among them. */
class JointPoliciesTest {

    private static final ReorderOptions OPTIONS = ReorderOptions.defaults(5).withSimulatedYears(100);

    private static List<PlannedLine> lines(int count, long seed) {
        List<ReorderLine> lines = new ArrayList<>();
        for (ReorderLine line : ReorderLines.many(60, seed)) {
            if (lines.size() < count && DemandMoments.of(line, 1).weeklyMean() > 1) {
                lines.add(line);
            }
        }
        return new ReorderPlanner(OPTIONS).policies(lines, 0).lines();
    }

    /** What one lot of each line together is worth. */
    private static double worth(List<PlannedLine> lines) {
        return lines.stream().mapToDouble(PlannedLine::lotValue).sum();
    }

    private static List<StockPolicy> levels(List<PlannedLine> lines) {
        return lines.stream().map(p -> p.policy().levels()).toList();
    }

    @Test
    void theSameSeedGivesTheSamePolicies() {
        List<PlannedLine> lines = lines(3, 100);
        double minimum = 2 * worth(lines);
        assertThat(levels(JointPolicies.of(lines, minimum, OPTIONS)))
                .isEqualTo(levels(JointPolicies.of(lines, minimum, OPTIONS)))
                .isNotEqualTo(levels(lines));
    }

    @Test
    void aMinimumThatEveryLotMeetsChangesNothing() {
        List<PlannedLine> lines = lines(3, 100);
        double least = lines.stream().mapToDouble(PlannedLine::lotValue).min().orElseThrow();
        assertThat(JointPolicies.of(lines, least, OPTIONS)).isSameAs(lines);
    }

    /** On draws that neither was chosen on, where the algorithm finds what one price for all lines does not. */
    @Test
    void pricesBeatPoliciesByThemselvesAndTheAlgorithmBeatsPrices() {
        double priced = 0;
        double evolved = 0;
        for (int trial = 0; trial < 3; trial++) {
            List<PlannedLine> lines = lines(4, 100 + trial);
            JointPolicies policies = new JointPolicies(lines, 2 * worth(lines), OPTIONS);
            JointSimulation pricing = JointWorlds.of(lines, OPTIONS, "pricing", 100);
            List<PlannedLine> byPrice = policies.priced();
            double own = policies.cost(lines, pricing);
            priced += policies.cost(byPrice, pricing) / own;
            evolved += policies.cost(policies.evolved(byPrice), pricing) / own;
        }
        assertThat(priced / 3).isLessThan(0.5);
        assertThat(evolved / priced).isLessThan(0.98);
    }

    /** Two lines, five reorder points and seven lots of each: the algorithm looks between them too. */
    @Test
    void theAlgorithmFindsWhatEnumerationFinds() {
        List<PlannedLine> lines = lines(2, 101);
        JointPolicies policies = new JointPolicies(lines, worth(lines), OPTIONS);
        JointSimulation choosing = JointWorlds.of(lines, OPTIONS, "choosing", 100);
        List<PlannedLine> from = policies.priced();
        double best = Double.POSITIVE_INFINITY;
        double[] points = {-1, -0.5, 0, 0.5, 1};
        double[] lots = {-1, -0.67, -0.33, 0, 0.33, 0.67, 1};
        for (double firstPoint : points) {
            for (double firstLot : lots) {
                for (double secondPoint : points) {
                    for (double secondLot : lots) {
                        best = Math.min(
                                best,
                                policies.cost(
                                        List.of(
                                                moved(from.get(0), firstPoint, firstLot),
                                                moved(from.get(1), secondPoint, secondLot)),
                                        choosing));
                    }
                }
            }
        }
        assertThat(policies.cost(policies.evolved(from), choosing)).isLessThanOrEqualTo(best * 1.02);
    }

    private static PlannedLine moved(PlannedLine line, double deviations, double logarithm) {
        return JointPolicies.moved(
                line, deviations * Math.sqrt(line.moments().protectedVariance()), Math.exp(logarithm));
    }

    /** Judged on days of their own, what is taken is never dearer than the lines' own policies carried out together. */
    @Test
    void whatIsTakenIsNeverDearerThanEachByItself() {
        for (int count : new int[] {1, 2, 30}) {
            List<PlannedLine> lines = lines(count, 7L * count);
            double minimum = 1.5 * worth(lines);
            JointPolicies policies = new JointPolicies(lines, minimum, OPTIONS);
            JointSimulation judging = policies.judging();
            assertThat(policies.cost(JointPolicies.of(lines, minimum, OPTIONS), judging))
                    .isLessThanOrEqualTo(policies.cost(lines, judging));
        }
    }

    @Test
    void packsAndMinimumQuantitiesHoldForEvolvedLotsToo() {
        List<PlannedLine> lines = lines(4, 3);
        for (PlannedLine line : JointPolicies.of(lines, 2 * worth(lines), OPTIONS)) {
            LotTerms terms = line.line().lot();
            assertThat(line.policy().levels().lot() % terms.pack()).isZero();
            assertThat(line.policy().levels().lot()).isGreaterThanOrEqualTo(terms.minimum());
        }
    }
}
