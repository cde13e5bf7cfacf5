package io.millrace.lake;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.Identifiers;
import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Every read and write of a table. A write holds to the table's contract, creates and registers the table the first
 * time, and commits to Delta once or not at all.
 */
public final class Lake {

    private static final AtomicLong QUERIES = new AtomicLong();
    /** What a commit says of itself. */
    static final String SAID = "spark.databricks.delta.commitInfo.userMetadata";

    private static final String STATISTICS = "delta.dataSkippingStatsColumns";

    /** A version can be read as long as its log is there, and a replay reads what is months old. */
    private static final String LOG_KEPT = "delta.logRetentionDuration";

    private static final String LOG_KEPT_FOR = "interval 400 days";

    private final SparkSession spark;
    private final ContractCatalog contracts;
    private final TableVersions versions;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private volatile Runnable guard = () -> {};
    private volatile long tenure;

    public Lake(SparkSession spark, ContractCatalog contracts, LakeSettings settings) {
        this.spark = spark;
        this.contracts = contracts;
        this.versions = new TableVersions(settings.root(), spark.sparkContext().hadoopConfiguration());
    }

    /** Asks before every write. @param before throws where nothing may be written any more */
    public void guardedBy(Runnable before) {
        this.guard = before;
    }

    /** Every commit from now on says whose it is. @param number of the tenure in which this process holds the lake */
    public void tenure(long number) {
        this.tenure = number;
        spark.conf().set(SAID, CommitLog.json(number, null));
    }

    long tenure() {
        return tenure;
    }

    public SparkSession spark() {
        return spark;
    }

    public ContractCatalog contracts() {
        return contracts;
    }

    public TableVersions versions() {
        return versions;
    }

    public boolean exists(String table) {
        return versions.latest(table) >= 0;
    }

    /** True if the table has never been given a row. */
    public boolean isEmpty(String table) {
        return versions.latest(table) <= 0 && lastWrite(table) == 0;
    }

    /**
     * The rows of a table now. One of the catalogue is empty if it has never been written; one that was written from a
     * description of its own, as bronze is, has the columns that it was given.
     */
    public Dataset<Row> read(String table) {
        Optional<TableContract> contract = contracts.find(table);
        return contract.isEmpty() && exists(table)
                ? spark.read().format("delta").load(path(table))
                : read(contract.orElseGet(() -> contracts.get(table)));
    }

    /** The rows of a table now; columns that the contract gained since its last write are null. */
    public Dataset<Row> read(TableContract table) {
        return exists(table.name())
                ? completed(table, spark.read().format("delta").load(path(table.name())))
                : empty(table);
    }

    /**
     * The rows of a table as of a version that a run or a model has recorded, with the columns that its contract has now.
     *
     * @param version -1 for a table that did not exist yet
     */
    public Dataset<Row> readAt(String table, long version) {
        Optional<TableContract> contract = contracts.find(table);
        // A table of the catalogue is created first, which is its version 0, and filled then.
        if (version < 0 || version == 0 && contract.isPresent()) {
            return empty(contract.orElseGet(() -> contracts.get(table)));
        }
        DataFrameReader reader = spark.read().format("delta");
        // Delta has the latest at hand, and looks an older one up.
        Dataset<Row> rows = version == versions.latest(table)
                ? reader.load(path(table))
                : reader.option("versionAsOf", version).load(path(table));
        return contract.map(c -> completed(c, rows)).orElse(rows);
    }

    private Dataset<Row> empty(TableContract table) {
        return spark.createDataFrame(List.<Row>of(), Schemas.of(table));
    }

    private static Dataset<Row> completed(TableContract table, Dataset<Row> rows) {
        Set<String> present = Set.of(rows.columns());
        Dataset<Row> completed = rows;
        for (ColumnContract column : table.columns()) {
            if (!present.contains(column.name())) {
                completed =
                        completed.withColumn(column.name(), functions.lit(null).cast(column.type()));
            }
        }
        return completed;
    }

    /**
     * Runs a query over rows that it names in braces, as in {@code SELECT * FROM {silver.product}}. The names exist while the
     * query is analysed, and for it alone: no other query, of this thread or another, sees them.
     *
     * @param tables what stands in braces → its rows
     */
    public Dataset<Row> sql(String statement, Map<String, Dataset<Row>> tables) {
        String text = statement;
        Map<String, Dataset<Row>> views = new HashMap<>();
        for (Map.Entry<String, Dataset<Row>> table : tables.entrySet()) {
            String view = "_query_%d_%s"
                    .formatted(QUERIES.incrementAndGet(), table.getKey().replace('.', '_'));
            text = text.replace("{" + table.getKey() + "}", view);
            views.put(view, table.getValue());
        }
        try {
            views.forEach((view, rows) -> rows.createOrReplaceTempView(view));
            return spark.sql(text);
        } finally {
            // Not by the public catalogue: with a view's name that would drop what its rows have cached.
            views.keySet().forEach(view -> spark.sessionState().catalog().dropTempView(view));
        }
    }

