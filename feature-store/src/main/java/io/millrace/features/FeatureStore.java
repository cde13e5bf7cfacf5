package io.millrace.features;

import io.millrace.contracts.Failure;
import io.millrace.lake.Lake;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Computes feature views as they were known. A row of a source counts for a date where its event is not after that date
 * and it was known by then; so a row that arrived late never reaches the features of an earlier night.
 *
 * <p>What a table of silver overwrites in place (a status, a date of receipt) is seen as it is now. The views that ship
 * therefore read a receipt by its date and a response only once it has settled.
 */
public final class FeatureStore {

    private final Lake lake;
    private final Function<String, Dataset<Row>> tables;

    /** A store over the tables of {@code lake} as they are when a method is called. */
    public FeatureStore(Lake lake) {
        this(lake, lake::read);
    }

    /**
     * A store over given tables, such as those of the versions that a model was trained on.
     *
     * @param tables table name → rows
     */
    public FeatureStore(Lake lake, Function<String, Dataset<Row>> tables) {
        this.lake = lake;
        this.tables = tables;
    }

    /**
     * Features for the rows of a spine, as of their {@code as_of} and as known at their {@code known_at}.
     *
     * @param spine the view's key, {@code as_of} and {@code known_at} as dates, and any other columns, which are kept
     * @return every row of the spine once, followed by the features; an entity without visible rows has those of nobody
     */
    public Dataset<Row> asOf(FeatureView view, Dataset<Row> spine) {
        List<String> columns = List.of(spine.columns());
        requireColumns(view, columns);
        return query(view, spine, names -> new FeatureSql(view, names).asOf(names.apply("spine"), columns));
    }

    /** Features of every entity with at least one visible row, as of and as known at {@code asOf}: key, as_of, features. */
    public Dataset<Row> at(FeatureView view, LocalDate asOf) {
        return trainingSet(view, List.of(asOf));
    }

    /**
     * Features of every entity on each of several dates, as known at that date, in one pass over each source.
     *
     * @param asOfDates at least one date; a date given twice counts once
     * @return key, as_of, features; an entity has a row for each date that shows at least one row of it
     */
    public Dataset<Row> trainingSet(FeatureView view, List<LocalDate> asOfDates) {
        if (asOfDates.isEmpty()) {
            throw Failure.usage("A training set of " + view.name() + " needs at least one date");
        }
        List<LocalDate> dates = asOfDates.stream().distinct().sorted().toList();
        return query(view, null, names -> new FeatureSql(view, names).at(dates));
    }

    /**
     * Computes the features of a night and replaces that business date in the view's table; other dates stay.
     *
     * @return the table's version after the write
     */
    public long materialise(FeatureView view, LocalDate businessDate) {
        Dataset<Row> rows = at(view, businessDate).withColumnRenamed("as_of", "business_date");
        return lake.replaceDate(view.table(), businessDate, rows);
    }

    /** The newest materialised date that is not after {@code businessDate}; empty if there is none. */
    public Optional<LocalDate> newest(FeatureView view, LocalDate businessDate) {
        Row newest = tables.apply(view.table())
                .filter(functions.col("business_date").leq(functions.lit(businessDate)))
                .agg(functions.max("business_date"))
                .first();
        return newest.isNullAt(0)
                ? Optional.empty()
                : Optional.of(newest.getDate(0).toLocalDate());
    }

    /**
     * The materialised features that serve a night: those of the newest date within the view's freshness.
     *
     * @throws Failure of kind DATA if the newest is older, or there is none
     */
    public Dataset<Row> serving(FeatureView view, LocalDate businessDate) {
        LocalDate newest = newest(view, businessDate).orElse(null);
        if (newest == null || newest.plusDays(view.freshness()).isBefore(businessDate)) {
            throw Failure.data(
                    "%s is stale for %s: its newest date is %s and it may be %d days old. Run the features stage"
                            .formatted(view.table(), businessDate, newest == null ? "none" : newest, view.freshness()));
        }
        return tables.apply(view.table()).filter(functions.col("business_date").equalTo(functions.lit(newest)));
    }

    private static void requireColumns(FeatureView view, List<String> spine) {
        List<String> needed = Stream.concat(view.keyNames().stream(), Stream.of("as_of", "known_at"))
                .toList();
        if (!spine.containsAll(needed)) {
            throw Failure.usage("A spine of " + view.name() + " needs the columns " + needed + " and has " + spine);
        }
        Set<String> clash =
                view.aggregates().map(f -> f.column().name()).collect(Collectors.toCollection(TreeSet::new));
        view.derived().forEach(d -> clash.add(d.column().name()));
        clash.retainAll(spine);
        if (!clash.isEmpty()) {
            throw Failure.usage("The spine has columns that " + view.name() + " computes: " + clash + ". Rename them");
        }
    }

    private Dataset<Row> query(
            FeatureView view, Dataset<Row> spine, Function<UnaryOperator<String>, String> statement) {
        Map<String, Dataset<Row>> inputs = new HashMap<>();
        view.tables().forEach(table -> inputs.put(table, tables.apply(table)));
        if (spine != null) {
            inputs.put("spine", spine);
        }
        return lake.sql(statement.apply(name -> "{" + name + "}"), inputs);
    }
}
