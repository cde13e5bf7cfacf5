package io.millrace.models.anomaly;

import io.millrace.models.metrics.Quantiles;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What a deep network with a narrow middle cannot give back of a row (Hinton, Salakhutdinov 2006, "Reducing the dimensionality of data with neural
 * networks", Science 313). Sees values that do not go together, where what goes together is no straight line.
 *
 * <p>The loss is trimmed: once the network gives back what is usual at all, a round learns from the four fifths of the rows that it gives back best, so that
 * strange rows do not teach it that they are usual. The network is trained by DL4J, on a draw of the rows or where they all are; scoring needs its weights
 * alone, and no native library.
 */
public final class Autoencoder implements Member {

    /** Rows of a draw that it learns from, and by which it tells how well usual rows are given back. */
    private static final int MOST_ROWS = 2_048;

    private static final int BATCH = 64;
    private static final int ROUNDS = 20;
    /** Rounds that learn from every row. */
    private static final int WARM_UP = 5;

    private static final double KEPT = 0.8;
    /** Further out than so many widths a value teaches no more: its row is far from any other as it is. */
    private static final double FURTHEST = 5;

    private final Where where;

    private Autoencoder(Where where) {
        this.where = where;
    }

    /** One that learns from a draw, here. */
    Autoencoder() {
        this((scaling, draw, random) -> new Here(draw, random));
    }

    /** One that learns where the rows are. */
    static Autoencoder at(Elsewhere rows) {
        return new Autoencoder((scaling, draw, random) -> rows.scaled(scaling));
    }

    /** A row as the network takes it. */
    @FunctionalInterface
    public interface Scaling extends Serializable {
        double[] of(double[] row);
    }

    /** More rows than one process should hold. */
    @FunctionalInterface
    public interface Elsewhere {
        /** The rows as the network takes them. */
        Rounds scaled(Scaling scaling);
    }

    /** How a network is trained. */
    @FunctionalInterface
    public interface Rounds {
        /**
         * Shows the network once, in a random order, the rows that it gave back with an error of at most {@code most}.
         *
         * @param layers its weights before
         */
        void train(MultiLayerNetwork network, Layers layers, double most);
    }

    @FunctionalInterface
    private interface Where {
        Rounds rounds(Scaling scaling, double[][] draw, SplittableRandom random);
    }

    @Override
    public Fitted fit(double[][] rows, long seed) {
        Scale scale = Scale.robust(rows);
        SplittableRandom random = new SplittableRandom(seed);
        double[][] draw = Draws.without(scale.of(rows), MOST_ROWS, random);
        for (double[] row : draw) {
            clip(row);
        }
        Rounds rounds = where.rounds(row -> clip(scale.of(row)), draw, random);
        MultiLayerNetwork network = Network.untrained(rows[0].length, seed);
        Layers layers = Layers.of(network);
        for (int round = 0; round < ROUNDS; round++) {
            rounds.train(network, layers, round < WARM_UP ? Double.POSITIVE_INFINITY : usual(layers, draw));
            layers = Layers.of(network);
        }
        Layers trained = layers;
        return row -> trained.error(scale.of(row));
    }

    private static double[] clip(double[] row) {
        Arrays.setAll(row, j -> Math.max(-FURTHEST, Math.min(FURTHEST, row[j])));
        return row;
    }

    /** The error with which the rows are given back that are given back best. */
    private static double usual(Layers layers, double[][] rows) {
        return Quantiles.of(Arrays.stream(rows).mapToDouble(layers::error).toArray(), KEPT);
    }

    /** The rows of a draw. */
    private static final class Here implements Rounds {

        private final double[][] rows;
        private final SplittableRandom random;
        private final int[] all;

        Here(double[][] rows, SplittableRandom random) {
            this.rows = rows;
            this.random = random;
            this.all = IntStream.range(0, rows.length).toArray();
        }

        @Override
        public void train(MultiLayerNetwork network, Layers layers, double most) {
            int[] kept = most == Double.POSITIVE_INFINITY
                    ? all
                    : IntStream.range(0, rows.length)
                            .filter(i -> layers.error(rows[i]) <= most)
                            .toArray();
            shuffle(kept);
            for (int from = 0; from < kept.length; from += BATCH) {
                var values = Network.values(Arrays.stream(kept, from, Math.min(kept.length, from + BATCH))
                        .mapToObj(i -> rows[i])
                        .toArray(double[][]::new));
                network.fit(values, values);
            }
        }

        private void shuffle(int[] places) {
            for (int i = places.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int other = places[i];
                places[i] = places[j];
                places[j] = other;
            }
        }
    }
}
