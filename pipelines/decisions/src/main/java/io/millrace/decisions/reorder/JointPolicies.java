package io.millrace.decisions.reorder;

import io.jenetics.DoubleChromosome;
import io.jenetics.DoubleGene;
import io.jenetics.GaussianMutator;
import io.jenetics.Genotype;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.TournamentSelector;
import io.jenetics.UniformCrossover;
import io.jenetics.engine.Engine;
import io.jenetics.engine.EvolutionResult;
import io.jenetics.util.RandomRegistry;
import io.millrace.decisions.StableHash;
import io.millrace.decisions.inventory.StockPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Policies of lines that order together from a supplier who accepts no order below a value.
 *
 * <p>Three are compared on days that none of them was chosen on, and the cheapest is taken; so it is never dearer there than the lines'
 * own policies, carried out together:
 *
 * <ol>
 *   <li>each line's own;
 *   <li>those with larger lots, by one price for all: a subsidy for each unit of value ordered, which raises every economic lot in
 *       the same proportion where holding costs all alike the same share of the value. The least that makes the lots together
 *       worth the minimum is found by bisection, and a proportion around it by simulation (Lagrangian relaxation);
 *   <li>from there, reorder point and lot of every line by a genetic algorithm, in the kind of case in which it wins.
 * </ol>
 */
final class JointPolicies {

    /**
     * Lines up to which the genetic algorithm was seen to win (docs/decisions.md): of few by 5 to 30 %, of more if the minimum is at least what
     * one lot of each is worth. Of single lines, and of more, it is not looked for.
     */
    private static final int FEW_LINES = 8;

    private static final int MOST_LINES = 20;

    private static final int POPULATION = 24;
    private static final int GENERATIONS = 40;
    private static final int LINE_YEARS = 200;
    private static final int LEAST_YEARS = 5;
    private static final int HALVINGS = 40;
    private static final double LARGEST_FACTOR = 64;
    private static final int PROPORTIONS = 14;
    private static final double LARGEST_PROPORTION = 4;
    private static final double[] EARLIER_DAYS = {-14, -7, -3, 3, 7, 14, 28, 56};
    /** Standard deviations by which a reorder point may differ, and logarithm of what a lot may be multiplied with. */
    private static final double REACH = 1;

    private final List<PlannedLine> alone;
    private final double minimum;
    private final ReorderOptions options;
    private final JointSimulation choosing;

    JointPolicies(List<PlannedLine> alone, double minimum, ReorderOptions options) {
        this.alone = alone;
        this.minimum = minimum;
        this.options = options;
        choosing = JointWorlds.of(alone, options, "choosing", years(alone.size()));
    }

    private static int years(int lines) {
        return Math.max(LEAST_YEARS, LINE_YEARS / lines);
    }

    /** The lines with the best policies of the three. */
    static List<PlannedLine> of(List<PlannedLine> alone, double minimum, ReorderOptions options) {
        if (isMetByEachLine(alone, minimum)) {
            return alone;
        }
        JointPolicies policies = new JointPolicies(alone, minimum, options);
        List<PlannedLine> priced = policies.priced();
        List<List<PlannedLine>> candidates = new ArrayList<>(List.of(alone, priced));
        if (policies.isWorthEvolving()) {
            candidates.add(policies.evolved(priced));
        }
        JointSimulation judging = policies.judging();
        return candidates.stream()
                .min(Comparator.comparingDouble(lines -> policies.cost(lines, judging)))
                .orElseThrow();
    }

    private boolean isWorthEvolving() {
        int lines = alone.size();
        return lines > 1 && (lines <= FEW_LINES || lines <= MOST_LINES && worth(alone) <= minimum);
    }

    /** What one lot of each line together is worth. */
    private static double worth(List<PlannedLine> lines) {
        return lines.stream().mapToDouble(PlannedLine::lotValue).sum();
    }

    /** Days that no policy was chosen on. */
    JointSimulation judging() {
        return JointWorlds.of(alone, options, "judging", years(alone.size()));
    }

    private static boolean isMetByEachLine(List<PlannedLine> lines, double minimum) {
        return lines.stream().allMatch(line -> line.lotValue() >= minimum);
    }

    /** What lines cost a day. */
    double cost(List<PlannedLine> lines, JointSimulation simulation) {
        return simulation.run(JointRule.of(lines, PlannedLine::rule, minimum)).stream()
                .mapToDouble(InventorySimulation.Outcome::total)
                .sum();
    }

