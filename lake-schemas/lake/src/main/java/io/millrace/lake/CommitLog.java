package io.millrace.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The last commits of a table, read from its log without a Spark job. */
final class CommitLog {

    /** A write that is repeated after a crash was among the last ones: nothing else writes in between. */
    private static final int COMMITS_LOOKED_AT = 10;

    private static final String TENURE = "tenure";

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private final TableVersions versions;
    private final Configuration hadoop;

    CommitLog(TableVersions versions, Configuration hadoop) {
        this.versions = versions;
        this.hadoop = hadoop;
    }

    /** What the commit that {@code once} made says of itself, where it is among the last ones. */
    Optional<Merged> merged(String table, Once once) {
        long latest = versions.latest(table);
        for (long version = latest; version >= 0 && version > latest - COMMITS_LOOKED_AT; version--) {
            Optional<Merged> found = inCommit(table, version, once);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Rows that the last commit wrote. */
    long outputRows(String table) {
        long[] rows = new long[1];
        if (versions.latest(table) < 0) {
            return 0;
        }
        read(table, versions.latest(table), line -> {
            if (line.startsWith("{\"commitInfo\"")) {
                rows[0] = parsed(line)
                        .path("commitInfo")
                        .path("operationMetrics")
                        .path("numOutputRows")
                        .asLong(0);
            }
        });
        return rows[0];
    }

    private Optional<Merged> inCommit(String table, long version, Once once) {
        boolean[] ours = new boolean[1];
        String[] said = new String[1];
        read(table, version, line -> {
            if (line.startsWith("{\"txn\"")) {
                JsonNode txn = parsed(line).path("txn");
                ours[0] |= txn.path("appId").asText().equals(once.writer())
                        && txn.path("version").asLong() == once.number();
            } else if (line.startsWith("{\"commitInfo\"")) {
                said[0] = parsed(line).path("commitInfo").path("userMetadata").asText(null);
            }
        });
        return ours[0] && said[0] != null ? Optional.of(merged(parsed(said[0]))) : Optional.empty();
    }

    private void read(String table, long version, Consumer<String> line) {
        Path log = new Path(versions.path(table), "_delta_log/%020d.json".formatted(version));
        try (var in = log.getFileSystem(hadoop).open(log);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines().forEach(line);
        } catch (FileNotFoundException e) {
            // Delta cleans its log up; what is gone was not among the last commits.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Merged merged(JsonNode said) {
        try {
            return JSON.treeToValue(said, Merged.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a commit says of itself: in which tenure of the lake it was made, and what a merge did. @param merged null if it is no merge */
    static String json(long tenure, Merged merged) {
        ObjectNode said = merged == null ? JSON.createObjectNode() : JSON.valueToTree(merged);
        return said.put(TENURE, tenure).toString();
    }
}
