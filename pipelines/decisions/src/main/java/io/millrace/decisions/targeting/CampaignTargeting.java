package io.millrace.decisions.targeting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides about every customer who could be contacted: at most one offer each, under a budget, capacities of channels, contact caps and
 * opt-outs. First chance decides about a share of them ({@link Exploration}); the list of the others is the one of {@link OfferOptimizer}
 * under what is left. Each, contacted or not, has an action with its propensity, so that the log tells what other lists would have
 * brought.
 *
 * <p><b>Propensities.</b> Given what chance did with everybody else, the list would have one action for a customer about whom chance does
 * not decide. So an action has the probability {@code (1 − share) × (1 if the list has it, else 0) + share / (number of offers + 1)}.
 * Of a customer about whom chance decided, what the list would have had is worked out: by a list with the customer, or, if there are many
 * customers, by the prices of the list, of which one customer more changes next to nothing.
 */
public final class CampaignTargeting {

    /** Nodes that are looked at for the best list, beyond one that is nearly that. */
    private static final long NODES = 20_000;

    /** Up to so many customers, what the list would have had for one more is worked out by another list. */
    private static final int FEW = 500;

    private final TargetingOptions options;

    /** A customer who could be contacted, and what reaches them, in the order of the options. */
    private record Reached(Candidate candidate, List<Offer> offers) {

        double value(int place) {
            return candidate.expectedValue(offers.get(place));
        }

        double bestValue() {
            return offers.stream().mapToDouble(candidate::expectedValue).max().orElseThrow();
        }
    }

    /** A customer and an offer drawn at random: what is expected of it, and what it costs. */
    private record Chance(double meanValue, double meanCost) {

        static Chance of(List<Reached> reached) {
            double value = 0;
            double cost = 0;
            for (Reached one : reached) {
                for (Offer offer : one.offers()) {
                    value += one.candidate().expectedValue(offer) / one.offers().size() / reached.size();
                    cost += offer.cost() / one.offers().size() / reached.size();
                }
            }
            return new Chance(value, cost);
        }

        /** What chance would make of the money of an offer. */
        double value(Offer offer) {
            return meanCost > 0 && offer.cost() > 0 ? meanValue * offer.cost() / meanCost : meanValue;
        }
    }

    /** Takes the parameters of the campaign. */
    public CampaignTargeting(TargetingOptions options) {
        this.options = options;
    }

