package io.millrace.models.anomaly;

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

/** The network of the {@link Autoencoder}, which whoever trains it needs, and the native library with it; scoring does not. */
public final class Network {

    /** Step of the optimiser. */
    private static final double RATE = 0.005;

    static {
        // Layers of a few columns are not worth handing out, and sums in another order would be other weights.
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }

    private Network() {}

    /** Three layers of units and the one that gives back, the middle a third of the columns wide. */
    static MultiLayerNetwork untrained(int width, long seed) {
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
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return network;
    }

    /** Rows as the network takes them, and as it should give them back. */
    public static INDArray values(double[][] rows) {
        return Nd4j.create(rows).castTo(DataType.FLOAT);
    }
}