    /**
     * What {@code work} gives. The Spark jobs that it starts, in this thread and in threads that it begins, are described by {@code part}
     * behind what describes them already, as in {@code refine: silver.product}; Delta puts its own words before and behind.
     */
    public <T> T described(String part, Supplier<T> work) {
        SparkContext context = spark.sparkContext();
        String before = context.getLocalProperty(JobCounter.DESCRIPTION);
        boolean isSaid = before != null && before.endsWith(part);
        context.setJobDescription(before == null ? part : isSaid ? before : before + ": " + part);
        try {
            return work.get();
        } finally {
            context.setJobDescription(before);
        }
    }

    /** The rows and columns of a table as its contract names them. */
    public StructType schema(String table) {
        return Schemas.of(contracts.get(table));
    }

    /**
     * Adds rows.
     *
     * @param rows the contract's columns by name; a bronze table may carry more, which are added to the table as
     *     columns of their own. What was delivered decides its columns, so its first rows create it, and {@link #ensure} makes
     *     it known afterwards
     * @return the version after the write
     */
    public long append(TableContract table, Dataset<Row> rows, Once once) {
        guard.run();
        boolean carryUnknown = table.database().equals("bronze");
        if (!carryUnknown) {
            ensure(table);
        }
        DataFrameWriter<Row> writer =
                once(Schemas.conformed(table, rows, carryUnknown).write(), once).mode(SaveMode.Append);
        if (carryUnknown) {
            writer.option("mergeSchema", "true")
                    .option(STATISTICS, statistics(table))
                    .option(LOG_KEPT, LOG_KEPT_FOR);
        }
        return saved(table.name(), writer);
    }

    /**
     * The columns that rows are looked up by: keys, days, moments, extracts. Delta keeps their least and greatest value of
     * each file, which lets a reader pass over files; of other columns, text above all, that costs time and helps nobody.
     */
    private static String statistics(TableContract table) {
        return table.columns().stream()
                .filter(c -> table.key().contains(c.name())
                        || c.type().equals("date")
                        || c.type().equals("timestamp")
                        || List.of("_extract_id", "_delivery").contains(c.name()))
                .filter(c -> !table.partitionBy().contains(c.name()))
                .map(c -> "`" + c.name() + "`")
                .collect(Collectors.joining(","));
    }

    /** Adds rows to a table of the catalogue. */
    public long append(String table, Dataset<Row> rows, Once once) {
        return append(contracts.get(table), rows, once);
    }

    /** Adds rows given in the order of the contract's columns. */
    public long appendRows(String table, List<Row> rows, Once once) {
        return append(table, rows(table, rows), once);
    }

    /**
     * Puts rows in the place of those that have the same values in a column, in one commit.
     *
     * @param column whose values {@code rows} give: what else has one of them goes
     * @param rows   in the order of the contract's columns
     */
    public void replaceRows(String table, String column, List<Row> rows, Once once) {
        guard.run();
        TableContract contract = contracts.get(table);
        ensure(contract);
        int at = contract.columns().stream().map(ColumnContract::name).toList().indexOf(column);
        String values = rows.stream()
                .map(row -> "'" + row.getString(at).replace("\\", "\\\\").replace("'", "\\'") + "'")
                .distinct()
                .collect(Collectors.joining(", "));
        saved(
                table,
                once(Schemas.conformed(contract, rows(table, rows), false).write(), once)
                        .mode(SaveMode.Overwrite)
                        .option("replaceWhere", "`" + column + "` IN (" + values + ")"));
    }

    private long saved(String table, DataFrameWriter<Row> writer) {
        return described(table, () -> {
            writer.save(path(table));
            return versions.latest(table);
        });
    }

    /** {@code rows}, in the order of the contract's columns, as a data set in one partition. */
    public Dataset<Row> rows(String table, List<Row> rows) {
        return spark.createDataFrame(rows, Schemas.of(contracts.get(table))).coalesce(1);
    }