    /** Plans the campaign. */
    public TargetingPlan plan(TargetingProblem problem) {
        Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);
        List<Reached> reached = reached(problem, leftOut);
        Chance chance = Chance.of(reached);
        Exploration exploration =
                Exploration.of(options, reached.stream().map(Reached::offers).toList());
        Draw draw = new Draw(problem, reached, exploration, chance);
        List<Target> targets = draw.targets(leftOut);
        double baseline = targets.stream().mapToDouble(Target::baselineValue).sum();
        return new TargetingPlan(targets, leftOut, baseline, exploration.share(), draw.list.gap());
    }

    /** Sorted before anything is summed, so that the order of the candidates cannot show in the last digit of a mean. */
    private List<Reached> reached(TargetingProblem problem, Map<LeftOut, Integer> leftOut) {
        List<Reached> reached = new ArrayList<>();
        for (Candidate candidate : problem.candidates()) {
            List<Offer> offers = options.offers().stream()
                    .filter(offer -> candidate.reachable().contains(offer.channel()))
                    .toList();
            if (candidate.optedOut()) {
                leftOut.merge(LeftOut.OPTED_OUT, 1, Integer::sum);
            } else if (candidate.recentContacts() >= options.contactCap()) {
                leftOut.merge(LeftOut.CONTACT_CAP, 1, Integer::sum);
            } else if (offers.isEmpty()) {
                leftOut.merge(LeftOut.UNREACHABLE, 1, Integer::sum);
            } else {
                reached.add(new Reached(candidate, offers));
            }
        }
        reached.sort(Comparator.comparing(r -> r.candidate().customer()));
        return reached;
    }

    /** What is left of budget and capacities. */
    private final class Purse {
        private double budget = options.budget();
        private final double[] capacity =
                Arrays.stream(Channel.values()).mapToDouble(options::most).toArray();

        boolean affords(Offer offer) {
            return offer.cost() <= budget && capacity[offer.channel().ordinal()] >= 1;
        }

        /** @param times 1 to spend, -1 to take it back */
        void spend(Offer offer, int times) {
            budget -= times * offer.cost();
            capacity[offer.channel().ordinal()] -= times;
        }

        OfferProblem problem(List<Reached> customers) {
            int[] first = new int[customers.size() + 1];
            for (int i = 0; i < customers.size(); i++) {
                first[i + 1] = first[i] + customers.get(i).offers().size();
            }
            int all = first[customers.size()];
            double[] value = new double[all];
            double[] cost = new double[all];
            int[] channel = new int[all];
            for (int i = 0; i < customers.size(); i++) {
                for (int j = first[i]; j < first[i + 1]; j++) {
                    Offer offer = customers.get(i).offers().get(j - first[i]);
                    value[j] = customers.get(i).value(j - first[i]);
                    cost[j] = offer.cost();
                    channel[j] = offer.channel().ordinal();
                }
            }
            return new OfferProblem(first, value, cost, channel, Math.max(0, budget), capacity.clone());
        }
    }

    private static OfferPlan list(OfferProblem problem) {
        return new OfferOptimizer(NODES).plan(problem);
    }

    /** Place of a customer's offer among those that reach them. */
    private static int place(OfferProblem problem, OfferPlan plan, int customer) {
        int chosen = plan.chosen()[customer];
        return chosen == OfferPlan.NONE ? chosen : chosen - problem.first()[customer];
    }

    /** What chance decides, and the list of everybody else. */
    private final class Draw {
        private final TargetingProblem problem;
        private final Exploration exploration;
        private final Chance chance;
        private final List<Reached> drawn = new ArrayList<>();
        private final List<Reached> others = new ArrayList<>();
        private final int[] actions;
        private final Purse purse = new Purse();
        private final OfferProblem listed;
        private final OfferPlan list;

        Draw(TargetingProblem problem, List<Reached> reached, Exploration exploration, Chance chance) {
            this.problem = problem;
            this.exploration = exploration;
            this.chance = chance;
            reached.forEach(r -> (isDrawn(r) ? drawn : others).add(r));
            this.actions = drawn.stream().mapToInt(this::draw).toArray();
            this.listed = purse.problem(others);
            this.list = list(listed);
        }

        private boolean isDrawn(Reached of) {
            return exploration.isDrawn(
                    options.seed(),
                    problem.campaign(),
                    problem.date(),
                    of.candidate().customer());
        }

        /** The drawn action, which is paid for. It is expected to take a quarter at most; beyond all that there is, nobody is contacted. */
        private int draw(Reached of) {
            int action = exploration.drawn(
                    options.seed(),
                    problem.campaign(),
                    problem.date(),
                    of.candidate().customer(),
                    of.offers().size());
            if (action == OfferPlan.NONE || !purse.affords(of.offers().get(action))) {
                return OfferPlan.NONE;
            }
            purse.spend(of.offers().get(action), 1);
            return action;
        }

        List<Target> targets(Map<LeftOut, Integer> leftOut) {
            List<Target> targets = new ArrayList<>();
            for (int i = 0; i < others.size(); i++) {
                Reached of = others.get(i);
                int action = place(listed, list, i);
                targets.add(target(of, action, true, false));
                if (action == OfferPlan.NONE) {
                    leftOut.merge(of.bestValue() > 0 ? LeftOut.BUDGET : LeftOut.LOW_VALUE, 1, Integer::sum);
                }
            }
            for (int i = 0; i < drawn.size(); i++) {
                boolean same = actions[i] == withoutChance(drawn.get(i), actions[i]);
                targets.add(target(drawn.get(i), actions[i], same, true));
            }
            targets.sort(Comparator.comparing(Target::isControl)
                    .thenComparingDouble(t -> t.cost() > 0 ? -t.expectedValue() / t.cost() : Double.NEGATIVE_INFINITY)
                    .thenComparingDouble(t -> -t.expectedValue())
                    .thenComparing(Target::customer));
            return targets;
        }

        /** What the list would have for a customer about whom chance decided. */
        private int withoutChance(Reached of, int action) {
            return others.size() <= FEW ? byAnotherList(of, action) : byPrices(of);
        }

        private int byAnotherList(Reached of, int action) {
            if (action != OfferPlan.NONE) {
                purse.spend(of.offers().get(action), -1);
            }
            // In its place among the others, because of two lists of one value the order of customers decides.
            int at = 0;
            while (at < others.size()
                    && others.get(at)
                                    .candidate()
                                    .customer()
                                    .compareTo(of.candidate().customer())
                            < 0) {
                at++;
            }
            List<Reached> with = new ArrayList<>(others);
            with.add(at, of);
            OfferProblem another = purse.problem(with);
            int place = place(another, list(another), at);
            if (action != OfferPlan.NONE) {
                purse.spend(of.offers().get(action), 1);
            }
            return place;
        }

        private int byPrices(Reached of) {
            int best = OfferPlan.NONE;
            double most = 0;
            for (int place = 0; place < of.offers().size(); place++) {
                double beyond = of.value(place) - price(of.offers().get(place));
                if (beyond > most) {
                    most = beyond;
                    best = place;
                }
            }
            return best;
        }

        private double price(Offer offer) {
            return list.budgetPrice() * offer.cost()
                    + list.channelPrices()[offer.channel().ordinal()];
        }

        /** @param isListed whether the list has, or would have, this action */
        private Target target(Reached of, int action, boolean isListed, boolean explored) {
            Optional<Offer> offer = action == OfferPlan.NONE
                    ? Optional.empty()
                    : Optional.of(of.offers().get(action));
            return new Target(
                    of.candidate().customer(),
                    offer,
                    explored,
                    offer.map(of.candidate()::expectedValue).orElse(0.0),
                    offer.map(chance::value).orElse(0.0),
                    exploration.propensity(isListed, of.offers().size()),
                    offer.map(Offer::cost).orElse(0.0),
                    of.candidate().churnProbability(),
                    of.candidate().segment(),
                    reason(of, offer, explored));
        }

        private String reason(Reached of, Optional<Offer> offer, boolean explored) {
            String drawn = String.format(
                    Locale.ROOT, "Drawn at random, as %.1f %% are, to learn from", 100 * exploration.share());
            if (offer.isPresent()) {
                String formula = formula(of.candidate(), offer.get());
                return explored ? drawn + ". " + formula : formula;
            }
            Offer best = of.offers().stream()
                    .max(Comparator.comparingDouble(of.candidate()::expectedValue))
                    .orElseThrow();
            String formula = formula(of.candidate(), best);
            return explored
                    ? drawn + ": left alone. A contact would be worth: " + formula
                    : of.bestValue() > 0
                            ? String.format(
                                    Locale.ROOT,
                                    "Left alone: budget and capacity bring more elsewhere, %,.2f for what it would take. The best offer: %s",
                                    price(best),
                                    formula)
                            : "Left alone: no offer is worth its cost. The best: " + formula;
        }

        private String formula(Candidate candidate, Offer offer) {
            return String.format(
                    Locale.ROOT,
                    "Churn probability %.3f × value at risk %,.2f × assumed response %.3f − %s cost %.2f = %,.2f",
                    candidate.churnProbability(),
                    candidate.valueAtRisk(),
                    offer.responseRate(),
                    offer.channel().code(),
                    offer.cost(),
                    candidate.expectedValue(offer));
        }
    }
}
