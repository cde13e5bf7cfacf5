package io.millrace.models.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole procedure, on a company whose truth is known. */
class PolicyEvaluationTest {

    private static PolicyReport run(ContactLog log, int folds, long seed) {
        return new PolicyEvaluation(new PolicyEvaluation.Options(folds, 2, seed, 1)).run(log);
    }

    /** What every action is worth on average, told from very many customers. */
    private static double[] truth(SimulatedContacts company) {
        SplittableRandom random = new SplittableRandom(99);
        double[] mean = new double[3];
        int customers = 200_000;
        for (int i = 0; i < customers; i++) {
            double[] expected = company.expected(company.context(random));
            for (int a = 0; a < mean.length; a++) {
                mean[a] += expected[a] / customers;
            }
        }
        return mean;
    }

    private static double ofChoice(SimulatedContacts company, ContactLog log, int[] choice) {
        return IntStream.range(0, log.size())
                .mapToDouble(i -> company.expected(log.rows()[i])[choice[i]])
                .average()
                .orElseThrow();
    }

    private static void count(Map<String, Integer> covered, String policy, Valuation.Values values, double truth) {
        Map.of("ips", values.ips(), "snips", values.snips(), "dr", values.dr(), "switch", values.switchDr())
                .forEach((way, e) -> covered.merge(
                        policy + " by " + way, e.low() <= truth && truth <= e.high() ? 1 : 0, Integer::sum));
    }

    /** How often the interval of each value holds the truth. */
    private static Map<String, Integer> covered(SimulatedContacts company, int rows, int seeds, boolean logged) {
        double[] truth = truth(company);
        Map<String, Integer> covered = new ConcurrentSkipListMap<>();
        IntStream.range(0, seeds).parallel().forEach(seed -> {
            ContactLog log = company.log(rows, 1_000 + seed, logged);
            PolicyReport report = run(log, 3, seed);
            for (int a = 0; a < truth.length; a++) {
                String name = SimulatedContacts.ACTIONS.get(a);
                count(covered, name, report.always().get(name), truth[a]);
            }
            count(
                    covered,
                    "uniform",
                    report.uniform(),
                    Arrays.stream(truth).average().orElseThrow());
            count(covered, "learned", report.learned(), ofChoice(company, log, report.choice()));
        });
        return covered;
    }

    @Test
    void intervalsHoldTheTruthWithLoggedPropensities() {
        assertThat(covered(new SimulatedContacts(0.15, 1, true), 600, 100, true))
                .hasSize(20)
                .allSatisfy((value, seeds) -> assertThat(seeds).as(value).isGreaterThanOrEqualTo(90));
    }

    @Test
    void intervalsOfDoublyRobustValuesHoldTheTruthWithEstimatedPropensities() {
        Map<String, Integer> covered = covered(new SimulatedContacts(0.15, 0.5, false), 900, 30, false);
        covered.keySet().removeIf(value -> !value.endsWith("by dr") && !value.endsWith("by switch"));
        assertThat(covered)
                .hasSize(10)
                .allSatisfy((value, seeds) -> assertThat(seeds).as(value).isGreaterThanOrEqualTo(27));
    }

    @Test
    void aPolicyThatIsWorthItPassesTheGate() {
        SimulatedContacts company = new SimulatedContacts(0.3, 0.5, true);
        ContactLog log = company.log(3_000, 4, true);
        PolicyReport report = run(log, 3, 1);
        double[] truth = truth(company);

        assertThat(report.isLearned()).isTrue();
        assertThat(report.policy()).isEqualTo(report.learned());
        assertThat(report.gain().low()).isGreaterThan(0);
        assertThat(ofChoice(company, log, report.choice()))
                .isGreaterThan(Arrays.stream(truth).max().orElseThrow() + 0.08);
        assertThat(report.gains().get("best_single_action")).isEqualTo(report.gain());
        assertThat(report.shares().get("call")).isCloseTo(0.5, within(0.15));
    }

    @Test
    void withoutAnythingToLearnTheBestSingleActionStays() {
        ContactLog log = new SimulatedContacts(0, 0, true).log(2_000, 5, false);
        PolicyReport report = run(log, 3, 1);

        assertThat(report.source()).isEqualTo(PropensitySource.CONSTANT);
        assertThat(report.isLearned()).isFalse();
        assertThat(report.policy()).isEqualTo(report.bestSingle());
        assertThat(report.gains().get("best_single_action")).isEqualTo(new Estimate(0, 0, 0));
        assertThat(report.overlap().meanWeights().get("mail")).isCloseTo(1, within(1e-3));
    }

    @Test
    void whatTheContextTellsOfTheActionIsEstimatedAndTakesTheBiasAway() {
        SimulatedContacts company = new SimulatedContacts(0, 1.5, false);
        ContactLog log = company.log(4_000, 6, false);
        PolicyReport report = run(log, 3, 1);
        double truth = truth(company)[0];
        double naive = Arrays.stream(log.places(0))
                .mapToDouble(i -> log.rewards()[i])
                .average()
                .orElseThrow();

        assertThat(report.source()).isEqualTo(PropensitySource.ESTIMATED);
        assertThat(Math.abs(report.always().get("none").dr().value() - truth)).isLessThan(Math.abs(naive - truth) / 2);
    }

    @Test
    void propensitiesOfSomethingElseAreDoubted() {
        ContactLog log = new SimulatedContacts(0, 0, true).log(1_500, 7, true);
        assertThat(run(log, 2, 1).overlap().doubtful()).isEmpty();

        double[] ofCall = new double[log.size()];
        Arrays.fill(ofCall, 0.9);
        ContactLog wrong =
                new ContactLog(log.features(), log.rows(), log.actions(), log.taken(), log.rewards(), ofCall);
        assertThat(run(wrong, 2, 1).overlap().doubtful()).isPresent();
    }

    @Test
    void aRareActionIsNotJudgedAndItsRowsStay() {
        ContactLog log = new SimulatedContacts(0, 0.5, true).log(800, 8, true);
        int[] taken = log.taken().clone();
        taken[0] = ContactLog.OTHER;
        taken[9] = ContactLog.OTHER;
        ContactLog rare =
                new ContactLog(log.features(), log.rows(), log.actions(), taken, log.rewards(), new double[0]);
        PolicyReport report = run(rare, 2, 1);

        assertThat(report.logging().dr().value())
                .isCloseTo(Arrays.stream(log.rewards()).average().orElseThrow(), within(1e-12));
        assertThat(report.actions()).isEqualTo(SimulatedContacts.ACTIONS);
    }

    @Test
    void theSameLogAndSeedGiveTheSameReportOnAnyNumberOfThreads() {
        ContactLog log = new SimulatedContacts(0.2, 0.5, true).log(600, 9, false);
        PolicyReport once = run(log, 2, 3);
        PolicyReport again = new PolicyEvaluation(new PolicyEvaluation.Options(2, 2, 3, 2)).run(log);

        assertThat(again).usingRecursiveComparison().isEqualTo(once);
    }

    @Test
    void anActionOfTooFewRowsIsRefused() {
        ContactLog log = new SimulatedContacts(0, 0, true).log(90, 1, true);
        assertThatThrownBy(() -> run(log, 2, 1)).hasMessageContaining("at least 50 are needed");
    }
}
