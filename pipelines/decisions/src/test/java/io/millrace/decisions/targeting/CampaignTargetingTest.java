package io.millrace.decisions.targeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.decisions.StableHash;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CampaignTargetingTest {

    private static final LocalDate NIGHT = LocalDate.of(2026, 2, 28);
    private static final Offer MAIL = new Offer("mail", Channel.EMAIL, "Welcome back", 0.5, 0.1);
    private static final Offer GIFT = new Offer("gift", Channel.EMAIL, "A gift", 3, 0.18);
    private static final Offer CALL = new Offer("call", Channel.PHONE, "Welcome back", 6, 0.25);

    private static TargetingOptions options(double budget, Map<Channel, Integer> capacity, double share, long seed) {
        return new TargetingOptions(List.of(MAIL, GIFT, CALL), budget, capacity, 2, 30, share, seed);
    }

    private static TargetingOptions one(double cost, double budget) {
        return new TargetingOptions(
                List.of(new Offer("m", Channel.EMAIL, "", cost, 0.1)), budget, Map.of(), 2, 30, 0, 1);
    }

    private static TargetingProblem crowd(int size, long seed) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            candidates.add(random("C" + i, StableHash.random(seed, "C" + i)));
        }
        return problem(candidates);
    }

    private static TargetingProblem problem(List<Candidate> candidates) {
        return new TargetingProblem("SPRING", NIGHT, candidates);
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
        return new CampaignTargeting(options).plan(problem);
    }

    @Test
    void aSmallCampaignByHand() {
        TargetingPlan plan = plan(
                problem(List.of(
                        reachable("low", 0.1, 5),
                        reachable("third", 0.5, 100),
                        reachable("first", 0.9, 100),
                        reachable("second", 0.3, 200),
                        new Candidate("out", 0.9, 500, true, 0, Set.of(Channel.EMAIL), ""),
                        new Candidate("tired", 0.9, 500, false, 2, Set.of(Channel.EMAIL), ""),
                        new Candidate("afar", 0.9, 500, false, 0, Set.of(Channel.PHONE), ""))),
                one(1, 2));
        assertThat(plan.contacts()).extracting(Target::customer).containsExactly("first", "second");
        assertThat(plan.expectedValue()).isCloseTo(8 + 5, within(1e-12));
        assertThat(plan.baselineValue()).isCloseTo(2 * (8 + 5 + 4 - 0.95) / 4, within(1e-12));
        assertThat(plan.cost()).isEqualTo(2);
        assertThat(plan.gap()).isZero();
        assertThat(plan.targets()).hasSize(4).allMatch(t -> t.propensity() == 1 && !t.isExplored());
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
        Map<String, String> reasons =
                plan.targets().stream().collect(Collectors.toMap(Target::customer, Target::reason));
        assertThat(reasons.get("first"))
                .isEqualTo(
                        "Churn probability 0.900 × value at risk 100.00 × assumed response 0.100 − email cost 1.00 = 8.00");
        assertThat(reasons.get("third")).startsWith("Left alone: budget and capacity bring more elsewhere");
        assertThat(reasons.get("low")).startsWith("Left alone: no offer is worth its cost");
    }

    /** The call is worth most to both; one of them loses less by a mail. */
    @Test
    void aScarceChannelGoesToWhoeverGainsMostByIt() {
        TargetingProblem problem = problem(List.of(
                new Candidate("rich", 0.8, 1000, false, 0, Set.of(Channel.EMAIL, Channel.PHONE), ""),
                new Candidate("richer", 0.8, 2000, false, 0, Set.of(Channel.EMAIL, Channel.PHONE), "")));
        Map<String, String> offers = plan(problem, options(100, Map.of(Channel.PHONE, 1), 0, 1)).contacts().stream()
                .collect(Collectors.toMap(
                        Target::customer, t -> t.offer().orElseThrow().code()));
        assertThat(offers).isEqualTo(Map.of("rich", "gift", "richer", "call"));
    }

    @Property(tries = 100)
    void optOutsCapsBudgetAndCapacityAreHonouredAndEverybodyElseHasAnAction(
            @ForAll @IntRange(min = 0, max = 300) int size,
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 500) double budget,
            @ForAll @IntRange(min = 0, max = 40) int calls) {
        TargetingProblem problem = crowd(size, seed);
        TargetingPlan plan = plan(problem, options(budget, Map.of(Channel.PHONE, calls), 0.1, seed));
        Map<String, Candidate> candidates =
                problem.candidates().stream().collect(Collectors.toMap(Candidate::customer, Function.identity()));
        for (Target target : plan.targets()) {
            Candidate candidate = candidates.get(target.customer());
            assertThat(candidate.optedOut()).isFalse();
            assertThat(candidate.recentContacts()).isLessThan(2);
            target.offer().ifPresent(o -> assertThat(candidate.reachable()).contains(o.channel()));
            assertThat(target.isControl() || target.isExplored() || target.expectedValue() > 0)
                    .isTrue();
            assertThat(target.propensity()).isBetween(Double.MIN_VALUE, 1.0);
            assertThat(target.cost() == 0).isEqualTo(target.isControl());
        }
        assertThat(plan.cost()).isLessThanOrEqualTo(budget + 1e-9);
        assertThat(plan.contacts().stream()
                        .filter(t -> t.offer().orElseThrow().channel() == Channel.PHONE)
                        .count())
                .isLessThanOrEqualTo(calls);
        assertThat(plan.explorationShare()).isLessThanOrEqualTo(0.1);
        int kept = plan.leftOut().getOrDefault(LeftOut.OPTED_OUT, 0)
                + plan.leftOut().getOrDefault(LeftOut.CONTACT_CAP, 0)
                + plan.leftOut().getOrDefault(LeftOut.UNREACHABLE, 0);
        assertThat(plan.targets().size() + kept).isEqualTo(size);
    }

    @Property(tries = 50)
    void theOrderOfCandidatesDoesNotMatter(@ForAll @IntRange(min = 1, max = 200) int size, @ForAll long seed) {
        TargetingProblem problem = crowd(size, seed);
        List<Candidate> shuffled = new ArrayList<>(problem.candidates());
        Collections.shuffle(shuffled, new Random(seed));
        TargetingOptions options = options(80, Map.of(), 0.2, 5);
        assertThat(plan(problem(shuffled), options)).isEqualTo(plan(problem, options));
    }

    /**
     * Over many seeds the weight of an action, 1 / propensity if it was taken and else 0, has the mean 1 for each customer and each action,
     * at the budget's edge too, where what chance spends moves the list.
     */
    @Test
    void loggedPropensitiesAreThoseOfTheDraw() {
        TargetingProblem problem = crowd(40, 3);
        Map<String, double[]> weights = new HashMap<>();
        int seeds = 1_500;
        IntStream.range(0, seeds)
                .parallel()
                .mapToObj(seed -> plan(problem, options(60, Map.of(Channel.PHONE, 8), 0.3, seed)))
                .toList()
                .forEach(plan -> plan.targets().forEach(target -> {
                    double[] sums = weights.computeIfAbsent(
                            target.customer() + target.offer().map(Offer::code).orElse(" none"),
                            action -> new double[2]);
                    sums[0] += 1 / target.propensity();
                    sums[1] += 1 / target.propensity() / target.propensity();
                }));
        assertThat(weights).hasSizeGreaterThan(20);
        weights.forEach((action, sums) -> {
            double mean = sums[0] / seeds;
            double error = Math.sqrt((sums[1] / seeds - mean * mean) / seeds);
            assertThat(mean).as(action).isCloseTo(1, within(4.5 * error));
        });
    }

    /** What the prices say of one customer is what another list says, but for a few at the edge. */
    @Test
    void pricesTellOfManyCustomersWhatListsTell() {
        TargetingProblem many = crowd(1_500, 6);
        TargetingPlan plan = plan(many, options(600, Map.of(Channel.PHONE, 60), 0.2, 2));
        double likely = 1 - plan.explorationShare();
        long unlikely = plan.targets().stream()
                .filter(t -> t.isExplored() && !t.isControl() && t.propensity() < likely)
                .count();

        assertThat(plan.targets().stream().filter(Target::isExplored).count()).isGreaterThan(unlikely);
        assertThat(unlikely).isPositive();
        assertThat(plan.targets()).filteredOn(t -> !t.isExplored()).allMatch(t -> t.propensity() > likely);
        assertThat(plan.cost()).isBetween(590.0, 600.0);
    }

    @Test
    void eachNightDrawsOthers() {
        TargetingProblem crowd = crowd(500, 4);
        TargetingOptions options = options(1e9, Map.of(), 0.2, 8);
        Set<String> tonight = drawn(crowd, options);
        Set<String> tomorrow = drawn(new TargetingProblem("SPRING", NIGHT.plusDays(1), crowd.candidates()), options);

        Set<String> both = new HashSet<>(tonight);
        both.retainAll(tomorrow);
        assertThat(tonight).hasSizeGreaterThan(20);
        assertThat(both.size()).isLessThan(tonight.size() / 2);
        assertThat(drawn(crowd, options)).isEqualTo(tonight);
    }

    private static Set<String> drawn(TargetingProblem problem, TargetingOptions options) {
        return plan(problem, options).targets().stream()
                .filter(Target::isExplored)
                .map(Target::customer)
                .collect(Collectors.toSet());
    }

    @Test
    void aSmallBudgetIsNotSpentOnChance() {
        TargetingProblem crowd = crowd(4_000, 5);
        TargetingPlan plan = plan(crowd, options(100, Map.of(), 0.2, 1));

        assertThat(plan.explorationShare()).isLessThan(0.02);
        assertThat(plan.contacts().stream()
                        .filter(Target::isExplored)
                        .mapToDouble(Target::cost)
                        .sum())
                .isLessThan(50);
        assertThat(plan.targets()).allMatch(t -> t.propensity() > 0);
        assertThat(plan.cost()).isBetween(95.0, 100.0);
    }

    @Test
    void theListBeatsARandomContact() {
        TargetingPlan plan = plan(crowd(2000, 12), options(200, Map.of(), 0.05, 1));
        assertThat(plan.expectedValue()).isGreaterThan(1.5 * plan.baselineValue());
        assertThat(plan.heldBack()).isNotEmpty();
    }

    @Test
    void freeContactsGoFirstAndNobodyIsNoError() {
        assertThat(plan(problem(List.of(reachable("a", 0.5, 10))), one(0, 0)).contacts())
                .hasSize(1);
        assertThat(plan(problem(List.of()), one(0, 0)).targets()).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> reachable("a", 1.2, 5)).hasMessageContaining("churn probability of a is 1.2");
        assertThatThrownBy(() -> problem(List.of(reachable("a", 1, 5), reachable("a", 0, 5))))
                .hasMessageContaining("customer a is there twice");
        assertThatThrownBy(() -> options(10, Map.of(), 1, 1)).hasMessageContaining("exploration share is 1.0");
        assertThatThrownBy(() -> options(10, Map.of(Channel.POST, -1), 0, 1))
                .hasMessageContaining("capacity of post is -1");
        assertThatThrownBy(() -> new TargetingOptions(List.of(), 1, Map.of(), 1, 1, 0, 1))
                .hasMessageContaining("needs an offer");
        assertThatThrownBy(() -> new TargetingOptions(List.of(MAIL, MAIL), 1, Map.of(), 1, 1, 0, 1))
                .hasMessageContaining("have one code");
    }
}
