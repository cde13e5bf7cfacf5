package io.millrace.models.anomaly;

import java.io.Serializable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The weights of a trained network, inputs × outputs a layer, and the biases. */
@SuppressWarnings("ArrayRecordComponent")
public record Layers(double[][][] weights, double[][] biases) implements Serializable {

    /** Those of a network of dense layers. */
    public static Layers of(MultiLayerNetwork network) {
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
    public double error(double[] row) {
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
