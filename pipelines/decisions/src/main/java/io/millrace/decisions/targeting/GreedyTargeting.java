package io.millrace.decisions.targeting;

import io.millrace.decisions.StableHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Greedy targeting: customers who may be contacted are ranked by expected value for the money, and the budget is spent from the
 * top.
 *
 * <p><b>Propensities.</b> The ranking is deterministic; the hold-out alone is random. Walking down the ranking, a customer whose
 * contact the remaining budget still affords is drawn: with the control share held back, else contacted. Whether the walk reaches
 * a customer depends on draws above it and never on its own, so given that it is reached the action has exactly the propensity
 * that is logged: 1 − share for a contact, share for a control. Controls cost nothing, so their money goes further down the list.
 * A customer who is not reached, or not eligible, was never in play and has no row; nothing can be learned about such customers
 * from this log.
 *
 * <p>The draw is a hash of seed, campaign and customer code, so it depends on neither the order nor the company of other
 * customers.
 */
public final class GreedyTargeting {

    private final TargetingOptions options;

    private record Offer(Candidate candidate, Channel channel, double cost, double value) {
        double valueForMoney() {
            return cost > 0 ? value / cost : value >= 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
    }

    /** Takes the parameters of the campaign. */
    public GreedyTargeting(TargetingOptions options) {
        this.options = options;
    }

    /** Plans the campaign. */
    public TargetingPlan plan(TargetingProblem problem) {
        Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);
        List<Offer> offers = contactable(problem, leftOut);
        double meanValue = offers.stream().mapToDouble(Offer::value).average().orElse(0);
        List<Target> targets = walk(problem.campaign(), worthwhile(offers, leftOut), meanValue, leftOut);
        long contacts = targets.stream().filter(target -> !target.isControl()).count();
        return new TargetingPlan(targets, leftOut, contacts * meanValue);
    }

    /** Sorted before anything is summed, so that the order of the candidates cannot show in the last digit of a mean. */
    private List<Offer> contactable(TargetingProblem problem, Map<LeftOut, Integer> leftOut) {
        List<Offer> offers = new ArrayList<>();
        for (Candidate candidate : problem.candidates()) {
            Optional<Offer> offer = bestOffer(candidate);
            if (candidate.optedOut()) {
                leftOut.merge(LeftOut.OPTED_OUT, 1, Integer::sum);
            } else if (candidate.recentContacts() >= options.contactCap()) {
                leftOut.merge(LeftOut.CONTACT_CAP, 1, Integer::sum);
            } else if (offer.isEmpty()) {
                leftOut.merge(LeftOut.UNREACHABLE, 1, Integer::sum);
            } else {
                offers.add(offer.get());
            }
        }
        offers.sort(Comparator.comparingDouble((Offer offer) -> -offer.valueForMoney())
                .thenComparingDouble(offer -> -offer.value())
                .thenComparing(offer -> offer.candidate().customer()));
        return offers;
    }

    private Optional<Offer> bestOffer(Candidate candidate) {
        Offer best = null;
        for (Map.Entry<Channel, ChannelTerms> entry : options.channels().entrySet()) {
            double value = candidate.expectedValue(entry.getValue());
            if (candidate.reachable().contains(entry.getKey()) && (best == null || value > best.value())) {
                best = new Offer(candidate, entry.getKey(), entry.getValue().contactCost(), value);
            }
        }
        return Optional.ofNullable(best);
    }

    private List<Offer> worthwhile(List<Offer> offers, Map<LeftOut, Integer> leftOut) {
        List<Offer> kept = new ArrayList<>();
        for (Offer offer : offers) {
            if (offer.value() >= options.minExpectedValue()) {
                kept.add(offer);
            } else {
                leftOut.merge(LeftOut.LOW_VALUE, 1, Integer::sum);
            }
        }
        return kept;
    }

    private List<Target> walk(String campaign, List<Offer> ranked, double meanValue, Map<LeftOut, Integer> leftOut) {
        List<Target> targets = new ArrayList<>();
        double left = options.budget();
        for (int rank = 0; rank < ranked.size(); rank++) {
            Offer offer = ranked.get(rank);
            if (offer.cost() > left) {
                leftOut.merge(LeftOut.BUDGET, 1, Integer::sum);
            } else if (isHeldBack(campaign, offer.candidate())) {
                targets.add(control(offer, meanValue));
            } else {
                left -= offer.cost();
                targets.add(contact(offer, meanValue, rank + 1, ranked.size()));
            }
        }
        return targets;
    }

    private boolean isHeldBack(String campaign, Candidate candidate) {
        return StableHash.uniform(options.seed(), campaign, candidate.customer()) < options.controlShare();
    }

    private Target contact(Offer offer, double meanValue, int rank, int ranked) {
        String reason = "%s; rank %d of %d by value for money".formatted(formula(offer), rank, ranked);
        return target(offer, Optional.of(offer.channel()), meanValue, 1 - options.controlShare(), offer.cost(), reason);
    }

    private Target control(Offer offer, double meanValue) {
        String reason = String.format(
                Locale.ROOT,
                "Held back as a control, as %.1f %% are at random; a contact would be worth: %s",
                100 * options.controlShare(),
                formula(offer));
        return target(offer, Optional.empty(), meanValue, options.controlShare(), 0, reason);
    }

    private String formula(Offer offer) {
        return String.format(
                Locale.ROOT,
                "Churn probability %.3f × value at risk %,.2f × assumed response %.3f − %s cost %.2f = %,.2f",
                offer.candidate().churnProbability(),
                offer.candidate().valueAtRisk(),
                options.channels().get(offer.channel()).responseRate(),
                offer.channel().code(),
                offer.cost(),
                offer.value());
    }

    private static Target target(
            Offer offer, Optional<Channel> channel, double meanValue, double propensity, double cost, String reason) {
        Candidate candidate = offer.candidate();
        return new Target(
                candidate.customer(),
                channel,
                offer.value(),
                meanValue,
                propensity,
                cost,
                candidate.churnProbability(),
                candidate.segment(),
                reason);
    }
}