    /**
     * All lots in the same proportion to their own, and all reorder points by the same days of demand: an order that needs others
     * to be large enough waits for them.
     */
    List<PlannedLine> priced() {
        List<PlannedLine> best = alone;
        double lowest = cost(alone, choosing);
        double most = LARGEST_PROPORTION * leastFactor();
        for (int i = 1; i <= PROPORTIONS; i++) {
            List<PlannedLine> lines = withLots(Math.pow(most, (double) i / PROPORTIONS));
            double cost = cost(lines, choosing);
            if (cost < lowest) {
                lowest = cost;
                best = lines;
            }
        }
        List<PlannedLine> sized = best;
        for (double days : EARLIER_DAYS) {
            List<PlannedLine> lines = sized.stream()
                    .map(p -> moved(p, days * p.moments().weeklyMean() / 7, 1))
                    .toList();
            double cost = cost(lines, choosing);
            if (cost < lowest) {
                lowest = cost;
                best = lines;
            }
        }
        return best;
    }

    /** The least proportion at which one lot of each line together is worth the minimum, or the largest that is looked at. */
    private double leastFactor() {
        double low = 1;
        double high = LARGEST_FACTOR;
        for (int halving = 0; halving < HALVINGS && high - low > 1e-3; halving++) {
            double middle = (low + high) / 2;
            if (worth(withLots(middle)) >= minimum) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private List<PlannedLine> withLots(double factor) {
        return alone.stream()
                .map(p -> p.with(ClassicalPolicy.of(p.line(), p.moments(), options, factor)))
                .toList();
    }

    /** Reorder point and lot of each line, from given ones on, by a genetic algorithm; the same for the same seed. */
    List<PlannedLine> evolved(List<PlannedLine> from) {
        Genotype<DoubleGene> unchanged = Genotype.of(IntStream.range(0, from.size())
                .mapToObj(i -> DoubleChromosome.of(DoubleGene.of(0, -REACH, REACH), DoubleGene.of(0, -REACH, REACH)))
                .toList());
        Genotype<DoubleGene> any = Genotype.of(IntStream.range(0, from.size())
                .mapToObj(i -> DoubleChromosome.of(-REACH, REACH, 2))
                .toList());
        Random random = new Random(
                StableHash.of(options.seed(), "evolution", from.get(0).line().supplier()));
        return RandomRegistry.with(random, r -> {
            Engine<DoubleGene, Double> engine = Engine.builder(genes -> cost(decoded(genes, from), choosing), any)
                    .populationSize(POPULATION)
                    .optimize(Optimize.MINIMUM)
                    .survivorsSelector(new TournamentSelector<>(3))
                    .offspringSelector(new TournamentSelector<>(3))
                    .alterers(new UniformCrossover<>(0.6, 0.3), new GaussianMutator<>(0.15))
                    .executor(Runnable::run)
                    .build();
            Phenotype<DoubleGene, Double> best =
                    engine.stream(List.of(unchanged)).limit(GENERATIONS).collect(EvolutionResult.toBestPhenotype());
            return decoded(best.genotype(), from);
        });
    }

    private List<PlannedLine> decoded(Genotype<DoubleGene> genes, List<PlannedLine> from) {
        List<PlannedLine> lines = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            lines.add(moved(
                    from.get(i),
                    genes.get(i).get(0).allele()
                            * Math.sqrt(from.get(i).moments().protectedVariance()),
                    Math.exp(genes.get(i).get(1).allele())));
        }
        return lines;
    }

    /** A line with another reorder point, by so many units, and another lot, by a factor, as far as packs and minimum allow. */
    static PlannedLine moved(PlannedLine line, double units, double factor) {
        StockPolicy levels = line.policy().levels();
        if (levels.lot() == 0 || units == 0 && factor == 1) {
            return line;
        }
        LotTerms terms = line.line().lot();
        boolean whole = line.line().demand().comesInWholeUnits() && !terms.isDivisible();
        double point = Math.max(0, levels.reorderPoint() + units);
        double packs = Math.max(1, Math.rint(levels.lot() * factor / terms.pack())) * terms.pack();
        double at = whole ? Math.rint(point) : terms.level(point);
        return line.with(line.policy().withLevels(new StockPolicy(at, at + terms.roundUp(packs))));
    }
}
