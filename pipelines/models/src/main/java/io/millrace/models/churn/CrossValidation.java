package io.millrace.models.churn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Scores of rows by models that were fitted on the other folds, for the logistic regression and for boosted trees. The
 * depth and the number of trees are those with the least mean log loss over the folds.
 */
final class CrossValidation {

    private final TrainingSet set;
    private final GroupedFolds folds;
    private final List<Boosting> candidates;

    /** @param candidates boostings to choose from, with the most rounds that they may take */
    CrossValidation(TrainingSet set, int folds, long seed, List<Boosting> candidates) {
        this.set = set;
        this.folds = new GroupedFolds(set, folds, seed);
        this.candidates = candidates;
    }

    /**
     * Margins out of fold.
     *
     * @param logistic log-odds by the logistic regression, one a row
     * @param boosted  log-odds by the trees, one a row
     * @param boosting what was chosen, with its rounds
     * @param folds    the folds
     */
    record Result(double[] logistic, double[] boosted, Boosting boosting, GroupedFolds folds) {}

    /** The booster of a fold and candidate, with the rows that it has not seen. */
    private record Held(Booster booster, DMatrix matrix, float[] losses) {}

    private record Fold(double[] logistic, List<Held> held) {}

    /** @param threads at a time; the result does not depend on it */
    Result run(int threads) {
        List<Fold> done = fitted(threads);
        try {
            Boosting chosen = chosen(done);
            int candidate = indexOf(chosen);
            double[] logistic = new double[set.size()];
            double[] boosted = new double[set.size()];
            for (int f = 0; f < folds.count(); f++) {
                Held held = done.get(f).held().get(candidate);
                float[][] margins = held.booster().predict(held.matrix(), true, chosen.rounds());
                int[] places = folds.inside(f);
                for (int i = 0; i < places.length; i++) {
                    logistic[places[i]] = done.get(f).logistic()[i];
                    boosted[places[i]] = margins[i][0];
                }
            }
            return new Result(logistic, boosted, chosen, folds);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        } finally {
            done.stream().map(Fold::held).flatMap(Collection::stream).forEach(h -> {
                h.booster().dispose();
                h.matrix().dispose();
            });
        }
    }

    private int indexOf(Boosting chosen) {
        return candidates.stream().map(Boosting::depth).toList().indexOf(chosen.depth());
    }

    private List<Fold> fitted(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Fold>> futures = new ArrayList<>();
            for (int f = 0; f < folds.count(); f++) {
                int fold = f;
                futures.add(pool.submit(() -> fold(fold)));
            }
            List<Fold> done = new ArrayList<>();
            for (Future<Fold> future : futures) {
                done.add(future.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The cross-validation was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The cross-validation failed: " + e.getCause().getMessage(), e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private Fold fold(int fold) {
        TrainingSet others = set.select(folds.outside(fold));
        TrainingSet held = set.select(folds.inside(fold));
        double[] logistic = LogisticRegression.fit(others, new InProcess()).margins(held.rows());
        return new Fold(
                logistic,
                candidates.stream()
                        .map(c -> InProcess.watched(others, held, c, Held::new))
                        .toList());
    }

    /** The candidate and the round with the least mean loss; every fold has the same weight. */
    private Boosting chosen(List<Fold> done) {
        Boosting best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < candidates.size(); c++) {
            double[] losses = meanLosses(done, c);
            for (int round = 0; round < losses.length; round++) {
                if (losses[round] < least) {
                    least = losses[round];
                    best = candidates.get(c).withRounds(round + 1);
                }
            }
        }
        return best;
    }

    /** Mean over folds for as many rounds as the fold that stopped first. */
    private static double[] meanLosses(List<Fold> done, int candidate) {
        List<float[]> curves =
                done.stream().map(f -> f.held().get(candidate).losses()).toList();
        double[] mean = new double[curves.stream().mapToInt(l -> l.length).min().orElseThrow()];
        Arrays.setAll(
                mean,
                round -> curves.stream().mapToDouble(l -> l[round]).average().orElseThrow());
        return mean;
    }
}
