package io.millrace.nightly.train;

import io.millrace.models.churn.Boosting;
import io.millrace.models.churn.Fitting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Fits on Spark: logistic regression of Spark ML, and XGBoost on Spark. The rows stand in one partition and in a fixed
 * order, so that sums and draws, and with them the model's bytes, are the same each time.
 */
public final class SparkFitting implements Fitting {

    private static final int MOST_STEPS = 200;
    private static final double PRECISION = 1e-7;

    private static final StructType SCHEMA = new StructType()
            .add("place", DataTypes.IntegerType)
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());

    private final SparkSession spark;

    public SparkFitting(SparkSession spark) {
        this.spark = spark;
    }

    @Override
    public double[] logistic(double[][] terms, int[] labels, double ridge) {
        LogisticRegressionModel fitted = new LogisticRegression()
                .setFamily("binomial")
                .setStandardization(false)
                .setElasticNetParam(0)
                .setRegParam(ridge)
                .setMaxIter(MOST_STEPS)
                .setTol(PRECISION)
                .fit(frame(terms, labels));
        double[] solved = Arrays.copyOf(fitted.coefficients().toArray(), terms[0].length + 1);
        solved[terms[0].length] = fitted.intercept();
        return solved;
    }

    @Override
    public byte[] boosted(double[][] rows, int[] labels, Boosting boosting) {
        XGBoostClassifier classifier = new XGBoostClassifier();
        quieten(classifier);
        classifier.setFeaturesCol("features");
        classifier.setLabelCol("label");
        classifier.setMissing(Float.NaN);
        classifier.setNumWorkers(1);
        classifier.setNthread(1);
        classifier.setNumRound(boosting.rounds());
        classifier.setMaxDepth(boosting.depth());
        classifier.setSeed(boosting.seed());
        classifier.setObjective("binary:logistic");
        classifier.setTreeMethod("hist");
        classifier.setEta(Boosting.LEARNING_RATE);
        classifier.setSubsample(Boosting.ROW_SHARE);
        classifier.setColsampleBytree(Boosting.COLUMN_SHARE);
        classifier.setMinChildWeight(Boosting.LEAF_WEIGHT);
        classifier.setLambda(Boosting.LEAF_PENALTY);
        classifier.setVerbosity(0);
        XGBoostClassificationModel fitted = (XGBoostClassificationModel) (Object) classifier.fit(frame(rows, labels));
        try {
            return fitted.nativeBooster().booster().toByteArray();
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    /**
     * XGBoost writes a line to the console after every round unless {@code verbose_eval} is 0, for which its classes for
     * Spark have no parameter. This one takes the place of a parameter of another kind of booster (DART).
     */
    private static void quieten(XGBoostClassifier classifier) {
        IntParam lines =
                new IntParam(classifier, "verbose_eval", "rounds between two lines on the console, 0 for none");
        Param<?>[] params = classifier.params();
        params[Arrays.asList(params).indexOf(classifier.skipDrop())] = lines;
        classifier.set(lines, 0);
    }

    /** The rows in one partition, in their order: behind a shuffle, so that no task carries them with it. */
    private Dataset<Row> frame(double[][] rows, int[] labels) {
        List<Row> frame = new ArrayList<>(rows.length);
        for (int i = 0; i < rows.length; i++) {
            frame.add(RowFactory.create(i, (double) labels[i], Vectors.dense(rows[i])));
        }
        return spark.createDataFrame(frame, SCHEMA).repartition(1).sortWithinPartitions("place");
    }
}
