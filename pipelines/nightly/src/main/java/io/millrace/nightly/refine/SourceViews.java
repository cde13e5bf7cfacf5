package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.Fill;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import io.millrace.lake.Lake;
import io.millrace.lake.Removal;
import io.millrace.nightly.ingest.BronzeTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DatetimeType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * A source's tables as its SELECTs see them: columns read as described, each row with its identity {@code _row}. The
 * table that drives a fill shows the new rows, any other its current state.
 */
final class SourceViews {

    private static final AtomicLong NAMES = new AtomicLong();

    /** Columns of silver that permit something: what is not said is a no, so what was said last does not stay. */
    private static final Map<String, List<String>> PERMISSIONS =
            Map.of("customer", List.of("is_opted_out", "is_active"));

    /** The fields order deliveries: of two rows with one key the greater one wins, and D wins over U at one stamp. */
    private static final String ROW =
            "struct(_business_date, _delivery, %s AS _sequence, CAST(_operation = 'D' AS int) AS _gone, _line, _extract_id%s)";

    private final Lake lake;
    private final String source;
    private final SourceSystem system;
    private final Map<String, LocalDate> full;
    private final Vanished vanished;

    /**
     * @param full     table → business date of its newest full delivery; what is older and not in it was deleted
     * @param vanished columns of which deliveries say nothing, so that what was said last stays
     */
    SourceViews(Lake lake, String source, SourceSystem system, Map<String, LocalDate> full, Vanished vanished) {
        this.lake = lake;
        this.source = source;
        this.system = system;
        this.full = full;
        this.vanished = vanished;
    }

    /**
     * The rows of these extracts, and the rows of {@code from} that changes of other tables call for anew.
     *
     * @param hasOtherKey whether the source knows its rows by another key than the table, which {@code _row} has as {@code _key} then
     * @param later       ids of extracts of later dates that were taken in before: what they say of the same keys comes along
     */
    Dataset<Row> select(
            String target,
            Fill fill,
            boolean hasOtherKey,
            Collection<String> extracts,
            Collection<String> later,
            Map<String, Collection<String>> also) {
        if (!vanished.byTable().isEmpty() && PERMISSIONS.containsKey(target)) {
            Vanished kept = vanished.without(madeOf(target, PERMISSIONS.get(target)));
            if (!kept.equals(vanished)) {
                return new SourceViews(lake, source, system, full, kept)
                        .select(target, fill, hasOtherKey, extracts, later, also);
            }
        }
        Map<String, String> views = new LinkedHashMap<>();
        String sql = system.sql().get(target);
        for (String table : system.tables().keySet()) {
            if (table.equals(fill.from())) {
                views.put(table, view(driving(fill, hasOtherKey, extracts, later, also)));
            } else if (SourceSystem.mentions(sql, table)) {
                views.put(table, view(current(table)));
            }
        }
        List<String> with = views.entrySet().stream()
                .map(e -> "`" + e.getKey() + "` AS (SELECT " + readings(e.getKey()) + " FROM " + e.getValue() + ")")
                .toList();
        Dataset<Row> selected = understood(target, with);
        requireNoGuess(target, selected.queryExecution().analyzed());
        views.values().forEach(name -> lake.spark().catalog().dropTempView(name));
        return selected;
    }

    /** Columns of source tables, as {@code table.column}, that some columns of a SELECT are computed from. */
    private Set<String> madeOf(String target, List<String> columns) {
        List<String> views = new ArrayList<>();
        List<String> with = new ArrayList<>();
        system.tables().forEach((table, described) -> {
            StructType schema = new StructType();
            List<String> names = new ArrayList<>();
            for (String column : described.columns().keySet()) {
                schema = schema.add(table + "." + column, "string");
                names.add("`%s.%s` AS `%s`".formatted(table, column, column));
            }
            String view = view(lake.spark()
                    .createDataFrame(
                            JavaSparkContext.fromSparkContext(lake.spark().sparkContext())
                                    .emptyRDD(),
                            schema));
            views.add(view);
            with.add(
                    "`%s` AS (SELECT %s, struct(1) AS _row, false AS _deleted, 1L AS _line, current_date() AS _business_date FROM %s)"
                            .formatted(table, String.join(", ", names), view));
        });
        LogicalPlan plan = understood(target, with).queryExecution().optimizedPlan();
        views.forEach(view -> lake.spark().catalog().dropTempView(view));
        return new Lineage(plan).of(columns);
    }

