package io.millrace.models.churn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Scores of rows by models that were fitted on the other folds, for each learner. The number of trees of a boosting is
 * the one with the least mean log loss over the folds.
 */
final class CrossValidation {

    private final TrainingSet set;
    private final GroupedFolds folds;
    private final List<Learner> learners;

    /** @param learners boostings among them with the most rounds that they may take */
    CrossValidation(TrainingSet set, int folds, long seed, List<Learner> learners) {
        this.set = set;
        this.folds = new GroupedFolds(set, folds, seed);
        this.learners = learners;
    }

    /**
     * Margins out of fold.
     *
     * @param margins log-odds by each learner, one a row; a boosting with the rounds that were chosen
     * @param folds   the folds
     */
    record Result(Map<Learner, double[]> margins, GroupedFolds folds) {}

    /** What one learner says of the rows of one fold, after each number of rounds for a boosting. */
    private interface Held {
        /** Log loss after each number of rounds, from 1; empty where there are none to choose from. */
        float[] losses();

        double[] margins(int rounds);

        void dispose();
    }

    private record Said(double[] margins) implements Held {
        @Override
        public float[] losses() {
            return new float[0];
        }

        @Override
        public double[] margins(int rounds) {
            return margins;
        }

        @Override
        public void dispose() {}
    }

    private record Boosted(Booster booster, DMatrix rows, float[] losses) implements Held {
        @Override
        public double[] margins(int rounds) {
            try {
                return Arrays.stream(booster.predict(rows, true, rounds))
                        .mapToDouble(margin -> margin[0])
                        .toArray();
            } catch (XGBoostError e) {
                throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
            }
        }

        @Override
        public void dispose() {
            booster.dispose();
            rows.dispose();
        }
    }

    /** @param threads at a time; the result does not depend on it */
    Result run(int threads) {
        List<List<Held>> done = fitted(threads);
        try {
            Map<Learner, double[]> margins = new LinkedHashMap<>();
            for (int l = 0; l < learners.size(); l++) {
                int learner = l;
                add(
                        learners.get(l),
                        done.stream().map(fold -> fold.get(learner)).toList(),
                        margins);
            }
            return new Result(margins, folds);
        } finally {
            done.stream().flatMap(Collection::stream).forEach(Held::dispose);
        }
    }

    /** @param held of each fold */
    private void add(Learner learner, List<Held> held, Map<Learner, double[]> margins) {
        int rounds = rounds(held.stream().map(Held::losses).toList());
        double[] all = new double[set.size()];
        for (int f = 0; f < folds.count(); f++) {
            double[] said = held.get(f).margins(rounds);
            int[] places = folds.inside(f);
            for (int i = 0; i < places.length; i++) {
                all[places[i]] = said[i];
            }
        }
        margins.put(learner instanceof Boosting boosting ? boosting.withRounds(rounds) : learner, all);
    }

    /** Those with the least mean loss, among as many as the fold had that stopped first; every fold has the same weight. */
    private static int rounds(List<float[]> curves) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int r = 0; r < curves.stream().mapToInt(c -> c.length).min().orElseThrow(); r++) {
            int round = r;
            double mean = curves.stream().mapToDouble(c -> c[round]).average().orElseThrow();
            if (mean < least) {
                least = mean;
                best = round + 1;
            }
        }
        return best;
    }

    private List<List<Held>> fitted(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<Held>>> futures = new ArrayList<>();
            for (int f = 0; f < folds.count(); f++) {
                int fold = f;
                futures.add(pool.submit(() -> fold(fold)));
            }
            List<List<Held>> done = new ArrayList<>();
            for (Future<List<Held>> future : futures) {
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

    private List<Held> fold(int fold) {
        TrainingSet others = set.select(folds.outside(fold));
        TrainingSet held = set.select(folds.inside(fold));
        return learners.stream().map(learner -> held(learner, others, held)).toList();
    }

    private static Held held(Learner learner, TrainingSet others, TrainingSet held) {
        return learner instanceof Boosting boosting
                ? InProcess.watched(others, held, boosting, Boosted::new)
                : new Said(learner.fit(others, new InProcess()).margins(held.rows()));
    }
}
