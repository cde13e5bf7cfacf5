package io.millrace.models.anomaly;

import io.millrace.models.metrics.Quantiles;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * What a deep network with a narrow middle cannot give back of a row (Hinton, Salakhutdinov 2006, "Reducing the dimensionality of data with neural
 * networks", Science 313). Sees values that do not go together, where what goes together is no straight line.
 *
 * <p>The loss is trimmed: once the network gives back what is usual at all, a round learns from the four fifths of the rows that it gives back best, so that
 * strange rows do not teach it that they are usual. The network is trained by DL4J on a draw of the rows; scoring needs its weights alone, and no native library.
 */
final class Autoencoder implements Member {

    private static final int MOST_ROWS = 2_048;

    private static final int BATCH = 64;
    private static final int ROUNDS = 20;
    /** Rounds that learn from every row. */
    private static final int WARM_UP = 5;

    private static final double KEPT = 0.8;
    /** Step of the optimiser. */
    private static final double RATE = 0.005;
    /** Further out than so many widths a value teaches no more: its row is far from any other as it is. */
    private static final double FURTHEST = 5;

    static {
        // Layers of a few columns are not worth handing out, and sums in another order would be other weights.
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }

    @Override
    public Fitted fit(double[][] rows, long seed) {
        Scale scale = Scale.robust(rows);
        SplittableRandom random = new SplittableRandom(seed);
        double[][] learned = Draws.without(scale.of(rows), MOST_ROWS, random);
        for (double[] row : learned) {
            Arrays.setAll(row, j -> clipped(row[j]));
        }
        MultiLayerNetwork network = new MultiLayerNetwork(shape(rows[0].length, seed));
        network.init();
        Layers layers = Layers.of(network);
        int[] order = IntStream.range(0, learned.length).toArray();
        for (int round = 0; round < ROUNDS; round++) {
            int[] kept = round < WARM_UP ? order : usual(layers, learned);
            shuffle(kept, random);
            for (int from = 0; from < kept.length; from += BATCH) {
                double[][] batch = Arrays.stream(kept, from, Math.min(kept.length, from + BATCH))
                        .mapToObj(i -> learned[i])
                        .toArray(double[][]::new);
                INDArray values = Nd4j.create(batch).castTo(DataType.FLOAT);
                network.fit(values, values);
            }
            layers = Layers.of(network);
        }
        Layers trained = layers;
        return row -> trained.error(scale.of(row));
    }

    private static double clipped(double value) {
        return Math.max(-FURTHEST, Math.min(FURTHEST, value));
    }

    /** The rows that the network gives back best. */
    private static int[] usual(Layers layers, double[][] rows) {
        double[] errors = Arrays.stream(rows).mapToDouble(layers::error).toArray();
        double most = Quantiles.of(errors, KEPT);
        return IntStream.range(0, rows.length).filter(i -> errors[i] <= most).toArray();
    }

    private static void shuffle(int[] places, SplittableRandom random) {
        for (int i = places.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = places[i];
            places[i] = places[j];
            places[j] = other;
        }
    }

    /** Three layers of units and the one that gives back, the middle a third of the columns wide. */
    private static MultiLayerConfiguration shape(int width, long seed) {
        int wide = Math.max(8, width);
        int narrow = Math.max(1, (width + 2) / 3);
        int[] sizes = {width, wide, narrow, wide};
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.TANH)
                .updater(new Adam(RATE))
                .list();
        for (int l = 1; l < sizes.length; l++) {
            list.layer(new DenseLayer.Builder().nIn(sizes[l - 1]).nOut(sizes[l]).build());
        }
        list.layer(new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(wide)
                .nOut(width)
                .build());
        return list.build();
    }

    /** The weights of a trained network, inputs × outputs a layer, and the biases. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Layers(double[][][] weights, double[][] biases) {

        static Layers of(MultiLayerNetwork network) {
            int count = network.getnLayers();
            double[][][] weights = new double[count][][];
            double[][] biases = new double[count][];
            for (int l = 0; l < count; l++) {
                weights[l] = network.getLayer(l).getParam("W").toDoubleMatrix();
                biases[l] = network.getLayer(l).getParam("b").toDoubleVector();
            }
            return new Layers(weights, biases);
        }

        /** The squared difference between a row and what the network gives back of it. */
        double error(double[] row) {
            double[] at = row;
            for (int l = 0; l < weights.length; l++) {
                double[] next = biases[l].clone();
                for (int i = 0; i < at.length; i++) {
                    double value = at[i];
                    double[] from = weights[l][i];
                    for (int j = 0; j < next.length; j++) {
                        next[j] += value * from[j];
                    }
                }
                if (l < weights.length - 1) {
                    for (int j = 0; j < next.length; j++) {
                        next[j] = Math.tanh(next[j]);
                    }
                }
                at = next;
            }
            double sum = 0;
            for (int j = 0; j < row.length; j++) {
                sum += (row[j] - at[j]) * (row[j] - at[j]);
            }
            return sum;
        }
    }
}
