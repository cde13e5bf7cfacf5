package io.millrace.decisions.reorder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a unit of money and of room at each site is worth tonight: the shortage cost that one more would avoid. At these prices each
 * line, looked at alone, asks for just about what there is (Lagrangian relaxation; Everett, Generalized Lagrange Multiplier
 * Method, Operations Research 11, 1963). One price a limit, found by bisection over sums, room and money in turns because each
 * falls if the other rises.
 *
 * <p>What is not scarce has price 0. Where money alone is scarce, or room alone, worths are only compared within one limit, so that
 * any price does and 1 is taken.
 */
final class LimitPrices {

    private static final int TURNS = 6;
    private static final int HALVINGS = 40;

    private final List<Claim> claims;
    private final Map<String, List<Claim>> bySite;
    private final Map<String, Double> rooms = new TreeMap<>();
    private double money;

    private LimitPrices(List<Claim> claims) {
        this.claims = claims;
        bySite = claims.stream().collect(Collectors.groupingBy(Claim::site));
    }

    /**
     * The prices.
     *
     * @param budget   money for all claims; infinite for no limit
     * @param roomLeft site → room for all claims at it
     */
    static LimitPrices of(double budget, Map<String, Double> roomLeft, List<Claim> claims) {
        LimitPrices prices = new LimitPrices(claims);
        double all = 0;
        Map<String, Double> asked = new HashMap<>();
        for (Claim claim : claims) {
            all += claim.wanted() * claim.unitCost();
            if (roomLeft.containsKey(claim.site())) {
                asked.merge(claim.site(), claim.room(claim.wanted()) - claim.room(0), Double::sum);
            }
        }
        prices.money = all <= budget ? 0 : 1;
        asked.forEach((site, room) -> {
            if (room > Math.max(0, roomLeft.get(site))) {
                prices.rooms.put(site, 1.0);
            }
        });
        if (prices.money > 0 && !prices.rooms.isEmpty()) {
            prices.balance(budget, roomLeft);
        }
        return prices;
    }

    boolean isNothingScarce() {
        return money == 0 && rooms.isEmpty();
    }

    /** Value for what is taken of the scarce; infinite if nothing of it is taken. */
    double worth(double value, double taken, Map<String, Double> need) {
        double price = money * taken;
        for (Map.Entry<String, Double> room : need.entrySet()) {
            price += rooms.getOrDefault(room.getKey(), 0.0) * room.getValue();
        }
        return price > 0 ? value / price : Double.POSITIVE_INFINITY;
    }

    private void balance(double budget, Map<String, Double> roomLeft) {
        double highest = highest();
        rooms.replaceAll((site, price) -> 0.0);
        for (int turn = 0; turn < TURNS; turn++) {
            money = bisected(highest, price -> asked(price, rooms, null) <= budget);
            for (String site : rooms.keySet()) {
                double left = Math.max(0, roomLeft.get(site));
                Map<String, Double> other = new HashMap<>(rooms);
                rooms.put(site, bisected(highest, price -> {
                    other.put(site, price);
                    return asked(money, other, site) <= left;
                }));
            }
        }
        if (money == 0 && rooms.values().stream().allMatch(price -> price == 0)) {
            money = 1;
        }
    }

    /** A price at which no line takes a step. */
    private double highest() {
        double highest = 0;
        for (Claim claim : claims) {
            double quantity = 0;
            for (int step = 0; quantity < claim.wanted(); step++) {
                double next = claim.next(quantity);
                double room = claim.room(next) - claim.room(quantity);
                double least = Math.min(
                        positive((next - quantity) * claim.unitCost()),
                        positive(rooms.containsKey(claim.site()) ? room : 0));
                highest = Math.max(highest, least < Double.POSITIVE_INFINITY ? claim.saved()[step] / least : 0);
                quantity = next;
            }
        }
        return 2 * highest;
    }

    private static double positive(double need) {
        return need > 0 ? need : Double.POSITIVE_INFINITY;
    }

    private interface Enough {
        boolean at(double price);
    }

    private static double bisected(double highest, Enough enough) {
        if (enough.at(0)) {
            return 0;
        }
        double low = 0;
        double high = highest;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (enough.at(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** Money that all lines ask for at prices, or, with a site, room that its lines do. */
    private double asked(double moneyPrice, Map<String, Double> roomPrices, String site) {
        double sum = 0;
        for (Claim claim : site == null ? claims : bySite.get(site)) {
            double quantity = best(claim, moneyPrice, roomPrices.getOrDefault(claim.site(), 0.0));
            sum += site == null ? quantity * claim.unitCost() : claim.room(quantity) - claim.room(0);
        }
        return sum;
    }

    /** The quantity at which what a line saves is the most above what it takes. */
    private static double best(Claim claim, double moneyPrice, double roomPrice) {
        double best = 0;
        double most = 0;
        double saved = 0;
        double quantity = 0;
        for (int step = 0; quantity < claim.wanted(); step++) {
            quantity = claim.next(quantity);
            saved += claim.saved()[step];
            double gain = saved
                    - moneyPrice * quantity * claim.unitCost()
                    - roomPrice * (claim.room(quantity) - claim.room(0));
            if (gain > most) {
                most = gain;
                best = quantity;
            }
        }
        return best;
    }
}
