package io.millrace.nightly.churn;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.xxhash64;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.Failure;
import io.millrace.features.FeatureView;
import io.millrace.models.churn.TrainingSet;
import io.millrace.nightly.tables.NightTables;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Active customers on several past days, with their features as known then and whether they churned, as known on the
 * business date.
 */
final class ChurnHistory {

    /** The view of features, and the column by which customers are active. */
    static final String VIEW = "customer_behaviour";

    static final String RECENCY = "recency_days";

    static final String CONTACTS = "silver.campaign_contact";

    /**
     * Whether we contacted the customer within the horizon, which changes what became of them. A feature of the training alone: without it
     * whoever is likely to leave, and was contacted for that, would seem likely to stay by themselves.
     */
    static final String CONTACTED = "contacted";

    /** Most rows that are learned from. Of a larger history whole customers are drawn, always the same ones. */
    private static final long MOST_ROWS = 200_000;

    private static final int DRAWS = 1_000_000;
    private static final Set<String> NUMBERS =
            Set.of("tinyint", "smallint", "int", "bigint", "float", "double", "boolean");

    private final NightTables in;
    private final FeatureView view;
    private final ChurnRule rule;

    ChurnHistory(NightTables in, FeatureView view, ChurnRule rule) {
        this.in = in;
        this.view = view;
        this.rule = rule;
    }

    /** The features that a model takes: the numbers of a view, and {@link #CONTACTED}. @throws Failure of kind CONFIGURATION without recency */
    static List<String> features(FeatureView view) {
        List<String> features = view.features().stream()
                .filter(c -> NUMBERS.contains(c.type()) || c.type().startsWith("decimal"))
                .map(ColumnContract::name)
                .toList();
        if (!features.contains(RECENCY)) {
            throw Failure.configuration(
                    "The view %s has no number '%s', by which customers are active; its numbers are %s"
                            .formatted(view.name(), RECENCY, features));
        }
        return Stream.concat(features.stream(), Stream.of(CONTACTED)).toList();
    }

    /** What is learned from, and how many rows there are. */
    record Drawn(TrainingSet rows, long of) {}

    /** Rows by day and customer. Days and customers without a purchase in the active window have none. */
    Drawn rows() {
        return rows(MOST_ROWS);
    }

    /** @param most rows, about, of which whole customers are drawn if there are more */
    Drawn rows(long most) {
        Dataset<Row> rows = in.cached(labelled());
        long count = rows.count();
        Dataset<Row> drawn = count <= most
                ? rows
                : rows.filter(
                        pmod(abs(xxhash64(col("customer_code"))), lit(DRAWS)).lt(DRAWS * most / count));
        return new Drawn(trainingSet(drawn.collectAsList()), count);
    }

    private Dataset<Row> labelled() {
        // Who bought since the last delivery is not known: that nobody did would make everybody churned.
        LocalDate known = in.deliveredUntil("silver.sales_line");
        List<LocalDate> dates = rule.trainingDates(known);
        Dataset<Row> bought = in.table("silver.sales_line")
                .filter(col("status").notEqual("cancelled").and(col("quantity").gt(0)))
                .select(col("customer_code"), col("order_date").as("on"), lit(0).as("churned"), lit(0).as(CONTACTED));
        // Held-back controls have a row and were not contacted.
        Dataset<Row> contacted = in.table(CONTACTS)
                .filter(col("channel").isNull().or(col("channel").notEqual("none")))
                .select(
                        col("customer_code"),
                        to_date(col("contacted_at")).as("on"),
                        lit(null).cast("int").as("churned"),
                        lit(1).as(CONTACTED));
        Dataset<Row> after = bought.union(contacted)
                .filter(col("on").leq(lit(known)))
                .withColumn(
                        "as_of", explode(array(dates.stream().map(d -> lit(d)).toArray(Column[]::new))))
                .filter(col("on").gt(col("as_of")).and(col("on").leq(date_add(col("as_of"), rule.horizon()))))
                .groupBy("customer_code", "as_of")
                .agg(max("churned").as("churned"), max(CONTACTED).as(CONTACTED));
        return in.features()
                .trainingSet(view, dates)
                .filter(col(RECENCY).lt(rule.active()))
                .join(after, new String[] {"customer_code", "as_of"}, "left")
                .withColumn(CONTACTED, coalesce(col(CONTACTED), lit(0)))
                .select(columns(features(view)));
    }

    private static Column[] columns(List<String> features) {
        Stream<Column> row = Stream.of(
                col("customer_code"),
                col("as_of"),
                coalesce(col("churned"), lit(1)).as("churned"));
        return Stream.concat(row, features.stream().map(f -> col(f).cast("double")))
                .toArray(Column[]::new);
    }

    private TrainingSet trainingSet(List<Row> rows) {
        List<Row> sorted = rows.stream()
                .sorted(Comparator.comparing((Row r) -> r.getDate(1)).thenComparing(r -> r.getString(0)))
                .toList();
        List<String> features = features(view);
        double[][] values = sorted.stream().map(r -> values(r, features.size())).toArray(double[][]::new);
        int[] labels = sorted.stream().mapToInt(r -> r.getInt(2)).toArray();
        String[] customers = sorted.stream().map(r -> r.getString(0)).toArray(String[]::new);
        long[] days = sorted.stream()
                .mapToLong(r -> r.getDate(1).toLocalDate().toEpochDay())
                .toArray();
        return new TrainingSet(features, values, labels, customers, days);
    }

    private static double[] values(Row row, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, j -> row.isNullAt(3 + j) ? Double.NaN : row.getDouble(3 + j));
        return values;
    }
}
