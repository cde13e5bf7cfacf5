package io.millrace.lake;

import io.millrace.contracts.yaml.Records.Optional;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the lake is and how Spark works on it.
 *
 * @param root       folder or URI of the tables: {@code <root>/<database>/<table>}; a folder is made absolute, because Spark,
 *                   Hive and Delta each take a relative one from somewhere else
 * @param metastore  {@code embedded} for a Derby database beside the tables, or {@code thrift://host:port}
 * @param partitions partitions of a shuffle; adaptive execution joins small ones
 * @param spark      further Spark settings, as they are
 */
public record LakeSettings(
        String root,
        @Optional("embedded") String metastore,
        @Optional("4") int partitions,
        @Optional Map<String, String> spark) {

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
    }
}
