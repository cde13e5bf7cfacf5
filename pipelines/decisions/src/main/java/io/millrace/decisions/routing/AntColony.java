package io.millrace.decisions.routing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A max–min ant system (Stützle and Hoos 2000) whose ants do not begin with nothing: each takes apart a piece of the colony's routes, puts
 * it together again, and ends in a local search around it. The colony goes on from the ant's routes if they pass an annealing
 * criterion, whose temperature falls as its time runs out. Trails remember which arcs the colony's routes had over many ants: they say
 * where an ant begins, and draw it to arcs that lasted.
 *
 * <p>Routes may break capacity and windows on the way, at penalties that are adapted so that a set share of ants ends without a breach.
 * The best routes are kept among those that break nothing.
 */
final class AntColony {

    /** Temperature at the start and at the end, in mean lengths of an arc. */
    private static final double HOT = 0.3;

    private static final double COLD = 0.001;

    /** Share of ants that should break no rule, how far from it is near enough, over how many ants it is told, and what is done. */
    private static final double FEASIBLE = 0.5;

    /** What a mean demand too much costs at first, in mean lengths of an arc, and a unit of time too late. High, so that a short search ends well. */
    private static final double FIRST_PENALTY = 10;

    private static final double NEAR_ENOUGH = 0.05;
    private static final int TOLD_OVER = 100;
    private static final double DEARER = 1.15;
    private static final double CHEAPER = 0.87;
    private static final double LEAST_PENALTY = 1e-6;
    private static final double MOST_PENALTY = 1e6;

    private static final double PERSISTENCE = 0.98;
    private static final double WEAKEST_TRAIL = 0.01;
    private static final double FROM_BEST = 0.5;

    /** Ants at one temperature. */
    private static final int AT_ONE_TEMPERATURE = 16;

    private static final double NO_BREACH = 1e-7;

    private final Ground ground;
    private final Tours tours;
    private final Moves moves;
    private final LocalSearch search;
    private final Pheromone pheromone;
    private final Ruin ruin;
    private final Recreate recreate;
    private final SplittableRandom random;
    private final double arc;
    private int[] best = new int[0];
    private double bestDistance = Double.POSITIVE_INFINITY;
    private double bestBreach = Double.POSITIVE_INFINITY;
    private long ants;
    private int loaded;
    private int inTime;

    /** How much of its time a colony has used, from 0 to 1, after so many ants of its own. */
    @FunctionalInterface
    interface Progress {
        /** The share. */
        double after(long ants);
    }

    AntColony(Ground ground, List<Route> start, long seed) {
        this.ground = ground;
        random = new SplittableRandom(seed);
        tours = new Tours(ground);
        moves = new Moves(tours);
        search = new LocalSearch(moves);
        pheromone = new Pheromone(ground.places, PERSISTENCE, WEAKEST_TRAIL);
        ruin = new Ruin(tours, search, pheromone, random);
        recreate = new Recreate(moves, search, pheromone, random);
        settle(start);
        arc = tours.distance / (ground.customers() + tours.used());
        double load = Arrays.stream(ground.demand).sum() / ground.customers();
        moves.penalties(FIRST_PENALTY * (load > 0 ? arc / load : 1), FIRST_PENALTY);
        keepIfBest();
        search.everybodyIsDue();
        search.runThoroughly();
        keepIfBest();
    }

    /** Takes routes over; stops of routes for which there is no vehicle are put into others. */
    private void settle(List<Route> start) {
        List<Route> large = start.stream()
                .sorted(Comparator.comparing(route -> -route.stops().size()))
                .toList();
        int[] left = tours.load(large);
        recreate.insert(left, left.length);
        tours.begin();
    }

    /** The best routes so far: those with the least breach of rules, and among them the shortest. */
    List<Route> best() {
        return Tours.routes(best);
    }

    double bestDistance() {
        return bestDistance;
    }

    /** Overload and time warp of the best routes, 0 if they break no rule. */
    double bestBreach() {
        return bestBreach;
    }

    long ants() {
        return ants;
    }

    /** Sends out ants until a share of the time is used. */
    void run(Progress progress, double until) {
        double done = progress.after(ants);
        while (done < until) {
            double temperature = arc * HOT * Math.pow(COLD / HOT, done);
            do {
                ant(temperature);
                ants++;
            } while (ants % AT_ONE_TEMPERATURE != 0 && progress.after(ants) < until);
            done = progress.after(ants);
        }
    }

    private void ant(double temperature) {
        double before = moves.cost();
        tours.begin();
        ruin.strings();
        recreate.insert(ruin.removed, ruin.count);
        if (Math.abs(moves.cost() - before) < Moves.LEAST_GAIN) {
            search.nobodyIsDue();
        } else {
            search.run();
        }
        if (moves.cost() < before - Moves.LEAST_GAIN) {
            search.runThoroughly();
        }
        loaded += tours.excess < NO_BREACH ? 1 : 0;
        inTime += tours.warp < NO_BREACH ? 1 : 0;
        if (moves.cost() < before - temperature * Math.log(random.nextDouble())) {
            keepIfBest();
        } else {
            tours.rollback();
        }
        if (ants % TOLD_OVER == TOLD_OVER - 1) {
            adaptPenalties();
        }
        if (ants % ground.customers() == ground.customers() - 1) {
            pheromone.reinforce(random.nextDouble() < FROM_BEST ? best() : tours.routes(), ground.symmetric);
        }
    }

    private void adaptPenalties() {
        moves.penalties(adapted(moves.overloadPenalty(), loaded), adapted(moves.latenessPenalty(), inTime));
        loaded = 0;
        inTime = 0;
    }

    /** A penalty after so many of the last ants have kept to its rule. */
    private static double adapted(double penalty, int kept) {
        double share = kept / (double) TOLD_OVER;
        if (Math.abs(share - FEASIBLE) <= NEAR_ENOUGH) {
            return penalty;
        }
        return Math.min(MOST_PENALTY, Math.max(LEAST_PENALTY, penalty * (share < FEASIBLE ? DEARER : CHEAPER)));
    }

    /** Overload and time warp of all routes together. */
    private double breach() {
        double breach = tours.excess + tours.warp;
        return breach < NO_BREACH ? 0 : breach;
    }

    private void keepIfBest() {
        double breach = breach();
        boolean better =
                breach < bestBreach || breach == bestBreach && tours.distance < bestDistance - Moves.LEAST_GAIN;
        if (better) {
            best = tours.snapshot();
            bestDistance = tours.distance;
            bestBreach = breach;
        }
    }

    /** Goes on from another colony's best routes if they are better than its own. */
    void follow(AntColony other) {
        if (other.bestBreach < bestBreach || other.bestBreach == bestBreach && other.bestDistance < bestDistance) {
            tours.load(other.best());
            keepIfBest();
        }
    }
}
