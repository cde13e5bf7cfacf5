package io.millrace.nightly.plan;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work on several tables at a time. Commits wait for files and logs, so a few together use the cores better. Threads begin with the work,
 * so that their Spark jobs are described as those of the thread that asked.
 */
public final class SideBySide {

    private static final int AT_A_TIME = 3;

    private SideBySide() {}

    /** {@code work} on each of {@code items}; results in their order. Ends when all have. @throws RuntimeException the first failure */
    public static <T, R> List<R> map(Collection<T> items, Function<T, R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<CompletableFuture<R>> futures = items.stream()
                    .map(item -> CompletableFuture.supplyAsync(() -> work.apply(item), pool))
                    .toList();
            CompletableFuture<Void> all = CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
            // Whoever hears of a failure may close what the others still use.
            all.exceptionally(failure -> null).join();
            return futures.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException runtime ? runtime : e;
        } finally {
            pool.shutdown();
        }
    }

    /** All of {@code works}; ends when they have. @throws RuntimeException the first failure */
    public static void each(List<Runnable> works) {
        map(works, work -> {
            work.run();
            return null;
        });
    }

    /** {@code work}, with {@code beside} meanwhile; ends when both have. @throws RuntimeException the first failure */
    public static <R> R with(Runnable beside, Supplier<R> work) {
        List<Supplier<R>> both = List.of(work, () -> {
            beside.run();
            return null;
        });
        return map(both, Supplier::get).get(0);
    }
}
