package io.millrace.launcher;

import io.millrace.lake.LakeReader;
import io.millrace.lake.LakeSettings;
import io.millrace.lake.TableVersions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** What two nights of the same have in common. */
final class LakeContents {

    private static final Set<String> JOURNALS = Set.of("ops.run", "ops.stage_run");

    /** Of runs, moments and places. */
    private static final Set<String> APART = Set.of(
            "_run_id",
            "run_id",
            "_loaded_at",
            "created_at",
            "decided_at",
            "_file",
            "file",
            "location",
            "_query",
            "data_versions",
            "params");

    private LakeContents() {}

    /** Table → its rows, sorted, but for what tells of the run itself: who loaded them, when, from where, and how long it took. */
    static Map<String, List<String>> of(LakeSettings lake) {
        Map<String, List<String>> contents = new TreeMap<>();
        try (LakeReader reader = new LakeReader(lake)) {
            for (String table : new TableVersions(lake.root(), lake.hadoop()).tables()) {
                if (JOURNALS.contains(table)) {
                    continue;
                }
                String columns = Arrays.stream(
                                reader.query("SELECT * FROM " + table).columns())
                        .filter(c -> !APART.contains(c))
                        .map(c -> "`" + c + "`")
                        .collect(Collectors.joining(", "));
                contents.put(
                        table,
                        reader.query("SELECT " + columns + " FROM " + table).collectAsList().stream()
                                .map(Row::toString)
                                .sorted()
                                .toList());
            }
        }
        return contents;
    }
}
