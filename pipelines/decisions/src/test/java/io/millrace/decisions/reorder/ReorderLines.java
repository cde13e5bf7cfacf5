package io.millrace.decisions.reorder;

import io.millrace.decisions.StableHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Lines to test with: fast, slow and intermittent items with whole units, packs and minimums. */
final class ReorderLines {

    private ReorderLines() {}

    /** A line of 20 ± 5 a week, ten days of lead time, unit cost 10, shortage cost 6. */
    static ReorderLine ordinary() {
        return ordinary(OptionalDouble.of(6), new StockPosition(12, 2, 0), new LotTerms(0, 1));
    }

    static ReorderLine ordinary(OptionalDouble shortage, StockPosition stock, LotTerms lot) {
        double[] history = new double[52];
        Arrays.setAll(history, week -> 20 + 7 * Math.round(Math.sin(week * 1.7)));
        return new ReorderLine(
                "P1",
                "S1",
                "V1",
                "pc",
                stock,
                new WeeklyDemand(weeks(20), weeks(13.6), weeks(20), weeks(26.4), history),
                new LeadTime(10, 2),
                new LineCosts(10, 25, 0.2, shortage),
                lot,
                Optional.empty());
    }

    static double[] weeks(double value) {
        double[] weeks = new double[13];
        Arrays.fill(weeks, value);
        return weeks;
    }

    static ReorderLine with(ReorderLine line, LineCosts costs) {
        return with(line, line.supplier(), costs, line.presentRule(), line.volume());
    }

    static ReorderLine with(ReorderLine line, PresentRule rule) {
        return with(line, line.supplier(), line.costs(), Optional.of(rule), line.volume());
    }

    static ReorderLine with(ReorderLine line, String supplier, double volume) {
        return with(line, supplier, line.costs(), line.presentRule(), volume);
    }

    private static ReorderLine with(
            ReorderLine line, String supplier, LineCosts costs, Optional<PresentRule> rule, double volume) {
        return new ReorderLine(
                line.product(),
                line.site(),
                supplier,
                line.unit(),
                line.stock(),
                line.demand(),
                line.leadTime(),
                costs,
                line.lot(),
                rule,
                volume);
    }

    /** Between 1 and 12 random lines. */
    static Arbitrary<List<ReorderLine>> some() {
        return Arbitraries.longs()
                .flatMap(seed -> Arbitraries.integers().between(1, 12).map(count -> many(count, seed)));
    }

    /** As many random lines, every fourth of them intermittent, every seventh without demand. */
    static List<ReorderLine> many(int count, long seed) {
        List<ReorderLine> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(random(i, StableHash.random(seed, "line" + i)));
        }
        return lines;
    }

    private static ReorderLine random(int number, SplittableRandom random) {
        boolean lumpy = number % 4 == 0;
        double size = Math.exp(random.nextDouble() * 5);
        double[] history = new double[78];
        Arrays.setAll(history, week -> lumpy && random.nextInt(3) > 0 ? 0 : Math.rint(size * 2 * random.nextDouble()));
        if (number % 7 == 3) {
            Arrays.fill(history, 0);
        }
        double[] sorted = history.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(history).average().orElseThrow();
        double lead = 1 + random.nextInt(30);
        double unitCost = Math.exp(random.nextDouble() * 4);
        return new ReorderLine(
                "P" + number,
                "S" + number % 3,
                "V",
                "pc",
                new StockPosition(
                        Math.rint(random.nextDouble() * mean * lead / 4), random.nextInt(3), random.nextInt(5)),
                new WeeklyDemand(weeks(mean), weeks(sorted[7]), weeks(sorted[39]), weeks(sorted[70]), history),
                new LeadTime(lead, lead * 0.3 * random.nextDouble()),
                new LineCosts(unitCost, 20, 0.2, lumpy ? OptionalDouble.empty() : OptionalDouble.of(unitCost)),
                new LotTerms(random.nextInt(20), 1 + random.nextInt(6)),
                number % 5 == 0
                        ? Optional.of(PresentRule.fillingTo(mean * lead / 7, mean * (lead / 7 + 3)))
                        : Optional.empty());
    }
}
