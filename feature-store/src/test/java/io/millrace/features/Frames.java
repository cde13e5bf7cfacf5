package io.millrace.features;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.TableContract;
import io.millrace.lake.Lake;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Tables in memory that look like those of the lake: what a row does not give is null. */
final class Frames {

    private final Lake lake;
    private final ContractCatalog contracts;
    private final Map<String, List<Row>> rows = new HashMap<>();

    Frames(Lake lake, ContractCatalog contracts) {
        this.lake = lake;
        this.contracts = contracts;
    }

    /** Adds a row: column, value, column, value ... Dates and times are those of java.time, decimals are text. */
    Frames add(String table, Object... columnsAndValues) {
        Map<String, Object> given = new HashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            given.put((String) columnsAndValues[i], columnsAndValues[i + 1]);
        }
        TableContract contract = contracts.get(table);
        Object[] values = contract.columns().stream()
                .map(c -> value(c.type(), given.remove(c.name())))
                .toArray();
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(table + " has no columns " + given.keySet());
        }
        rows.computeIfAbsent(table, t -> new ArrayList<>()).add(RowFactory.create(values));
        return this;
    }

    /** The table as Spark sees it, empty if nothing was added. */
    Dataset<Row> read(String table) {
        StructType schema = new StructType();
        for (var column : contracts.get(table).columns()) {
            schema = schema.add(column.name(), DataType.fromDDL(column.type()));
        }
        return lake.spark().createDataFrame(rows.getOrDefault(table, List.of()), schema);
    }

    FeatureStore store() {
        return new FeatureStore(lake, this::read);
    }

    /** Rows by column name, for assertions. */
    static List<Map<String, Object>> collect(Dataset<Row> rows) {
        List<Map<String, Object>> collected = new ArrayList<>();
        for (Row row : rows.collectAsList()) {
            Map<String, Object> values = new HashMap<>();
            for (String column : rows.columns()) {
                Object value = row.getAs(column);
                values.put(column, value instanceof Date date ? date.toLocalDate() : value);
            }
            collected.add(values);
        }
        return collected;
    }

    private static Object value(String type, Object given) {
        if (given instanceof LocalDate date) {
            return Date.valueOf(date);
        } else if (given instanceof LocalDateTime time) {
            return Timestamp.valueOf(time);
        } else if (given instanceof String text && type.startsWith("decimal")) {
            return new BigDecimal(text);
        }
        return given;
    }
}
