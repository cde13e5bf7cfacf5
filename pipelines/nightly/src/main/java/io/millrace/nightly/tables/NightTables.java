package io.millrace.nightly.tables;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.features.FeatureStore;
import io.millrace.features.FeatureView;
import io.millrace.features.FeatureViews;
import io.millrace.lake.Lake;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.SeenVersions;
import io.millrace.nightly.plan.Stage;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The tables that a stage declared and no others, as its night saw them: at the versions that the night recorded, and of those the
 * rows that were known and held on the business date. What is cached or broadcast through here is released when the stage ends.
 */
public final class NightTables implements AutoCloseable {

    private static final Pattern BRACES = Pattern.compile("\\{([a-z]+\\.[a-z0-9_]+)}");

    /** The last day that SQL can write with four digits. */
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private final Lake lake;
    private final FeatureViews views;
    private final Map<String, SourceSystem> systems;
    private final LocalDate date;
    private final Map<String, Long> versions;
    private final Set<String> own;
    private final Collection<Extract> extracts;
    private final Deque<Runnable> releases = new ArrayDeque<>();

    private NightTables(
            Lake lake,
            FeatureViews views,
            Map<String, SourceSystem> systems,
            LocalDate date,
            Map<String, Long> versions,
            Set<String> own,
            Collection<Extract> extracts) {
        this.lake = lake;
        this.views = views;
        this.systems = systems;
        this.date = date;
        this.versions = versions;
        this.own = own;
        this.extracts = extracts;
    }

    /** What a stage of a night reads. Of a table that it writes itself, what earlier nights wrote. */
    public static NightTables of(Night night, Stage stage) {
        Map<String, Long> versions = new TreeMap<>(night.seen().of(stage));
        Set<String> own = Set.copyOf(stage.writes());
        // Where no earlier night of the ledger wrote, another process may have: the dates of the rows tell.
        own.forEach(table -> versions.computeIfPresent(
                table, (t, seen) -> seen >= 0 ? seen : night.versions().latest(t)));
        return new NightTables(
                night.lake(),
                night.views(),
                night.systems(),
                night.date(),
                versions,
                own,
                night.ledger().extracts());
    }

    /** Tables at their latest versions, of which what held and was known on a date is read. */
    public static NightTables latest(Lake lake, LocalDate date, List<String> tables) {
        Map<String, Long> versions = new TreeMap<>();
        tables.forEach(table -> versions.put(table, lake.versions().latest(table)));
        return new NightTables(
                lake, FeatureViews.load(ContractCatalog.load()), Map.of(), date, versions, Set.of(), List.of());
    }

    /** Tables at their latest versions with everything that is known now, for a look back over them. */
    public static NightTables now(Lake lake, List<String> tables) {
        return latest(lake, LAST_DAY, tables);
    }

    /** The business date. */
    public LocalDate date() {
        return date;
    }

    /**
     * The last day up to the business date of which every source of a table of silver has delivered. Later days are not empty: nothing
     * is known of them.
     */
    public LocalDate deliveredUntil(String table) {
        return delivered(table).values().stream().min(LocalDate::compareTo).orElse(date);
    }

    /** Source → the business date of its newest extract of a table of silver, up to the night's; of sources that have delivered. */
    public Map<String, LocalDate> delivered(String table) {
        String target = table.substring(table.indexOf('.') + 1);
        Map<String, LocalDate> delivered = new TreeMap<>();
        systems.forEach((source, system) -> {
            if (system.fills().containsKey(target)) {
                newest(source, system.fills().get(target).from()).ifPresent(day -> delivered.put(source, day));
            }
        });
        return delivered;
    }

    /** The business date of the newest extract of a source's table, up to the night's. */
    private Optional<LocalDate> newest(String source, String table) {
        return extracts.stream()
                .filter(e -> e.source().equals(source) && e.table().equals(table))
                .filter(e -> e.state() == Extract.State.LANDED || e.state() == Extract.State.REFINED)
                .map(e -> LocalDate.parse(e.businessDate()))
                .filter(day -> !day.isAfter(date))
                .max(LocalDate::compareTo);
    }

    /** Table → the version that is read, of those that exist. */
    public Map<String, Long> versions() {
        Map<String, Long> existing = new TreeMap<>(versions);
        existing.entrySet().removeIf(e -> e.getValue() < 0 || e.getKey().startsWith(SeenVersions.MODEL));
        return existing;
    }

    /** Whether the night saw the table at all. */
    public boolean exists(String table) {
        return version(table) >= 0;
    }

