package io.millrace.nightly.train;

import io.millrace.models.anomaly.Autoencoder;
import io.millrace.models.anomaly.Layers;
import io.millrace.models.anomaly.Network;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/**
 * Trains a network where its rows are, by DL4J's training master: each executor core learns from rows of its own, and the weights of all are averaged after each round
 * (Zinkevich, Weimer, Li, Smola 2010, "Parallelized stochastic gradient descent", NIPS). The seed decides the order of the rows. Sums of more than two sets
 * of weights come in the order in which the executors end, so their last digits may differ from run to run.
 */
public final class SparkNetwork implements Autoencoder.Elsewhere, AutoCloseable {

    private static final int LEAST_BATCH = 64;
    /** What a batch costs beside its arithmetic is as much as some hundred rows. */
    private static final int LARGEST_BATCH = 1_024;
    /** Steps of a core in a round, below which batches are made smaller: as many as a network that learns from a draw makes. */
    private static final int STEPS = 32;
    /** Rows that are put into a random order at a time. */
    private static final int SHUFFLED = 16 * LARGEST_BATCH;

    private final JavaSparkContext spark;
    private final JavaRDD<double[]> rows;
    private final int workers;
    private final long seed;
    private final Deque<JavaRDD<double[]>> kept = new ArrayDeque<>();

    /**
     * What would be trained.
     *
     * @param rows of one width
     * @param seed of their order
     */
    public SparkNetwork(JavaRDD<double[]> rows, long seed) {
        this.spark = JavaSparkContext.fromSparkContext(rows.context());
        this.workers = spark.defaultParallelism();
        this.rows = rows;
        this.seed = seed;
    }

    @Override
    public Autoencoder.Rounds scaled(Autoencoder.Scaling scaling) {
        long first = seed;
        // By their content, so that neighbours in a table are none here, and each has its place whatever came first.
        JavaRDD<double[]> spread = rows.mapToPair(row -> {
                    double[] scaled = scaling.of(row);
                    return new Tuple2<>(new Random(first ^ Arrays.hashCode(scaled)).nextLong(), scaled);
                })
                .repartitionAndSortWithinPartitions(new HashPartitioner(workers))
                .values()
                .persist(StorageLevel.MEMORY_AND_DISK());
        kept.push(spread);
        Random orders = new Random(first);
        long fitting = spread.count() / ((long) workers * STEPS);
        int batch = (int) Math.max(LEAST_BATCH, Math.min(LARGEST_BATCH, fitting));
        return (network, layers, most) -> train(spread, batch, network, layers, most, orders.nextLong());
    }

    private void train(
            JavaRDD<double[]> spread, int batch, MultiLayerNetwork network, Layers layers, double most, long order) {
        Broadcast<Layers> before = spark.broadcast(layers);
        // Not to be cached by us: the training master does, as bytes.
        JavaRDD<DataSet> batches = spread.mapPartitionsWithIndex(
                (part, its) -> {
                    Layers then = before.value();
                    return new Batches(its, batch, row -> then.error(row) <= most, new Random(order + part));
                },
                true);
        var master = new ParameterAveragingTrainingMaster.Builder(workers, batch)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .repartionData(Repartition.Never)
                .storageLevel(StorageLevel.MEMORY_AND_DISK_SER())
                .batchSizePerWorker(batch)
                // Once a round. Splits of one would end when the largest share is expected to, and leave out the rest.
                .averagingFrequency(Integer.MAX_VALUE / (workers * batch))
                .workerPrefetchNumBatches(0)
                .rngSeed(order)
                .build();
        new SparkDl4jMultiLayer(spark, network, master).fit(batches);
        before.destroy();
    }

    /** Lets go of what was kept of the rows. */
    @Override
    public void close() {
        kept.forEach(JavaRDD::unpersist);
    }

    /** Rows in batches, in a random order as far as some thousand of them. */
    private static final class Batches implements Iterator<DataSet> {

        private final Iterator<double[]> rows;
        private final int batch;
        private final Predicate<double[]> kept;
        private final Random random;
        private List<double[]> shuffled = List.of();
        private int at;

        Batches(Iterator<double[]> rows, int batch, Predicate<double[]> kept, Random random) {
            this.rows = rows;
            this.batch = batch;
            this.kept = kept;
            this.random = random;
        }

        @Override
        public boolean hasNext() {
            if (at >= shuffled.size()) {
                shuffled = new ArrayList<>();
                at = 0;
                while (rows.hasNext() && shuffled.size() < SHUFFLED) {
                    double[] row = rows.next();
                    if (kept.test(row)) {
                        shuffled.add(row);
                    }
                }
                Collections.shuffle(shuffled, random);
            }
            return at < shuffled.size();
        }

        @Override
        public DataSet next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int to = Math.min(shuffled.size(), at + batch);
            INDArray values = Network.values(shuffled.subList(at, to).toArray(double[][]::new));
            at = to;
            return new DataSet(values, values);
        }
    }
}