    /**
     * The SELECT of the source's description over the tables that it names.
     *
     * @param with definitions of the tables, as in {@code `line` AS (SELECT ...)}
     * @throws Failure of kind CONFIGURATION if Spark does not understand it, with the line of its file
     */
    private Dataset<Row> understood(String target, List<String> with) {
        // The definitions are one line, so that line n of the file is line n + 1 here.
        String tables = String.join(", ", with).replaceAll("\\R", " ");
        String sql = "WITH " + tables + " SELECT * FROM (\n" + system.sql().get(target) + "\n)";
        try {
            return lake.spark().sql(sql);
        } catch (Exception e) {
            if (e instanceof AnalysisException said) {
                int line = said.line().isDefined() ? (Integer) said.line().get() - 1 : 0;
                throw Failure.configuration(
                        "%s/%s.sql%s: %s".formatted(system.name(), target, line > 0 ? ":" + line : "", sentence(said)));
            }
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        }
    }

    /** @throws Failure of kind CONFIGURATION if Spark does not understand what a description says of these rows */
    static Dataset<Row> understood(String where, Supplier<Dataset<Row>> rows) {
        try {
            return rows.get();
        } catch (Exception e) {
            // Spark throws it unannounced.
            if (e instanceof AnalysisException said) {
                throw Failure.configuration(where + ": " + sentence(said));
            }
            throw e;
        }
    }

    /** What Spark says, without the name of its class of error. */
    private static String sentence(AnalysisException said) {
        return said.message().lines().findFirst().orElse("").replaceFirst("^\\[[A-Z0-9_.]+] ", "");
    }

    /**
     * Every column is text. Where a SELECT adds, multiplies or compares text as if it were a number, Spark would make nothing of what is
     * none, and nobody would hear of the row: how it is to be read has to be said.
     */
    private void requireNoGuess(String target, LogicalPlan plan) {
        guess(plan).ifPresent(cast -> {
            throw Failure.configuration(
                    ("%1$s/%2$s.sql takes the text %3$s for a %4$s without saying so, and what is none would become empty"
                                    + " without a word. Write try_cast, and pass on what it does not read:"
                                    + " coalesce(CAST(2 * try_cast(%3$s AS decimal(18, 4)) AS string), %3$s)")
                            .formatted(
                                    system.name(),
                                    target,
                                    cast.child().sql(),
                                    cast.dataType().simpleString()));
        });
    }

