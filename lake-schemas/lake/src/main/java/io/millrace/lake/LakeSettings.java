package io.millrace.lake;

import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * Where the lake is and how Spark works on it.
 *
 * @param root       folder or URI of the tables: {@code <root>/<database>/<table>}; a folder is made absolute, because Spark,
 *                   Hive and Delta each take a relative one from somewhere else
 * @param metastore  {@code embedded} for a Derby database beside the tables, or {@code thrift://host:port}
 * @param partitions partitions of a shuffle; adaptive execution joins small ones
 * @param spark      further Spark settings. A value that may be a {@link Secret} is written as its reference: all of them, but for settings
 *                   that are known to be harmless
 */
public record LakeSettings(
        String root,
        @Optional("embedded") String metastore,
        @Optional("4") int partitions,
        @Optional Map<String, String> spark) {

    private static final String HADOOP = "spark.hadoop.";

    /** Beginnings of the names of settings that hold sizes, numbers, switches, names of classes, folders and hosts. */
    private static final List<String> HARMLESS = List.of(
            "spark.app.",
            "spark.broadcast.",
            "spark.cleaner.",
            "spark.cores.",
            "spark.databricks.delta.",
            "spark.default.",
            "spark.driver.",
            "spark.dynamicAllocation.",
            "spark.eventLog.",
            "spark.executor.",
            "spark.hadoop.dfs.",
            "spark.hadoop.fs.defaultFS",
            "spark.hadoop.fs.s3a.",
            "spark.hadoop.hive.",
            "spark.hadoop.mapreduce.",
            "spark.hadoop.parquet.",
            "spark.history.",
            "spark.io.",
            "spark.jars",
            "spark.kryo",
            "spark.kubernetes.",
            "spark.local.",
            "spark.locality.",
            "spark.master",
            "spark.memory.",
            "spark.network.",
            "spark.port.",
            "spark.rdd.",
            "spark.rpc.",
            "spark.scheduler.",
            "spark.serializer",
            "spark.shuffle.",
            "spark.speculation",
            "spark.sql.",
            "spark.storage.",
            "spark.submit.",
            "spark.task.",
            "spark.ui.",
            "spark.yarn.");

    /** What makes a setting doubtful all the same: names of secrets, and what carries settings of others within it. */
    private static final Pattern DOUBTFUL = Pattern.compile(
            "(?i)secret|passw|pwd|token|credential(?!s?[.-]provider)|[.-]?key$|[.]account|oauth|env[.]|javaoptions|[.]filters?[.]|opts$");

    /** A user, or a parameter, in an address. */
    private static final Pattern ADDRESS = Pattern.compile("//[^/\\s]*@|[?;&]\\w+=");

    public LakeSettings {
        root = root.matches("\\p{Alpha}[\\p{Alnum}+.-]*:.*")
                ? root
                : Path.of(root).toAbsolutePath().normalize().toString();
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1 and is " + partitions);
        }
        if (!metastore.equals("embedded") && !metastore.startsWith("thrift://")) {
            throw new IllegalArgumentException("metastore '" + metastore + "' must be embedded or thrift://host:port");
        }
        if (metastore.equals("embedded") && root.contains("://") && !root.startsWith("file:")) {
            throw new IllegalArgumentException("metastore: embedded needs a local root, and " + root
                    + " is not local. Configure metastore: thrift://host:port");
        }
        spark.forEach((key, value) -> {
            if (!Secret.isReference(value) && mayBeSecret(key, value)) {
                throw new IllegalArgumentException(
                        key + " may be a secret: write it as ${env:NAME} or ${file:PATH}, never as the value itself");
            }
        });
    }

    /** An account's key, a variable of the executors, an option that is new next year: what nobody knows to be harmless is not shown. */
    private static boolean mayBeSecret(String key, String value) {
        return HARMLESS.stream().noneMatch(key::startsWith)
                || DOUBTFUL.matcher(key).find()
                || ADDRESS.matcher(value).find();
    }

    /** The same way of working on a lake in another folder of this machine. */
    public LakeSettings at(String folder) {
        return new LakeSettings(folder, "embedded", partitions, spark);
    }

    /** The further Spark settings with their secrets in them: for a session, and for no text, plan or log. */
    Map<String, String> revealed() {
        Map<String, String> revealed = new HashMap<>();
        spark.forEach(
                (key, value) -> revealed.put(key, Secret.isReference(value) ? new Secret(value).reveal() : value));
        return revealed;
    }

    /**
     * Hadoop's settings for this lake, as a session has them: what {@code spark-submit} and {@link #spark} say with
     * {@code spark.hadoop.} in front.
     */
    public Configuration hadoop() {
        Configuration hadoop = new Configuration();
        Map<String, String> settings = new HashMap<>();
        System.getProperties().stringPropertyNames().forEach(key -> settings.put(key, System.getProperty(key)));
        settings.putAll(revealed());
        settings.forEach((key, value) -> {
            if (key.startsWith(HADOOP)) {
                hadoop.set(key.substring(HADOOP.length()), value);
            }
        });
        return hadoop;
    }
}
