package io.millrace.decisions.reorder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Shares budget and room among orders: step by step the order grows whose next packs avoid the most shortage for what they take
 * of the scarce, until every order is complete or no next step fits. Cycle stock is thus cut before safety stock, and dear lines
 * with little at risk before cheap ones with much. What a supplier accepts only together is one step, so that its minimum is met
 * or nothing is ordered from it. Ties go by product and site.
 *
 * <p>Money and room are made comparable by a price of each, see {@link LimitPrices}; if one thing alone is scarce its price does not
 * matter. The greedy rule is the classical one for a knapsack with decreasing returns; it is exact up to the last step of a
 * line, except for first steps that a minimum makes large.
 */
public final class LimitShare {

    private static final double SLACK = 1e-9;

    private final List<Claim> claims;
    private final SharedLimits limits;
    private final LimitPrices prices;
    private final double[] granted;
    private final int[] steps;
    private final Constraint[] cutBy;
    private final Map<String, Double> roomLeft;
    private double moneyLeft;

    /** Steps of one or several lines that are granted together. */
    private static final class Offer {
        private final int[] lines;
        /** Lines whose further steps come after this one. */
        private final List<Integer> followers;

        private final double value;
        private final double money;
        private final Map<String, Double> rooms;
        private final double[] quantities;
        private final int[] steps;
        private double worth;

        Offer(
                int[] lines,
                List<Integer> followers,
                double[] quantities,
                int[] steps,
                double value,
                double money,
                Map<String, Double> rooms) {
            this.lines = lines;
            this.followers = followers;
            this.quantities = quantities;
            this.steps = steps;
            this.value = value;
            this.money = money;
            this.rooms = rooms;
        }

        boolean isJoint() {
            return followers.size() > 1;
        }
    }

    private LimitShare(SharedLimits limits, Map<String, Double> roomLeft, LimitPrices prices, List<Claim> claims) {
        this.limits = limits;
        this.roomLeft = roomLeft;
        this.prices = prices;
        this.claims = claims;
        moneyLeft = limits.budget().orElse(Double.POSITIVE_INFINITY);
        granted = new double[claims.size()];
        steps = new int[claims.size()];
        cutBy = new Constraint[claims.size()];
    }

    /**
     * What each line may order.
     *
     * @param standing site → the room that is taken without any order of tonight
     * @param claims   of lines that ask for something, in the order of product and site
     * @return one for each claim
     */
    static List<Grant> of(SharedLimits limits, Map<String, Double> standing, List<Claim> claims) {
        Map<String, Double> roomLeft = new TreeMap<>();
        limits.rooms().forEach((site, room) -> roomLeft.put(site, room - standing.getOrDefault(site, 0.0)));
        LimitPrices prices = LimitPrices.of(limits.budget().orElse(Double.POSITIVE_INFINITY), roomLeft, claims);
        if (prices.isNothingScarce()) {
            return claims.stream().map(claim -> Grant.all(claim.wanted())).toList();
        }
        return new LimitShare(limits, roomLeft, prices, claims).share();
    }

    /**
     * Lines that do not get all that they ask for.
     *
     * @param standing as for {@link #of}
     * @param claims   of lines that ask for something, in any order
     * @return product and site → what the line gets
     */
    public static Map<List<String>, Grant> cut(SharedLimits limits, Map<String, Double> standing, List<Claim> claims) {
        List<Claim> sorted = claims.stream()
                .sorted(Comparator.comparing(Claim::product).thenComparing(Claim::site))
                .toList();
        List<Grant> grants = of(limits, standing, sorted);
        Map<List<String>, Grant> cut = new HashMap<>();
        for (int i = 0; i < grants.size(); i++) {
            if (grants.get(i).cutBy() != null) {
                cut.put(List.of(sorted.get(i).product(), sorted.get(i).site()), grants.get(i));
            }
        }
        return cut;
    }