    /** Replaces the rows of one business date as a whole in a DATED table; other dates stay as they are. */
    public long replaceDate(String table, LocalDate businessDate, Dataset<Row> rows) {
        TableContract contract = contracts.get(table);
        guard.run();
        if (contract.shape() != Shape.DATED) {
            throw new IllegalStateException(
                    table + " is of shape " + contract.shape() + " and has no business date to replace");
        }
        ensure(contract);
        return saved(
                table,
                Schemas.conformed(contract, rows, false)
                        .write()
                        .format("delta")
                        .mode(SaveMode.Overwrite)
                        .option("replaceWhere", "business_date = '" + businessDate + "'"));
    }

    /**
     * Takes rows away, in one commit; nothing if the table does not exist.
     *
     * @param condition Spark SQL over the table's columns
     */
    public void remove(String table, String condition) {
        guard.run();
        if (exists(table)) {
            DeltaTable.forPath(spark, path(table)).delete(condition);
        }
    }

    /**
     * Sets a column of some rows, in one commit; nothing if the table does not exist.
     *
     * @param condition Spark SQL over the table's columns
     * @param value     the same
     */
    public void set(String table, String condition, String column, String value) {
        guard.run();
        if (exists(table)) {
            DeltaTable.forPath(spark, path(table)).updateExpr(condition, Map.of(column, value));
        }
    }

    /**
     * Brings changes into a KEYED table by key, or into a HISTORY table as new spans. Nothing is committed where
     * nothing differs.
     *
     * @param changes the contract's columns by name, at most one row for each primary key, and {@code _deleted}
     * @param removal rows of the table that go because the changes do not hold their key, or null
     */
    public Merged merge(String table, Dataset<Row> changes, Removal removal, Once once) {
        TableContract contract = contracts.get(table);
        ensure(contract);
        Optional<Merged> before = once(table, once);
        if (before.isPresent()) {
            return before.get();
        }
        return described(
                table,
                () -> contract.shape() == Shape.HISTORY
                        ? new HistoryMerge(this, contract).merge(changes, removal, once)
                        : new KeyedMerge(this, contract).merge(changes, removal, once));
    }

    /** What a write did that was made before, where it was. */
    Optional<Merged> once(String table, Once once) {
        guard.run();
        return new CommitLog(versions, spark.sparkContext().hadoopConfiguration()).merged(table, once);
    }

    /** What would make a table say what {@code statements} of a source say; see {@link Difference}. */
    public Difference difference(String table, Dataset<Row> statements, String source) {
        TableContract contract = contracts.get(table);
        ensure(contract);
        return Difference.of(this, contract, statements, source);
    }

    /**
     * Sets columns of the rows of a table that meet a condition and are among {@code which}, by the columns of that.
     *
     * @param set column → SQL
     */
    public void update(String table, Dataset<Row> which, String condition, Map<String, String> set) {
        guard.run();
        ensure(contracts.get(table));
        String on = java.util.Arrays.stream(which.columns())
                .map(c -> "t.`%1$s` = s.`%1$s`".formatted(c))
                .collect(Collectors.joining(" AND "));
        DeltaTable.forPath(spark, path(table))
                .as("t")
                .merge(which.as("s"), on + " AND (" + condition + ")")
                .whenMatched()
                .updateExpr(set)
                .execute();
    }

    /**
     * How much a {@link #merge} with a removal would take away.
     *
     * @param changes as for the merge
     */
    public Removal.Extent extent(String table, Dataset<Row> changes, Removal removal) {
        TableContract contract = contracts.get(table);
        Column[] key =
                contract.key().stream().map(k -> functions.col("`" + k + "`")).toArray(Column[]::new);
        Dataset<Row> held =
                changes.filter("NOT _deleted").select(key).distinct().withColumn("_held", functions.lit(true));
        Row counts = read(table)
                .as("t")
                .filter((contract.shape() == Shape.HISTORY ? "t.is_current AND " : "") + removal.sql("t"))
                .join(
                        held,
                        scala.collection.JavaConverters.asScalaBuffer(contract.key())
                                .toSeq(),
                        "left")
                .agg(functions.expr("count(*)"), functions.expr("count(_held)"))
                .first();
        return new Removal.Extent(counts.getLong(0), counts.getLong(0) - counts.getLong(1));
    }

    /** Rows that the last commit of a table wrote, as its log says. */
    public long lastWrite(String table) {
        return new CommitLog(versions, spark.sparkContext().hadoopConfiguration()).outputRows(table);
    }

    /** Opens the metastore, which takes seconds. What else opens it at the same time waits for the first. */
    public void openMetastore() {
        spark.catalog().databaseExists("default");
    }

