package io.millrace.nightly.tables;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.TableContract;
import io.millrace.lake.Lake;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * Makes rows of a table by the names of its contract's columns, on the driver or on executors. The business date is filled in, and
 * of a decision its identifier.
 */
public final class RowMaker implements Serializable {

    private static final String BUSINESS_DATE = "business_date";
    private static final String DECISION_ID = "decision_id";

    private final String table;
    private final LocalDate date;
    private final StructType schema;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> required;
    private final List<String> identifiedBy;

    private RowMaker(TableContract contract, StructType schema, LocalDate date, List<String> identifiedBy) {
        this.table = contract.name();
        this.date = date;
        this.schema = schema;
        this.identifiedBy = List.copyOf(identifiedBy);
        for (int i = 0; i < schema.length(); i++) {
            places.put(schema.apply(i).name(), i);
        }
        this.required = contract.columns().stream()
                .filter(ColumnContract::required)
                .map(ColumnContract::name)
                .toList();
    }

    /** Rows of a table for a business date. */
    public static RowMaker of(Lake lake, String table, LocalDate date) {
        return new RowMaker(lake.contracts().get(table), lake.schema(table), date, List.of());
    }

    /**
     * Rows of a table of decisions.
     *
     * @param key columns that say what is decided about; with the table and the date they make the identifier
     */
    public static RowMaker ofDecisions(Lake lake, String table, LocalDate date, List<String> key) {
        return new RowMaker(lake.contracts().get(table), lake.schema(table), date, key);
    }

    /** Starts a row. */
    public Draft row() {
        return new Draft(new Object[schema.length()]);
    }

    /** The identifier of the night's decision about what the key columns say, in their order. */
    public String id(String... key) {
        return DecisionId.of(table.substring(table.indexOf('.') + 1), date, key);
    }

    /** Makes rows out of each row of a data set, where it is. */
    public Dataset<Row> flatMap(Dataset<Row> rows, FlatMapFunction<Row, Row> function) {
        return rows.flatMap(function, Encoders.row(schema));
    }

    /** Makes rows out of each partition of a data set, where it is. */
    public Dataset<Row> mapPartitions(Dataset<Row> rows, MapPartitionsFunction<Row, Row> function) {
        return rows.mapPartitions(function, Encoders.row(schema));
    }

    /** A row that is being filled. */
    public final class Draft {

        private final Object[] values;

        private Draft(Object[] values) {
            this.values = values;
        }

        /**
         * Fills a column. Doubles become decimals of the column's scale, rounded half up, where it is a decimal; local dates and
         * instants become those of SQL.
         *
         * @throws IllegalStateException where the table has no such column
         */
        public Draft put(String column, Object value) {
            Integer place = places.get(column);
            if (place == null) {
                throw new IllegalStateException(
                        "%s has no column '%s' but %s".formatted(table, column, List.of(schema.fieldNames())));
            }
            values[place] = converted(value, schema.apply(place).dataType());
            return this;
        }

        /** Fills several columns. */
        public Draft putAll(Map<String, ?> columns) {
            columns.forEach(this::put);
            return this;
        }

        /** The row. @throws IllegalStateException where a column that the contract requires is empty */
        public Row done() {
            if (places.containsKey(BUSINESS_DATE)) {
                put(BUSINESS_DATE, date);
            }
            if (!identifiedBy.isEmpty()) {
                put(DECISION_ID, id(identifiedBy.stream().map(this::text).toArray(String[]::new)));
            }
            for (String column : required) {
                if (values[places.get(column)] == null) {
                    throw new IllegalStateException("A row of %s has no %s".formatted(table, column));
                }
            }
            return RowFactory.create(values);
        }

        private String text(String column) {
            Object value = values[places.get(column)];
            // As text a moment of SQL depends on where the machine stands.
            return String.valueOf(value instanceof Timestamp moment ? moment.toInstant() : value);
        }
    }

    private static Object converted(Object value, DataType type) {
        if (value instanceof LocalDate day) {
            return Date.valueOf(day);
        }
        if (value instanceof Instant moment) {
            return Timestamp.from(moment);
        }
        if (type instanceof DecimalType decimal && value instanceof Number number) {
            BigDecimal exact = number instanceof BigDecimal given ? given : new BigDecimal(number.toString());
            return exact.setScale(decimal.scale(), RoundingMode.HALF_UP);
        }
        if (type.equals(DataTypes.LongType) && value instanceof Integer number) {
            return number.longValue();
        }
        return value;
    }
}