    private static Optional<Cast> guess(LogicalPlan plan) {
        for (Expression expression : JavaConverters.seqAsJavaList(plan.expressions())) {
            Optional<Cast> found = guess(expression);
            if (found.isPresent()) {
                return found;
            }
        }
        for (LogicalPlan child : JavaConverters.seqAsJavaList(plan.children())) {
            Optional<Cast> found = guess(child);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Cast> guess(Expression expression) {
        if (expression instanceof Cast cast
                && cast.child().dataType().equals(DataTypes.StringType)
                && (cast.dataType() instanceof NumericType || cast.dataType() instanceof DatetimeType)
                && !cast.child().foldable()
                && cast.getTagValue(Cast.USER_SPECIFIED_CAST()).isEmpty()
                && cast.evalMode().equals(EvalMode.LEGACY())) {
            return Optional.of(cast);
        }
        for (Expression child : JavaConverters.seqAsJavaList(expression.children())) {
            Optional<Cast> found = guess(child);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Dataset<Row> driving(
            Fill fill,
            boolean hasOtherKey,
            Collection<String> extracts,
            Collection<String> later,
            Map<String, Collection<String>> also) {
        Dataset<Row> fresh = rows(fill.from(), extracts);
        Dataset<Row> driving = fresh;
        if (!later.isEmpty()) {
            List<String> key = system.tables().get(fill.from()).key();
            Dataset<Row> keys = fresh.selectExpr(key.stream()
                            .map(k -> read(fill.from(), k) + " AS k_" + k)
                            .toArray(String[]::new))
                    .distinct();
            String on =
                    key.stream().map(k -> read(fill.from(), k) + " <=> k_" + k).collect(Collectors.joining(" AND "));
            driving = driving.unionByName(rows(fill.from(), later).join(keys, expr(on), "left_semi"));
        }
        for (Map.Entry<String, Collection<String>> other : also.entrySet()) {
            List<String> by = fill.also().get(other.getKey());
            Dataset<Row> changed = rows(other.getKey(), other.getValue())
                    .unionByName(gone(other.getKey()))
                    .selectExpr(by.stream()
                            .map(c -> read(other.getKey(), c) + " AS k_" + c)
                            .toArray(String[]::new))
                    .distinct();
            String on =
                    by.stream().map(c -> read(fill.from(), c) + " <=> k_" + c).collect(Collectors.joining(" AND "));
            driving = driving.unionByName(current(fill.from())
                    .filter(org.apache.spark.sql.functions.not(
                            col("_extract_id").isInCollection(extracts)))
                    .join(changed, expr(on), "left_semi"));
        }
        Dataset<Row> read = driving.filter("_malformed IS NULL AND _operation <> 'B'");
        return hasOtherKey
                ? read.withColumn("_row", row(fill.from(), ", array(" + keys(fill.from()) + ") AS _key"))
                : read;
    }

    /**
     * Rows that were taken in before and go through the mapping once more beside new ones.
     *
     * @param fresh    ids of the new extracts; the others are as for {@link #select}
     * @return extract id → rows, none for an extract of which no row goes
     */
    Map<String, Long> again(
            Fill fill,
            Collection<String> fresh,
            Collection<String> extracts,
            Collection<String> later,
            Map<String, Collection<String>> also) {
        return driving(fill, false, extracts, later, also)
                .filter(org.apache.spark.sql.functions.not(col("_extract_id").isInCollection(fresh)))
                .groupBy("_extract_id")
                .count()
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(r -> r.getString(0), r -> r.getLong(1)));
    }

    /** The latest row of each key, without what was deleted or is missing from a later full delivery. */
    private Dataset<Row> current(String table) {
        return system.tables().get(table).key().isEmpty()
                ? meant(table)
                : latest(table).filter("_operation <> 'D'" + stillThere(table));
    }

    /** Rows that could be read, without images before a change. */
    private Dataset<Row> meant(String table) {
        return rows(table).filter("_malformed IS NULL AND _operation <> 'B'");
    }

    /** The last row of each key. */
    private Dataset<Row> latest(String table) {
        return meant(table)
                .withColumn("_latest", expr("row_number() OVER (PARTITION BY " + keys(table) + " ORDER BY _row DESC)"))
                .filter("_latest = 1")
                .drop("_latest");
    }

    private String keys(String table) {
        return system.tables().get(table).key().stream()
                .map(k -> read(table, k))
                .collect(Collectors.joining(", "));
    }

    /** That a row is not older than the newest full delivery, as a condition that follows another. */
    private String stillThere(String table) {
        return full.containsKey(table) ? " AND _business_date >= DATE'" + full.get(table) + "'" : "";
    }

    /** The last row of each key that the newest full delivery of a table no longer holds. */
    private Dataset<Row> gone(String table) {
        return system.tables().get(table).key().isEmpty() || !full.containsKey(table)
                ? rows(table).limit(0)
                : latest(table).filter("_business_date < DATE'" + full.get(table) + "'");
    }

    /**
     * How many keys a full delivery would take away.
     *
     * @param date  of the delivery
     * @param fresh ids of extracts that are not taken in yet
     */
    Removal.Extent extent(String table, LocalDate date, Collection<String> fresh) {
        Row counts = meant(table)
                .withColumn("_is_fresh", col("_extract_id").isInCollection(fresh))
                .groupBy(expr("struct(" + keys(table) + ") AS k"))
                .agg(
                        expr("max_by(_operation <> 'D'" + stillThere(table)
                                + ", _row) FILTER (WHERE NOT _is_fresh) AS was_there"),
                        expr("max(_business_date) FILTER (WHERE _is_fresh) >= DATE'" + date + "' AS is_there"))
                .filter("was_there")
                .agg(expr("count(*)"), expr("count_if(NOT coalesce(is_there, false))"))
                .first();
        return new Removal.Extent(counts.getLong(0), counts.getLong(1));
    }

    /** A column of a table as its description reads it. */
    private String read(String table, String column) {
        return system.tables().get(table).columns().get(column).sql(column);
    }

    private Dataset<Row> rows(String table, Collection<String> extracts) {
        Dataset<Row> rows = vanished.concerns(table, extracts) ? rows(table) : delivered(table);
        return rows.filter(col("_extract_id").isInCollection(extracts));
    }

    /** As delivered, and in columns that a delivery does not have what the source said of the row last, unless it was deleted since. */
    private Dataset<Row> rows(String table) {
        Dataset<Row> rows = delivered(table);
        List<String> key = system.tables().get(table).key();
        for (Map.Entry<String, Set<String>> entry : vanished.of(table).entrySet()) {
            String column = entry.getKey();
            if (key.isEmpty() || key.contains(column)) {
                continue;
            }
            String said = """
                    last(CASE WHEN _malformed IS NOT NULL OR _operation = 'B' THEN NULL
                              WHEN _operation = 'D' THEN struct(CAST(NULL AS string) AS value, false AS is_typed)
                              WHEN NOT _lacks THEN struct(`%2$s` AS value, coalesce(_typed LIKE '%%,%2$s,%%', false) AS is_typed) END, true)
                    OVER (PARTITION BY %1$s ORDER BY _row ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)""".formatted(keys(table), column);
            rows = rows.withColumn("_lacks", col("_extract_id").isInCollection(entry.getValue()))
                    .withColumn("_said", expr(said))
                    .withColumn(
                            "_typed",
                            expr("IF(_lacks AND _said.is_typed, concat(coalesce(_typed, ','), '%s,'), _typed)"
                                    .formatted(column)))
                    .withColumn(column, expr("IF(_lacks, _said.value, `" + column + "`)"))
                    .drop("_lacks", "_said");
        }
        return rows;
    }

    private Dataset<Row> delivered(String table) {
        SourceTable description = system.tables().get(table);
        Dataset<Row> bronze = lake.read(BronzeTable.contract(source, table, description, List.of()));
        String stated = description.operation() == null ? "'U'" : "coalesce(" + description.operation() + ", 'U')";
        return understood(
                "%s/source.yaml: tables.%s".formatted(system.name(), table),
                () -> bronze.withColumn("_operation", expr("IF(_op = 'D', 'D', " + stated + ")"))
                        .withColumn("_row", row(table, "")));
    }

    private Column row(String table, String key) {
        List<String> sequence = system.tables().get(table).sequence();
        String stamp = sequence.isEmpty()
                ? "''"
                : sequence.stream()
                        .map(c -> "lpad(coalesce(trim(`" + c + "`), ''), 40, '0')")
                        .collect(Collectors.joining(", ", "concat(", ")"));
        return expr(ROW.formatted(stamp, key));
    }

    private String readings(String table) {
        String columns = system.tables().get(table).columns().entrySet().stream()
                .map(c -> BronzeTable.reading(system.tables().get(table), c.getKey()) + " AS `" + c.getKey() + "`")
                .collect(Collectors.joining(", "));
        return columns + ", _row, _operation = 'D' AS _deleted, _line, _business_date";
    }

    static String view(Dataset<Row> rows) {
        String name = "millrace_view_" + NAMES.incrementAndGet();
        rows.createOrReplaceTempView(name);
        return name;
    }
}
