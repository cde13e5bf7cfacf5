package io.millrace.decisions.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.decisions.StableHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LimitShareTest {

    /** Lines of three suppliers at two sites; what each step saves falls, as with any distribution. */
    private static List<Claim> some(int count, int steps, long seed) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SplittableRandom random = StableHash.random(seed, "claim" + i);
            double pack = 1 + random.nextInt(4);
            double[] saved = new double[steps];
            double falling = Math.exp(4 * random.nextDouble());
            for (int step = 0; step < steps; step++) {
                saved[step] = falling;
                falling *= random.nextDouble();
            }
            claims.add(new Claim(
                    "P" + (10 + i),
                    "S" + i % 2,
                    "V" + i % 3,
                    Math.exp(3 * random.nextDouble()),
                    random.nextDouble(),
                    random.nextInt(7) - 3,
                    pack * steps,
                    new LotTerms(0, pack),
                    saved));
        }
        return claims;
    }

    private static SharedLimits limits(List<Claim> claims, double money, double room, double minimum) {
        double all = claims.stream().mapToDouble(c -> c.wanted() * c.unitCost()).sum();
        Map<String, Double> rooms = new HashMap<>();
        claims.forEach(c -> rooms.merge(c.site(), room * (c.room(c.wanted()) - c.room(0)), Double::sum));
        return new SharedLimits(
                OptionalDouble.of(money * all), Map.of("V0", minimum * all, "V1", minimum * all / 3), rooms);
    }

    private static Map<String, Double> sums(List<Claim> claims, double[] quantities) {
        Map<String, Double> sums = new TreeMap<>();
        for (int i = 0; i < quantities.length; i++) {
            Claim claim = claims.get(i);
            double money = quantities[i] * claim.unitCost();
            sums.merge("money", money, Double::sum);
            sums.merge(claim.supplier(), money, Double::sum);
            sums.merge(claim.site(), claim.room(quantities[i]) - claim.room(0), Double::sum);
        }
        return sums;
    }

    private static boolean isFeasible(SharedLimits limits, Map<String, Double> sums) {
        return sums.getOrDefault("money", 0.0) <= limits.budget().orElseThrow() + 1e-6
                && limits.rooms().entrySet().stream()
                        .allMatch(room -> sums.getOrDefault(room.getKey(), 0.0) <= room.getValue() + 1e-6)
                && limits.minimumValues().entrySet().stream()
                        .allMatch(least -> sums.getOrDefault(least.getKey(), 0.0) == 0
                                || sums.get(least.getKey()) >= least.getValue() - 1e-6);
    }

    private static double value(Claim claim, double quantity) {
        double value = 0;
        double at = 0;
        for (int step = 0; at < quantity; step++) {
            value += claim.saved()[step];
            at = claim.next(at);
        }
        return value;
    }

    @Property(tries = 300)
    void neitherBudgetNorRoomIsExceededAndAMinimumIsMetOrNothingOrdered(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 25) int count,
            @ForAll @DoubleRange(min = 0, max = 1.2) double money,
            @ForAll @DoubleRange(min = 0, max = 1.2) double room,
            @ForAll @DoubleRange(min = 0, max = 0.3) double minimum) {
        List<Claim> claims = some(count, 6, seed);
        SharedLimits limits = limits(claims, money, room, minimum);
        // A night asks a supplier for its minimum or for nothing.
        Map<String, Double> asked =
                sums(claims, claims.stream().mapToDouble(Claim::wanted).toArray());
        List<Claim> asking = claims.stream()
                .filter(c -> asked.get(c.supplier()) >= limits.minimumValue(c.supplier()))
                .toList();
        List<Grant> grants = LimitShare.of(limits, Map.of(), asking);
        double[] quantities = grants.stream().mapToDouble(Grant::quantity).toArray();
        assertThat(isFeasible(limits, sums(asking, quantities)))
                .as("%s of %s", sums(asking, quantities), limits)
                .isTrue();
        for (int i = 0; i < quantities.length; i++) {
            assertThat(quantities[i]).isLessThanOrEqualTo(asking.get(i).wanted());
            assertThat(grants.get(i).cutBy() == null)
                    .isEqualTo(quantities[i] == asking.get(i).wanted());
        }
    }

    @Test
    void whatIsThereTakesRoomToo() {
        Claim claim =
                new Claim("P", "S", "V", 1, 2, -3, 10, new LotTerms(0, 1), new double[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 1});
        SharedLimits limits = new SharedLimits(OptionalDouble.empty(), Map.of(), Map.of("S", 20.0));
        assertThat(LimitShare.of(limits, Map.of("S", 12.0), List.of(claim)).get(0))
                .as("three units for those who wait take none of the room of 8")
                .isEqualTo(new Grant(7, Constraint.CAPACITY));
        assertThat(LimitShare.of(limits, Map.of("S", 30.0), List.of(claim)).get(0))
                .isEqualTo(new Grant(3, Constraint.CAPACITY));
        assertThat(LimitShare.of(limits, Map.of("S", 6.0), List.of(claim)).get(0))
                .isEqualTo(new Grant(10, null));
    }

    /** All combinations of steps of small cases: what sharing by prices leaves on the table. */
    @Test
    void smallCasesAreSharedNearlyAsWellAsCanBe() {
        double[] best = new double[2];
        double[] shared = new double[2];
        for (int trial = 0; trial < 200; trial++) {
            List<Claim> claims = some(6, 3, trial);
            for (int withMinimum = 0; withMinimum < 2; withMinimum++) {
                SharedLimits limits = limits(claims, 0.5, 0.6, withMinimum * 0.15);
                List<Grant> grants = LimitShare.of(limits, Map.of(), claims);
                for (int i = 0; i < grants.size(); i++) {
                    shared[withMinimum] += value(claims.get(i), grants.get(i).quantity());
                }
                best[withMinimum] += best(claims, limits, new double[claims.size()], 0);
            }
        }
        assertThat(shared[0] / best[0]).isBetween(0.95, 1.0);
        assertThat(shared[1] / best[1]).isBetween(0.90, 1.0);
    }

    private static double best(List<Claim> claims, SharedLimits limits, double[] quantities, int line) {
        if (line == claims.size()) {
            if (!isFeasible(limits, sums(claims, quantities))) {
                return 0;
            }
            double value = 0;
            for (int i = 0; i < quantities.length; i++) {
                value += value(claims.get(i), quantities[i]);
            }
            return value;
        }
        double best = 0;
        for (double quantity = 0; ; quantity = claims.get(line).next(quantity)) {
            quantities[line] = quantity;
            best = Math.max(best, best(claims, limits, quantities, line + 1));
            if (quantity == claims.get(line).wanted()) {
                return best;
            }
        }
    }
}
