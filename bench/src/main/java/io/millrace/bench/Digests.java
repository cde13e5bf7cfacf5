package io.millrace.bench;

import io.millrace.lake.LakeSettings;
import io.millrace.lake.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the tables of a lake hold, in a line each: rows, and a digest that depends neither on their order nor on who wrote them when and where. */
public final class Digests {

    /** Of runs, moments and places. */
    private static final Set<String> APART =
            Set.of("run_id", "_run_id", "_loaded_at", "_file", "file", "location", "created_at", "decided_at");

    /** Tables that tell of runs. */
    private static final Set<String> JOURNALS = Set.of("ops.run", "ops.stage_run");

    private Digests() {}

    /** @param args folder of the lake */
    public static void main(String[] args) throws IOException {
        Path lake = Path.of(args[0]);
        List<Path> tables;
        try (Stream<Path> folders = Files.walk(lake, 2)) {
            tables = folders.filter(folder -> Files.isDirectory(folder.resolve("_delta_log")))
                    .sorted()
                    .toList();
        }
        SparkSession spark = Sessions.reading("digests", new LakeSettings(args[0], "embedded", 4, Map.of()));
        for (Path folder : tables) {
            String table = lake.relativize(folder).toString().replace('/', '.');
            if (!JOURNALS.contains(table)) {
                System.out.println(
                        table + " " + digest(spark.read().format("delta").load(folder.toString())));
            }
        }
        Sessions.stop(spark);
    }

    private static String digest(Dataset<Row> rows) {
        String columns = Arrays.stream(rows.columns())
                .filter(column -> !APART.contains(column))
                .sorted()
                .map(column -> "coalesce(CAST(`" + column + "` AS string), '-')")
                .collect(Collectors.joining(", "));
        Row digest = rows.selectExpr("count(*)", "coalesce(sum(CAST(xxhash64(" + columns + ") AS decimal(38))), 0)")
                .first();
        return digest.getLong(0) + " " + digest.getDecimal(1).toPlainString();
    }
}
