package io.millrace.lake;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.Rule;
import io.millrace.contracts.TableContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** From contracts to Spark schemas and back to rows that hold to them. */
final class Schemas {

    private Schemas() {}

    /** The contract's columns with their comments. Spark keeps every column nullable; the rules say what may be empty. */
    static StructType of(TableContract contract) {
        StructField[] fields = contract.columns().stream()
                .map(c -> new StructField(c.name(), DataType.fromDDL(c.type()), true, Metadata.empty())
                        .withComment(c.comment()))
                .toArray(StructField[]::new);
        return new StructType(fields);
    }

    /**
     * {@code rows} with the contract's columns in its order and types, each REFUSE rule compiled into the rows so that
     * a violation fails the write without a job of its own. Columns beyond the contract are kept only where
     * {@code carryUnknown}.
     *
     * @throws IllegalStateException where a column of the contract is missing: a stage that forgets one is a bug
     */
    static Dataset<Row> conformed(TableContract contract, Dataset<Row> rows, boolean carryUnknown) {
        Set<String> present = Arrays.stream(rows.columns()).collect(Collectors.toSet());
        List<Column> selected = new ArrayList<>();
        for (ColumnContract c : contract.columns()) {
            if (!present.contains(c.name())) {
                throw new IllegalStateException("A write to " + contract.name() + " lacks the column " + c.name());
            }
            selected.add(functions.col("`" + c.name() + "`").cast(c.type()).as(c.name(), commented(c)));
        }
        if (carryUnknown) {
            Set<String> known =
                    contract.columns().stream().map(ColumnContract::name).collect(Collectors.toSet());
            Arrays.stream(rows.columns())
                    .filter(c -> !known.contains(c))
                    .forEach(c -> selected.add(functions.col("`" + c + "`")));
        }
        return refusing(contract, rows.select(selected.toArray(Column[]::new)));
    }

    private static Metadata commented(ColumnContract column) {
        return new MetadataBuilder().putString("comment", column.comment()).build();
    }

    private static Dataset<Row> refusing(TableContract contract, Dataset<Row> rows) {
        List<Rule> rules = contract.rules().stream()
                .filter(r -> r.severity() == Rule.Severity.REFUSE && r.isRowLocal())
                .toList();
        if (rules.isEmpty()) {
            return rows;
        }
        StringBuilder check = new StringBuilder("CASE");
        for (Rule rule : rules) {
            String message = "refused by %s: rule %s: %s".formatted(contract.name(), rule.name(), rule.reason());
            check.append(" WHEN ")
                    .append(rule.violationSql())
                    .append(" THEN raise_error('")
                    .append(message.replace("\\", "\\\\").replace("'", "\\'"))
                    .append("')");
        }
        String first = rows.columns()[0];
        // raise_error must stand where its value is used, or the optimizer drops it: it guards the first column.
        check.append(" ELSE `").append(first).append("` END");
        return rows.withColumn(first, functions.expr(check.toString()));
    }
}
