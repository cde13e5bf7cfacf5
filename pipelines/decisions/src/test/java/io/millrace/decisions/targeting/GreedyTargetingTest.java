package io.millrace.decisions.targeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.decisions.StableHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GreedyTargetingTest {

    private static final Map<Channel, ChannelTerms> CHANNELS =
            Map.of(Channel.EMAIL, new ChannelTerms(0.5, 0.1), Channel.PHONE, new ChannelTerms(6, 0.25));

    private static TargetingOptions options(double budget, double controlShare, long seed) {
        return new TargetingOptions(CHANNELS, budget, 2, 30, controlShare, 1, seed);
    }

    private static TargetingProblem crowd(int size, long seed) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            candidates.add(random("C" + i, StableHash.random(seed, "C" + i)));
        }
        return new TargetingProblem("SPRING", candidates);
    }

    private static Candidate random(String customer, SplittableRandom random) {
        Set<Channel> reachable = random.nextInt(3) > 0
                ? Set.of(Channel.EMAIL, Channel.PHONE)
                : random.nextBoolean() ? Set.of(Channel.EMAIL) : Set.of(Channel.POST);
        return new Candidate(
                customer,
                random.nextDouble(),
                300 * random.nextDouble(),
                random.nextInt(5) == 0,
                random.nextInt(4),
                reachable,
                "band");
    }

    private static Candidate reachable(String customer, double churn, double value) {
        return new Candidate(customer, churn, value, false, 0, Set.of(Channel.EMAIL), "");
    }

    private static TargetingPlan plan(TargetingProblem problem, TargetingOptions options) {
        return new GreedyTargeting(options).plan(problem);
    }

    @Test
    void aSmallCampaignByHand() {
        TargetingOptions options =
                new TargetingOptions(Map.of(Channel.EMAIL, new ChannelTerms(1, 0.1)), 2, 2, 30, 0, 0.5, 1);
        TargetingPlan plan = plan(
                new TargetingProblem(
                        "SPRING",
                        List.of(
                                reachable("low", 0.1, 20),
                                reachable("third", 0.5, 100),
                                reachable("first", 0.9, 100),
                                reachable("second", 0.3, 200),
                                new Candidate("out", 0.9, 500, true, 0, Set.of(Channel.EMAIL), ""),
                                new Candidate("tired", 0.9, 500, false, 2, Set.of(Channel.EMAIL), ""),
                                new Candidate("afar", 0.9, 500, false, 0, Set.of(Channel.PHONE), ""))),
                options);
        assertThat(plan.targets()).extracting(Target::customer).containsExactly("first", "second");
        assertThat(plan.expectedValue()).isCloseTo(8 + 5, within(1e-12));
        assertThat(plan.baselineValue()).isCloseTo(2 * (8 + 5 + 4 - 0.8) / 4, within(1e-12));
        assertThat(plan.cost()).isEqualTo(2);
        assertThat(plan.leftOut())
                .isEqualTo(Map.of(
                        LeftOut.OPTED_OUT,
                        1,
                        LeftOut.CONTACT_CAP,
                        1,
                        LeftOut.UNREACHABLE,
                        1,
                        LeftOut.LOW_VALUE,
                        1,
                        LeftOut.BUDGET,
                        1));
        assertThat(plan.targets().get(0).reason())
                .isEqualTo(
                        "Churn probability 0.900 × value at risk 100.00 × assumed response 0.100 − email cost 1.00 = 8.00;"
                                + " rank 1 of 3 by value for money");
        assertThat(plan.targets().get(0).propensity()).isOne();
    }

    @Test
    void theChannelThatIsWorthMostIsTaken() {
        TargetingProblem problem = new TargetingProblem(
                "SPRING",
                List.of(
                        new Candidate("rich", 0.8, 1000, false, 0, Set.of(Channel.EMAIL, Channel.PHONE), ""),
                        new Candidate("poor", 0.8, 20, false, 0, Set.of(Channel.EMAIL, Channel.PHONE), "")));
        Map<String, Channel> channels = plan(problem, options(100, 0, 1)).contacts().stream()
                .collect(Collectors.toMap(
                        Target::customer, target -> target.channel().orElseThrow()));
        assertThat(channels).isEqualTo(Map.of("rich", Channel.PHONE, "poor", Channel.EMAIL));
    }

    @Property(tries = 100)
    void optOutsCapsAndBudgetAreHonoured(
            @ForAll @IntRange(min = 0, max = 300) int size,
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 500) double budget) {
        TargetingProblem problem = crowd(size, seed);
        TargetingPlan plan = plan(problem, options(budget, 0.1, seed));
        Map<String, Candidate> candidates =
                problem.candidates().stream().collect(Collectors.toMap(Candidate::customer, Function.identity()));
        for (Target target : plan.targets()) {
            Candidate candidate = candidates.get(target.customer());
            assertThat(candidate.optedOut()).isFalse();
            assertThat(candidate.recentContacts()).isLessThan(2);
            target.channel()
                    .ifPresent(channel -> assertThat(candidate.reachable()).contains(channel));
            assertThat(target.expectedValue()).isGreaterThanOrEqualTo(1);
            assertThat(target.propensity()).isEqualTo(target.isControl() ? 0.1 : 0.9);
            assertThat(target.cost() == 0).isEqualTo(target.isControl());
        }
        assertThat(plan.cost()).isLessThanOrEqualTo(budget + 1e-9);
        int leftOut =
                plan.leftOut().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(plan.targets().size() + leftOut).isEqualTo(size);
    }

    @Property(tries = 50)
    void theOrderOfCandidatesDoesNotMatter(@ForAll @IntRange(min = 1, max = 200) int size, @ForAll long seed) {
        TargetingProblem problem = crowd(size, seed);
        List<Candidate> shuffled = new ArrayList<>(problem.candidates());
        Collections.shuffle(shuffled, new Random(seed));
        TargetingOptions options = options(80, 0.2, 5);
        assertThat(plan(new TargetingProblem("SPRING", shuffled), options)).isEqualTo(plan(problem, options));
    }

    @Test
    void theControlShareIsNearItsRate() {
        TargetingPlan plan = plan(crowd(60_000, 9), options(1e9, 0.1, 77));
        double share = (double) plan.controls().size() / plan.targets().size();
        double standardError = Math.sqrt(0.1 * 0.9 / plan.targets().size());
        assertThat(share).isCloseTo(0.1, within(4 * standardError));
    }

    /** Over many seeds each customer in play is a control as often as the propensity says, at the budget's edge too. */
    @Test
    void loggedPropensitiesAreTheFrequenciesOfTheDraw() {
        TargetingProblem problem = crowd(100, 3);
        Map<String, int[]> counts = new HashMap<>();
        int seeds = 4_000;
        for (int seed = 0; seed < seeds; seed++) {
            for (Target target : plan(problem, options(40, 0.25, seed)).targets()) {
                int[] count = counts.computeIfAbsent(target.customer(), customer -> new int[2]);
                count[0]++;
                count[1] += target.isControl() ? 1 : 0;
            }
        }
        assertThat(counts).hasSizeGreaterThan(5);
        assertThat(counts.values()).anyMatch(count -> count[0] < seeds);
        for (int[] count : counts.values()) {
            double standardError = Math.sqrt(0.25 * 0.75 / count[0]);
            assertThat((double) count[1] / count[0]).isCloseTo(0.25, within(4.5 * standardError));
        }
    }

    /** Whoever is a control in a crowd is one alone, too. */
    @Test
    void theDrawOfACustomerDependsOnNobodyElse() {
        TargetingProblem crowd = crowd(300, 4);
        TargetingOptions options = options(1e9, 0.3, 8);
        Map<String, Boolean> together =
                plan(crowd, options).targets().stream().collect(Collectors.toMap(Target::customer, Target::isControl));
        for (Candidate candidate : crowd.candidates()) {
            List<Target> alone = plan(new TargetingProblem("SPRING", List.of(candidate)), options)
                    .targets();
            assertThat(alone.stream().map(Target::isControl).toList())
                    .isEqualTo(
                            together.containsKey(candidate.customer())
                                    ? List.of(together.get(candidate.customer()))
                                    : List.of());
        }
    }

    @Test
    void greedyBeatsARandomContact() {
        TargetingPlan plan = plan(crowd(2000, 12), options(200, 0.1, 1));
        assertThat(plan.expectedValue()).isGreaterThan(1.5 * plan.baselineValue());
    }

    @Test
    void freeContactsGoFirstAndNobodyIsNoError() {
        TargetingOptions options =
                new TargetingOptions(Map.of(Channel.EMAIL, new ChannelTerms(0, 0.1)), 0, 1, 30, 0, 0, 1);
        TargetingPlan plan = plan(new TargetingProblem("SPRING", List.of(reachable("a", 0.5, 10))), options);
        assertThat(plan.contacts()).hasSize(1);
        assertThat(plan(new TargetingProblem("SPRING", List.of()), options).targets())
                .isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> reachable("a", 1.2, 5)).hasMessageContaining("churn probability of a is 1.2");
        assertThatThrownBy(() -> new TargetingProblem("X", List.of(reachable("a", 1, 5), reachable("a", 0, 5))))
                .hasMessageContaining("customer a is there twice");
        assertThatThrownBy(() -> options(10, 1, 1)).hasMessageContaining("control share is 1.0");
        assertThatThrownBy(() -> new TargetingOptions(Map.of(), 1, 1, 1, 0, 0, 1))
                .hasMessageContaining("needs a channel");
    }
}
