package io.millrace.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;

/**
 * What the last commit of a table says of itself, read from its log without a Spark job.
 *
 * @param outputRows rows that the commit wrote
 */
record CommitMetrics(long outputRows) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static CommitMetrics of(Lake lake, String table) {
        TableVersions versions = lake.versions();
        Path log = new Path(versions.path(table), "_delta_log/%020d.json".formatted(versions.latest(table)));
        try (var in = log.getFileSystem(lake.spark().sparkContext().hadoopConfiguration()).open(log);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode info = JSON.readTree(line).path("commitInfo");
                if (!info.isMissingNode()) {
                    return new CommitMetrics(info.path("operationMetrics").path("numOutputRows").asLong(0));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CommitMetrics(0);
    }
}