    private List<Grant> share() {
        PriorityQueue<Offer> queue = new PriorityQueue<>(
                Comparator.comparingDouble((Offer offer) -> -offer.worth).thenComparingInt(offer -> offer.lines[0]));
        Map<String, List<Integer>> joint = new TreeMap<>();
        for (int i = 0; i < claims.size(); i++) {
            if (limits.minimumValue(claims.get(i).supplier()) > 0) {
                joint.computeIfAbsent(claims.get(i).supplier(), s -> new ArrayList<>())
                        .add(i);
            } else {
                offerNext(i, queue);
            }
        }
        joint.forEach((supplier, lines) -> offerTogether(lines, limits.minimumValue(supplier), queue));
        while (!queue.isEmpty()) {
            Offer offer = queue.remove();
            Constraint refused = refusal(offer);
            if (refused == null) {
                grant(offer);
                offer.followers.forEach(line -> offerNext(line, queue));
            } else {
                offer.followers.forEach(line -> cutBy[line] = offer.isJoint() ? Constraint.SUPPLIER_MINIMUM : refused);
            }
        }
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < granted.length; i++) {
            grants.add(new Grant(granted[i], granted[i] < claims.get(i).wanted() ? cutBy[i] : null));
        }
        return grants;
    }

    private Offer next(int line) {
        Claim claim = claims.get(line);
        double quantity = claim.next(granted[line]);
        double room = claim.room(quantity) - claim.room(granted[line]);
        Offer offer = new Offer(
                new int[] {line},
                List.of(line),
                new double[] {quantity},
                new int[] {steps[line] + 1},
                claim.saved()[steps[line]],
                (quantity - granted[line]) * claim.unitCost(),
                Map.of(claim.site(), room));
        offer.worth = prices.worth(offer.value, offer.money, offer.rooms);
        return offer;
    }

    private void offerNext(int line, PriorityQueue<Offer> queue) {
        if (granted[line] < claims.get(line).wanted()) {
            queue.add(next(line));
        }
    }

    /** Offers the steps of most worth that come to a supplier's minimum as one. */
    private void offerTogether(List<Integer> lines, double minimum, PriorityQueue<Offer> queue) {
        PriorityQueue<Offer> singles = new PriorityQueue<>(queue.comparator());
        lines.forEach(line -> offerNext(line, singles));
        double value = 0;
        double money = 0;
        Map<String, Double> rooms = new HashMap<>();
        boolean measured = lines.stream().anyMatch(line -> claims.get(line).unitCost() > 0);
        while (!singles.isEmpty() && measured && money < minimum * (1 - SLACK)) {
            Offer offer = singles.remove();
            value += offer.value;
            money += offer.money;
            offer.rooms.forEach((site, room) -> rooms.merge(site, room, Double::sum));
            grantUncounted(offer);
            offerNext(offer.lines[0], singles);
        }
        int[] all = lines.stream()
                .mapToInt(Integer::intValue)
                .filter(i -> granted[i] > 0)
                .toArray();
        if (all.length == 0) {
            queue.addAll(singles);
            return;
        }
        double[] quantities = new double[all.length];
        int[] taken = new int[all.length];
        for (int k = 0; k < all.length; k++) {
            quantities[k] = granted[all[k]];
            taken[k] = steps[all[k]];
        }
        for (int line : lines) {
            granted[line] = 0;
            steps[line] = 0;
        }
        Offer together = new Offer(all, lines, quantities, taken, value, money, rooms);
        together.worth = prices.worth(value, money, rooms);
        queue.add(together);
    }

    private Constraint refusal(Offer offer) {
        if (offer.money > moneyLeft) {
            return Constraint.BUDGET;
        }
        for (Map.Entry<String, Double> need : offer.rooms.entrySet()) {
            double left = roomLeft.getOrDefault(need.getKey(), Double.POSITIVE_INFINITY);
            if (need.getValue() > 0 && need.getValue() > left + SLACK * Math.abs(left)) {
                return Constraint.CAPACITY;
            }
        }
        return null;
    }

    private void grant(Offer offer) {
        moneyLeft -= offer.money;
        offer.rooms.forEach((site, need) -> roomLeft.computeIfPresent(site, (s, left) -> left - need));
        grantUncounted(offer);
    }

    private void grantUncounted(Offer offer) {
        for (int k = 0; k < offer.lines.length; k++) {
            granted[offer.lines[k]] = offer.quantities[k];
            steps[offer.lines[k]] = offer.steps[k];
        }
    }
}
