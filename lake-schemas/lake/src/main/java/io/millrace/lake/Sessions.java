package io.millrace.lake;

import io.millrace.contracts.Failure;
import java.nio.file.Path;
import java.util.TimeZone;
import org.apache.spark.sql.SparkSession;

/** Starts the two kinds of Spark session that Millrace needs. */
public final class Sessions {

    private Sessions() {}

    /**
     * A session that writes: its catalogue is the Hive metastore.
     *
     * @throws Failure of kind LOCKED where another process has the embedded metastore open
     */
    public static SparkSession writing(String name, LakeSettings settings) {
        SparkSession.Builder builder = tuned(name, settings).enableHiveSupport();
        if (settings.metastore().equals("embedded")) {
            String derby = Path.of(localRoot(settings.root()), "_metastore").toString();
            builder.config(
                            "spark.hadoop.javax.jdo.option.ConnectionURL",
                            "jdbc:derby:;databaseName=" + derby + ";create=true")
                    .config("spark.hadoop.datanucleus.schema.autoCreateAll", "true")
                    .config("spark.hadoop.hive.metastore.schema.verification", "false");
            System.setProperty(
                    "derby.stream.error.file",
                    Path.of(derby).resolveSibling("_derby.log").toString());
        } else {
            builder.config("spark.hadoop.hive.metastore.uris", settings.metastore());
        }
        return builder.getOrCreate();
    }

    /**
     * A session that only reads: its catalogue is in memory and needs no metastore, so that it starts at once and
     * works while a night is writing.
     */
    public static SparkSession reading(String name, LakeSettings settings) {
        return tuned(name, settings)
                .config("spark.sql.catalogImplementation", "in-memory")
                .getOrCreate();
    }

    /** Ends a session and forgets it: a thread that remembers a stopped one would hand it to Delta. */
    public static void stop(SparkSession session) {
        session.stop();
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
    }

    private static SparkSession.Builder tuned(String name, LakeSettings settings) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        SparkSession.Builder builder = SparkSession.builder()
                .appName(name)
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.sql.warehouse.dir", settings.root())
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", settings.partitions())
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", 4)
                .config("spark.databricks.delta.snapshotPartitions", 1)
                // A night on few cores is many small jobs: the listing and the page of the UI cost more than they tell.
                .config("spark.ui.enabled", "false")
                .config("spark.sql.ui.retainedExecutions", 1)
                // What is cached is read twice or three times and then let go: packing it takes longer than that saves.
                .config("spark.sql.inMemoryColumnarStorage.compressed", "false")
                .config("spark.hadoop.hive.metastore.disallow.incompatible.col.type.changes", "false")
                .config("spark.hadoop.hive.async.log.enabled", "false");
        // Under spark-submit the master is given; only a plain JVM needs one.
        if (System.getProperty("spark.master") == null && !settings.spark().containsKey("spark.master")) {
            // Adaptive execution makes a job of every shuffle, twice as many for a Delta commit. On one machine, with
            // few partitions to join, it costs a fifth of the night; a cluster has it as Spark's default.
            builder.master("local[*]")
                    .config("spark.sql.adaptive.enabled", "false")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.driver.host", "127.0.0.1");
        }
        settings.revealed().forEach(builder::config);
        return builder;
    }

    /** The failure that stands behind {@code e} where it is the embedded metastore being open elsewhere. */
    public static RuntimeException explained(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (text.contains("XSDB6") || text.contains("Another instance of Derby may have already booted")) {
                return Failure.locked("Another process has the embedded metastore of this lake open. Wait until it has"
                        + " ended, or configure lake.metastore: thrift://... so that several can share it");
            }
        }
        return e;
    }

    private static String localRoot(String root) {
        return root.startsWith("file:") ? root.replaceFirst("^file:/*", "/") : root;
    }
}
