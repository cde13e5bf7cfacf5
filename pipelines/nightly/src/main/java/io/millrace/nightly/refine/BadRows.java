package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;

import io.millrace.lake.Once;
import io.millrace.nightly.plan.Night;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows on their way to ops.quarantine. Spark keeps them, on disk where they are many; what reaches the driver is how many an extract has.
 *
 * @param rows      rows of ops.quarantine
 * @param byExtract extract id → how many of them it delivered
 * @param content   what tells them from others
 */
record BadRows(Dataset<Row> rows, Map<String, Long> byExtract, List<String> content) implements AutoCloseable {

    /** What tells a row of ops.quarantine that stands there from others. */
    private static final List<String> IDENTITY = List.of("table_name", "line", "extract_id");

    /** Rows that a file of ops.quarantine holds at most. */
    private static final long ROWS_A_FILE = 200_000;

    /** Takes rows as they are now: what they were made of may be given up afterwards. */
    static BadRows of(Dataset<Row> rows) {
        Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
        Map<String, Long> byExtract = new TreeMap<>();
        List<String> content = new ArrayList<>();
        for (Row r : kept.groupBy("table_name", "extract_id")
                .agg(expr("count(*)"), expr("bit_xor(xxhash64(line, rule, reason, raw))"))
                .collectAsList()) {
            byExtract.put(r.getString(1), r.getLong(2));
            content.add(r.toString());
        }
        return new BadRows(kept, byExtract, content);
    }

    /**
     * Writes what does not stand there yet: a run that was killed may have written it, or an earlier one met it too.
     *
     * @param waiting ids of extracts of which nothing is to be written yet
     */
    static void write(Night night, List<BadRows> all, Collection<String> waiting) {
        long count = all.stream()
                .flatMap(bad -> bad.byExtract.entrySet().stream())
                .filter(extract -> !waiting.contains(extract.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (count == 0) {
            return;
        }
        Dataset<Row> rows = together(all)
                .filter(not(col("extract_id").isInCollection(waiting)))
                .dropDuplicates(IDENTITY.toArray(String[]::new));
        if (night.lake().exists("ops.quarantine")) {
            List<String> extracts = all.stream()
                    .flatMap(bad -> bad.byExtract.keySet().stream())
                    .distinct()
                    .toList();
            Dataset<Row> there = night.lake()
                    .read("ops.quarantine")
                    .filter(col("extract_id")
                            .isInCollection(extracts)
                            .and(col("redriven_on").isNull()));
            rows = rows.join(there.hint("merge"), Statements.seq(IDENTITY), "left_anti");
            if (rows.isEmpty()) {
                return;
            }
        }
        Stream<String> content = Stream.concat(
                Stream.of(night.runId()),
                Stream.concat(waiting.stream(), all.stream().flatMap(bad -> bad.content.stream())));
        night.lake()
                .append(
                        "ops.quarantine",
                        rows.coalesce((int) (1 + count / ROWS_A_FILE)),
                        Once.of("refine", content.toList()));
    }

    /** Extract id → how many lines of it some rows are about, for a few extracts of which several tables may refuse a line. */
    static Map<String, Long> lines(List<BadRows> all, Collection<String> extracts) {
        List<BadRows> about = all.stream()
                .filter(bad -> bad.byExtract.keySet().stream().anyMatch(extracts::contains))
                .toList();
        return about.isEmpty()
                ? Map.of()
                : together(about)
                        .filter(col("extract_id").isInCollection(extracts))
                        .groupBy("extract_id")
                        .agg(expr("count(DISTINCT line)"))
                        .collectAsList()
                        .stream()
                        .collect(Collectors.toMap(r -> r.getString(0), r -> r.getLong(1)));
    }

    private static Dataset<Row> together(List<BadRows> all) {
        return all.stream().map(BadRows::rows).reduce(Dataset::union).orElseThrow();
    }

    @Override
    public void close() {
        rows.unpersist();
    }
}
