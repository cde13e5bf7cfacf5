package io.millrace.lake;

import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.Secret;
import java.nio.file.Path;
import java.util.HashMap;
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
 * @param spark      further Spark settings, as they are; a value that is a {@link Secret} is written as its reference
 */
public record LakeSettings(
        String root,
        @Optional("embedded") String metastore,
        @Optional("4") int partitions,
        @Optional Map<String, String> spark) {

    private static final String HADOOP = "spark.hadoop.";
    private static final Pattern SECRET = Pattern.compile("(?i)(secret|password|token|access[.]?key|secret[.]?key)$");

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
            if (SECRET.matcher(key).find() && !Secret.isReference(value)) {
                throw new IllegalArgumentException(
                        key + " is a secret: write it as ${env:NAME} or ${file:PATH}, never as the value itself");
            }
        });
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
