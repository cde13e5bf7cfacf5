package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.Fill;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import io.millrace.lake.Lake;
import io.millrace.nightly.ingest.BronzeTable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A source's tables as its SELECTs see them: columns read as described, each row with its identity {@code _row}. The
 * table that drives a fill shows the new rows, any other its current state.
 */
final class SourceViews {

    private static final AtomicLong NAMES = new AtomicLong();

    /** The fields order deliveries: of two rows with one key the greater one wins, and D wins over U at one stamp. */
    private static final String ROW =
            "struct(_business_date, _delivery, %s AS _sequence, CAST(_operation = 'D' AS int) AS _gone, _line, _extract_id)";

    private final Lake lake;
    private final String source;
    private final SourceSystem system;

    SourceViews(Lake lake, String source, SourceSystem system) {
        this.lake = lake;
        this.source = source;
        this.system = system;
    }

    /** The rows of these extracts, and the rows of {@code from} that changes of other tables call for anew. */
    Dataset<Row> select(String target, Fill fill, Collection<String> extracts, Map<String, Collection<String>> also) {
        Map<String, String> views = new LinkedHashMap<>();
        String sql = system.sql().get(target);
        for (String table : system.tables().keySet()) {
            if (table.equals(fill.from())) {
                views.put(table, view(driving(fill, extracts, also)));
            } else if (mentions(sql, table)) {
                views.put(table, view(current(table)));
            }
        }
        String with = views.entrySet().stream()
                .map(e -> "`" + e.getKey() + "` AS (SELECT " + readings(e.getKey()) + " FROM " + e.getValue() + ")")
                .collect(Collectors.joining(",\n"));
        Dataset<Row> selected = selected(target, "WITH " + with + "\nSELECT * FROM (\n" + sql + "\n)");
        views.values().forEach(name -> lake.spark().catalog().dropTempView(name));
        return selected;
    }

    /** @throws Failure of kind CONFIGURATION where Spark does not understand the SELECT of the source's description */
    private Dataset<Row> selected(String target, String sql) {
        try {
            return lake.spark().sql(sql);
        } catch (Exception e) {
            if (e instanceof AnalysisException) {
                throw Failure.configuration("%s/%s.sql: %s"
                        .formatted(
                                system.name(),
                                target,
                                e.getMessage().lines().findFirst().orElse("")));
            }
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        }
    }

    private Dataset<Row> driving(Fill fill, Collection<String> extracts, Map<String, Collection<String>> also) {
        Dataset<Row> fresh = rows(fill.from()).filter(col("_extract_id").isInCollection(extracts));
        Dataset<Row> driving = fresh;
        for (Map.Entry<String, Collection<String>> other : also.entrySet()) {
            List<String> by = fill.also().get(other.getKey());
            Dataset<Row> changed = rows(other.getKey())
                    .filter(col("_extract_id").isInCollection(other.getValue()))
                    .selectExpr(by.stream()
                            .map(c -> system.tables()
                                            .get(other.getKey())
                                            .columns()
                                            .get(c)
                                            .sql(c) + " AS k_" + c)
                            .toArray(String[]::new))
                    .distinct();
            String on = by.stream()
                    .map(c -> system.tables().get(fill.from()).columns().get(c).sql(c) + " <=> k_" + c)
                    .collect(Collectors.joining(" AND "));
            driving = driving.unionByName(current(fill.from())
                    .filter(org.apache.spark.sql.functions.not(
                            col("_extract_id").isInCollection(extracts)))
                    .join(changed, expr(on), "left_semi"));
        }
        return driving.filter("_malformed IS NULL AND _operation <> 'B'");
    }

    /** The latest row of each key, without what was deleted or is missing from a later full delivery. */
    private Dataset<Row> current(String table) {
        Dataset<Row> rows = rows(table).filter("_malformed IS NULL AND _operation <> 'B'");
        List<String> key = system.tables().get(table).key();
        if (key.isEmpty()) {
            return rows;
        }
        String keys = key.stream()
                .map(k -> system.tables().get(table).columns().get(k).sql(k))
                .collect(Collectors.joining(", "));
        return rows.withColumn("_latest", expr("row_number() OVER (PARTITION BY " + keys + " ORDER BY _row DESC)"))
                .filter("_latest = 1 AND _operation <> 'D'")
                .drop("_latest");
    }

    private Dataset<Row> rows(String table) {
        SourceTable description = system.tables().get(table);
        Dataset<Row> bronze = lake.read(BronzeTable.contract(source, table, description, List.of()));
        String stated = description.operation() == null ? "'U'" : "coalesce(" + description.operation() + ", 'U')";
        String sequence = description.sequence().isEmpty()
                ? "''"
                : description.sequence().stream()
                        .map(c -> "lpad(coalesce(trim(`" + c + "`), ''), 40, '0')")
                        .collect(Collectors.joining(", ", "concat(", ")"));
        return bronze.withColumn("_operation", expr("IF(_op = 'D', 'D', " + stated + ")"))
                .withColumn("_row", expr(ROW.formatted(sequence)));
    }

    private String readings(String table) {
        String columns = system.tables().get(table).columns().entrySet().stream()
                .map(c -> BronzeTable.reading(system.tables().get(table), c.getKey()) + " AS `" + c.getKey() + "`")
                .collect(Collectors.joining(", "));
        return columns + ", _row, _operation = 'D' AS _deleted, _line, _business_date";
    }

    private static boolean mentions(String sql, String table) {
        return java.util.regex.Pattern.compile("\\b" + table + "\\b")
                .matcher(sql)
                .find();
    }

    private static String view(Dataset<Row> rows) {
        String name = "millrace_view_" + NAMES.incrementAndGet();
        rows.createOrReplaceTempView(name);
        return name;
    }
}
