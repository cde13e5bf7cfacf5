package io.millrace.decisions.routing;

import io.millrace.decisions.StableHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Finds short routes by several ant colonies side by side ({@link AntColony}), each with a random stream and trails of its own.
 *
 * <p>The time is cut into rounds. After each round of the second half, colonies whose best routes are longer go on from the best
 * routes of all. Colonies meet nowhere else, and the ants of a round are shared out before it begins, so with a limit of iterations
 * the result does not depend on which thread ran when.
 */
public final class RoutingOptimizer {

    private static final int ROUNDS = 10;
    private static final double NANOS = 1e9;

    private final RoutingOptions options;

    /** An optimizer with these limits and this seed. */
    public RoutingOptimizer(RoutingOptions options) {
        this.options = options;
    }

    /** Routes for a problem. Memory is in the square of the places ({@link RoutingProblem#MOST_PLACES}). */
    public RoutingPlan plan(RoutingProblem problem) {
        long start = System.nanoTime();
        Ground ground = new Ground(problem);
        Map<String, List<Route>> simple = new LinkedHashMap<>();
        TwoOpt twoOpt = new TwoOpt(ground);
        simple.put("nearest_neighbour_2opt", twoOpt.improved(new NearestNeighbour(ground).routes()));
        simple.put("savings", new Savings(ground).routes());
        simple.put("savings_2opt", twoOpt.improved(simple.get("savings")));
        List<AntColony> colonies = IntStream.range(0, colonies())
                .mapToObj(c -> new AntColony(
                        ground,
                        simple.get("savings_2opt"),
                        StableHash.of(options.seed(), "colony", Integer.toString(c))))
                .toList();
        search(colonies, start);
        List<Route> routes = best(colonies).best().stream()
                .sorted(Comparator.comparing(route -> route.stops().get(0)))
                .toList();
        Map<String, RouteCheck.Verdict> baselines = new LinkedHashMap<>();
        simple.forEach((name, of) -> baselines.put(name, RouteCheck.of(problem, of)));
        long ants = colonies.stream().mapToLong(AntColony::ants).sum();
        return new RoutingPlan(routes, RouteCheck.of(problem, routes), baselines, ants);
    }

    private int colonies() {
        int most = options.seconds().isPresent() ? options.threads() : options.colonies();
        return (int) Math.min(
                Math.min(options.colonies(), most), options.iterations().orElse(Long.MAX_VALUE));
    }

    private void search(List<AntColony> colonies, long start) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(options.threads(), colonies.size()), work -> {
            Thread thread = new Thread(work, "ants");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                double until = round / (double) ROUNDS;
                List<Callable<Void>> work = new ArrayList<>();
                for (int c = 0; c < colonies.size(); c++) {
                    AntColony colony = colonies.get(c);
                    AntColony.Progress progress = progress(c, colonies.size(), start);
                    work.add(() -> {
                        colony.run(progress, until);
                        return null;
                    });
                }
                for (Future<Void> done : threads.invokeAll(work)) {
                    done.get();
                }
                if (2 * round >= ROUNDS) {
                    AntColony best = best(colonies);
                    colonies.forEach(colony -> colony.follow(best));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ants were out", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a colony failed: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** How much of its time a colony has used: of its share of the iterations, or of the seconds, whichever is more. */
    private AntColony.Progress progress(int colony, int colonies, long start) {
        long all = options.iterations().orElse(Long.MAX_VALUE);
        long share = all / colonies + (colony < all % colonies ? 1 : 0);
        double nanos = options.seconds().orElse(Double.POSITIVE_INFINITY) * NANOS;
        return ants -> {
            double byAnts = ants / (double) share;
            return nanos == Double.POSITIVE_INFINITY ? byAnts : Math.max(byAnts, (System.nanoTime() - start) / nanos);
        };
    }

    /** The colony with the least breach of rules and then the shortest routes; the first of equals. */
    private static AntColony best(List<AntColony> colonies) {
        return colonies.stream()
                .min(Comparator.comparingDouble(AntColony::bestBreach).thenComparingDouble(AntColony::bestDistance))
                .orElseThrow();
    }
}