    /**
     * The rows that held on the business date: of a table with history those valid on it, of dated rows those up to it, and in
     * each case what was known by then.
     */
    public Dataset<Row> table(String table) {
        Dataset<Row> known = history(table);
        return lake.contracts()
                        .find(table)
                        .filter(c -> c.shape() == Shape.HISTORY)
                        .isPresent()
                ? known.filter(col("valid_from").leq(lit(date)))
                        .filter(col("valid_to").isNull().or(col("valid_to").gt(lit(date))))
                : known;
    }

    /** Every row that was known on the business date, spans that had ended among them. */
    public Dataset<Row> history(String table) {
        Dataset<Row> rows = lake.readAt(table, version(table));
        Column known = null;
        TableContract contract = lake.contracts().get(table);
        for (String day : new String[] {"_known_on", "valid_from", "business_date"}) {
            boolean dates = contract.shape() == Shape.HISTORY
                    ? day.equals("valid_from")
                    : contract.column(day).isPresent();
            if (dates) {
                Column until = own.contains(table) ? col(day).lt(lit(date)) : col(day).leq(lit(date));
                known = known == null ? until : known.and(until);
            }
        }
        return known == null ? rows : rows.filter(known);
    }

    private long version(String table) {
        Long version = versions.get(table);
        if (version == null) {
            throw new IllegalStateException(
                    "%s is read and not declared; declared are %s".formatted(table, versions.keySet()));
        }
        return version;
    }

    /** A query over tables in braces, as in {@code SELECT * FROM {silver.product}}: each is what {@link #table} gives. */
    public Dataset<Row> sql(String statement) {
        return sql(statement, Map.of());
    }

    /** The same with further rows: {@code more} has what else stands in braces, or stands for a table in them. */
    public Dataset<Row> sql(String statement, Map<String, Dataset<Row>> more) {
        Map<String, Dataset<Row>> tables = new HashMap<>(more);
        Matcher named = BRACES.matcher(statement);
        while (named.find()) {
            tables.computeIfAbsent(named.group(1), this::table);
        }
        return lake.sql(statement, tables);
    }

    /**
     * Rows of these tables that stand in quarantine, whose entities are therefore not known as they are now. The stage declares
     * {@code ops.quarantine} and the tables.
     */
    public List<Quarantined> quarantined(List<String> tables) {
        return exists("ops.quarantine") ? Quarantined.of(this, tables, lake.contracts(), extracts) : List.of();
    }

    /** Feature views computed from these tables, for past dates. */
    public FeatureStore features() {
        return new FeatureStore(lake, this::history);
    }

    /** The description of a feature view. */
    public FeatureView view(String name) {
        return views.get(name);
    }

    /** The features of the night. @throws io.millrace.contracts.Failure of kind DATA if they are stale */
    public Dataset<Row> served(String view) {
        return features().serving(view(view), date);
    }

    /** Source name → its system. */
    public Map<String, SourceSystem> systems() {
        return systems;
    }

    /** Keeps rows that are read more than once until the stage ends. */
    public Dataset<Row> cached(Dataset<Row> rows) {
        Dataset<Row> cached = rows.persist(StorageLevel.MEMORY_AND_DISK());
        releases.push(cached::unpersist);
        return cached;
    }

    /** The same of objects. */
    public <T> JavaRDD<T> cached(JavaRDD<T> objects) {
        JavaRDD<T> cached = objects.persist(StorageLevel.MEMORY_AND_DISK());
        releases.push(cached::unpersist);
        return cached;
    }

    /** Gives every executor a value once. */
    public <T> Broadcast<T> broadcast(T value) {
        Broadcast<T> shared =
                JavaSparkContext.fromSparkContext(lake.spark().sparkContext()).broadcast(value);
        releases.push(shared::destroy);
        return shared;
    }

    /** The columns of a table of the contracts. */
    public StructType schema(String table) {
        return lake.schema(table);
    }

    /** Rows of a table of the contracts, from the driver. */
    public Dataset<Row> rows(String table, List<Row> rows) {
        return lake.rows(table, rows);
    }

    /** Makes rows of a table for the business date. */
    public RowMaker maker(String table) {
        return RowMaker.of(lake, table, date);
    }

    /** Where libraries need the session itself. */
    public SparkSession spark() {
        return lake.spark();
    }

    @Override
    public void close() {
        while (!releases.isEmpty()) {
            releases.pop().run();
        }
    }
}
