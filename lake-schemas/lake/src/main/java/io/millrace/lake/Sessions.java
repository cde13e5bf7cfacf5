package io.millrace.lake;

import io.millrace.contracts.Failure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts the two kinds of Spark session that Millrace needs. */
public final class Sessions {

    /** Rows up to which interpreting queries is quicker than compiling them. */
    private static final long INTERPRETED = 100_000;

    private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
    private static final String FACTORY = "spark.sql.codegen.factoryMode";

    private Sessions() {}

    /**
     * A session that writes: its catalogue is the Hive metastore.
     *
     * @throws Failure of kind LOCKED if another process has the embedded metastore open
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
        return readingBuilder(name, settings).getOrCreate();
    }

    static SparkSession.Builder readingBuilder(String name, LakeSettings settings) {
        return tuned(name, settings).config("spark.sql.catalogImplementation", "in-memory");
    }

    /**
     * Has the queries of a session interpreted while there are few rows: Spark generates and compiles code for every query, which takes longer than
     * interpreting it for so few. Tables are the same either way. What somebody else set stays.
     *
     * @param rows that the lake was ever given, about
     */
    public static void tune(SparkSession session, long rows) {
        SparkConf given = session.sparkContext().getConf();
        codeGeneration(rows).forEach((key, value) -> {
            if (!given.contains(key)) {
                session.conf().set(key, value);
            }
        });
    }

    static Map<String, String> codeGeneration(long rows) {
        return rows <= INTERPRETED
                ? Map.of(WHOLE_STAGE, "false", FACTORY, "NO_CODEGEN")
                : Map.of(WHOLE_STAGE, "true", FACTORY, "FALLBACK");
    }

    /** Another session of the same lake, for settings that other threads must not find. */
    static SparkSession another(SparkSession session) {
        SparkSession another = session.newSession();
        List.of(WHOLE_STAGE, FACTORY)
                .forEach(key -> another.conf().set(key, session.conf().get(key)));
        return another;
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
                .config("spark.sql.session.timeZone", "UTC");
        Properties given = System.getProperties();
        if (isPlain(settings, given)) {
            builder.master("local[*]");
        }
        preferred(settings, given).forEach(builder::config);
        settings.revealed().forEach(builder::config);
        return builder;
    }

    /** Under spark-submit the master is given; only a plain JVM needs one. */
    private static boolean isPlain(LakeSettings settings, Properties given) {
        return given.getProperty("spark.master") == null && !settings.spark().containsKey("spark.master");
    }

    /**
     * What serves a night best as far as nobody else says otherwise.
     *
     * @param given the JVM's properties, among which {@code spark-submit --conf} puts what it was given
     */
    static Map<String, String> preferred(LakeSettings settings, Properties given) {
        Map<String, String> preferred = new LinkedHashMap<>();
        preferred.put("spark.sql.shuffle.partitions", String.valueOf(settings.partitions()));
        preferred.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4");
        preferred.put("spark.databricks.delta.snapshotPartitions", "1");
        // A night on few cores is many small jobs: the listing and the page of the UI cost more than they tell.
        preferred.put("spark.ui.enabled", "false");
        preferred.put("spark.sql.ui.retainedExecutions", "1");
        // What is cached is read twice or three times and then let go: packing it takes longer than that saves.
        preferred.put("spark.sql.inMemoryColumnarStorage.compressed", "false");
        preferred.put("spark.hadoop.hive.metastore.disallow.incompatible.col.type.changes", "false");
        preferred.put("spark.hadoop.hive.async.log.enabled", "false");
        if (isPlain(settings, given)) {
            // Adaptive execution makes a job of every shuffle, twice as many for a Delta commit. On one machine, with
            // few partitions to join, it costs a fifth of the night; a cluster has it as Spark's default.
            preferred.put("spark.sql.adaptive.enabled", "false");
            preferred.put("spark.driver.bindAddress", "127.0.0.1");
            preferred.put("spark.driver.host", "127.0.0.1");
        }
        preferred.keySet().removeIf(key -> given.getProperty(key) != null);
        return preferred;
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