    /**
     * Creates the table where it does not exist, makes it known to the metastore with its comments, and adds the columns
     * that its contract has gained.
     *
     * @throws Failure of kind CONFIGURATION if a column of the table has another type than the contract gives it
     */
    public void ensure(TableContract table) {
        if (!registered.add(table.name())) {
            return;
        }
        try {
            String database = Identifiers.simple("Database", table.database());
            Identifiers.simple("Table", table.table());
            if (registered.add(database + ".") && !spark.catalog().databaseExists(database)) {
                spark.sql("CREATE DATABASE IF NOT EXISTS " + database + " LOCATION '"
                        + versions.path(database).toString().replace("'", "\\'") + "'");
            }
            boolean known = spark.catalog().tableExists(table.name());
            if (!known || !exists(table.name())) {
                create(table, known);
            } else {
                addColumns(table);
            }
        } catch (RuntimeException e) {
            registered.remove(table.name());
            throw Sessions.explained(e);
        }
    }

    /** @param known the metastore has a table of this name, of another lake; then the folder alone is made */
    private void create(TableContract table, boolean known) {
        DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark).location(path(table.name()));
        if (!known) {
            builder.tableName(table.name());
        }
        if (!exists(table.name())) {
            StructType schema = Schemas.of(table);
            for (StructField field : schema.fields()) {
                builder.addColumn(DeltaTable.columnBuilder(spark, field.name())
                        .dataType(field.dataType())
                        .nullable(true)
                        .comment(field.getComment().get())
                        .build());
            }
            builder.property(STATISTICS, statistics(table))
                    .property(LOG_KEPT, LOG_KEPT_FOR)
                    .comment(table.about())
                    .partitionedBy(table.partitionBy().toArray(String[]::new));
        }
        builder.execute();
    }

    private void addColumns(TableContract table) {
        StructType now = spark.read().format("delta").load(path(table.name())).schema();
        StructType wanted = Schemas.of(table);
        Set<String> present = Set.of(now.fieldNames());
        boolean gained = false;
        for (StructField field : wanted.fields()) {
            if (!present.contains(field.name())) {
                gained = true;
            } else if (!now.apply(field.name()).dataType().equals(field.dataType())) {
                throw Failure.configuration(("%s.%s is %s in the lake and %s in its contract. A type is not changed in"
                                + " place: give the column another name, or rewrite the table")
                        .formatted(
                                table.name(),
                                field.name(),
                                now.apply(field.name()).dataType().simpleString(),
                                field.dataType().simpleString()));
            }
        }
        if (gained) {
            spark.createDataFrame(List.<Row>of(), wanted)
                    .write()
                    .format("delta")
                    .mode(SaveMode.Append)
                    .option("mergeSchema", "true")
                    .save(path(table.name()));
        }
    }

    /**
     * Makes a table of this lake, which does not have it yet, out of another lake's as of a version, without copying its files: a
     * shallow clone, which says where it came from.
     *
     * @throws Failure of kind DATA if the version is no longer there
     */
    public void cloneOf(Lake other, String table, long version) {
        String at = Identifiers.simple("Database", table.substring(0, table.indexOf('.'))) + "."
                + Identifiers.simple("Table", table.substring(table.indexOf('.') + 1));
        String here = path(at).replace("`", "``");
        try {
            spark.sql("CREATE TABLE delta.`%s` SHALLOW CLONE delta.`%s` VERSION AS OF %d"
                    .formatted(here, other.path(at).replace("`", "``"), version));
        } catch (RuntimeException e) {
            throw Failure.data(
                    "Version %d of %s cannot be read any more: %s".formatted(version, table, e.getMessage()));
        }
        // The first version of a table of the catalogue is an empty one.
        spark.sql("ALTER TABLE delta.`%s` SET TBLPROPERTIES ('millrace.cloned' = '%d')".formatted(here, version));
    }

    /**
     * Puts the small files of a table together, and takes away those that only versions before one need.
     *
     * @param keep   oldest version that can be read afterwards
     * @param recent what is younger stays in any case, for readers that have begun
     */
    public Upkeep upkeep(String table, long keep, Duration recent) {
        guard.run();
        return Upkeep.of(spark, versions, spark.sparkContext().hadoopConfiguration(), table, keep, recent);
    }

    /** Deletes the rows of a table that meet a condition. */
    public void delete(String table, String condition) {
        guard.run();
        DeltaTable.forPath(spark, path(table)).delete(condition);
    }

    DataFrameWriter<Row> once(DataFrameWriter<Row> writer, Once once) {
        return writer.format("delta").option("txnAppId", once.writer()).option("txnVersion", once.number());
    }

    String path(String table) {
        return versions.path(table).toString();
    }
}
