package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.Failure;
import io.millrace.contracts.Rule;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.SourceColumn;
import io.millrace.contracts.yaml.Problems;
import io.millrace.lake.Lake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Mapped rows, typed and checked: the contract's own columns, {@code _row}, {@code _deleted}, {@code _rule} and
 * {@code _reason} of the first rule that a row breaks (null for a good one), and {@code _warned}, how many rules it
 * breaks that only warn.
 */
final class RowChecks {

    private final Lake lake;
    private final TableContract contract;
    private final Optional<String> currency;
    private final List<String> violations = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** @param currency what amounts are converted to, or empty if they stay as they are */
    RowChecks(Lake lake, TableContract contract, Optional<String> currency) {
        this.lake = lake;
        this.contract = contract;
        this.currency = currency;
    }

    /** @throws Failure of kind CONFIGURATION if the columns of {@code mapped} are none that the table takes */
    Dataset<Row> apply(Dataset<Row> mapped) {
        return SourceViews.understood("The SELECT that fills " + contract.name(), () -> checked(mapped));
    }

    private Dataset<Row> checked(Dataset<Row> mapped) {
        Set<String> present = Arrays.stream(mapped.columns()).collect(Collectors.toSet());
        requireNoTypo(present);
        if (present.contains("_reject")) {
            violations.add(violation("_reject IS NOT NULL", "'mapping'", "_reject"));
        }
        List<Column> columns = new ArrayList<>();
        for (ColumnContract c : contract.ownColumns()) {
            columns.add(
                    present.contains(c.name())
                            ? typed(c, mapped.schema().apply(c.name()).dataType())
                            : lit(null).cast(c.type()).as(c.name()));
            if (present.contains(c.name()) && !c.type().equals("string")) {
                columns.add(col(c.name()).cast("string").as("_raw_" + c.name()));
                violations.add(violation(
                        "_raw_%1$s IS NOT NULL AND `%1$s` IS NULL".formatted(c.name()),
                        "'type'",
                        "concat('%1$s: \\'', left(_raw_%1$s, 200), '\\' is no %2$s')".formatted(c.name(), c.type())));
            }
        }
        columns.add(col("_row"));
        // A rule may ask how far a date lies from that of its extract.
        columns.add(expr("_row._business_date AS _business_date"));
        columns.add(expr("_row._gone = 1 AS _deleted"));
        if (present.contains("_reject")) {
            columns.add(col("_reject"));
        }
        Dataset<Row> rows = mapped.select(columns.toArray(Column[]::new));
        if (currency.isPresent()) {
            rows = new Money(lake, contract, currency.get()).converted(rows);
            violations.add(violation("NOT _deleted AND _unconverted IS NOT NULL", "'currency_known'", "_unconverted"));
        }
        for (Rule rule : contract.rules()) {
            rows = rule.kind() == Rule.Kind.REFERS_TO ? withReference(rows, rule) : withRule(rows, rule);
        }
        String first = violations.isEmpty() ? "NULL" : "coalesce(" + String.join(", ", violations) + ")";
        String warned = warnings.isEmpty()
                ? "0"
                : warnings.stream().map(w -> "CAST(" + w + " AS int)").collect(Collectors.joining(" + "));
        return rows.withColumn(
                        "_violation",
                        expr(violations.isEmpty() ? "CAST(NULL AS struct<rule:string,reason:string>)" : first))
                .withColumn("_rule", expr("_violation.rule"))
                .withColumn("_reason", expr("_violation.reason"))
                .withColumn("_warned", expr(warned))
                .select(concat(
                        contract.ownColumns().stream().map(c -> col(c.name())).toList(),
                        List.of(col("_row"), col("_deleted"), col("_rule"), col("_reason"), col("_warned"))));
    }

    /** What a SELECT gives beside the table's columns is nobody's; what is nearly one of those that it leaves out was meant to be it, and would be empty. */
    private void requireNoTypo(Set<String> given) {
        List<String> own =
                contract.ownColumns().stream().map(ColumnContract::name).toList();
        List<String> left = own.stream().filter(c -> !given.contains(c)).toList();
        given.stream()
                .filter(c -> !c.startsWith("_") && !own.contains(c))
                .sorted()
                .filter(c -> !Problems.didYouMean(c, left).isEmpty())
                .findFirst()
                .ifPresent(c -> {
                    throw Failure.configuration("The SELECT that fills %s gives %s, which is no column of it%s"
                            .formatted(contract.name(), c, Problems.didYouMean(c, left)));
                });
    }

    /**
     * Decimals are rounded half up to the contract's scale by the cast; text that is no number becomes null, and so does text that is not a
     * whole day where one belongs, which a cast would complete from the clock.
     */
    private static Column typed(ColumnContract c, DataType delivered) {
        if (c.type().equals("string")) {
            return col(c.name()).cast("string").as(c.name());
        }
        String cast = "try_cast(`%s` AS %s)".formatted(c.name(), c.type());
        boolean isMoment = c.type().equals("date") || c.type().equals("timestamp");
        return expr(isMoment && delivered.equals(DataTypes.StringType)
                        ? "IF(%s, %s, NULL)".formatted(SourceColumn.isMoment("`" + c.name() + "`"), cast)
                        : cast)
                .as(c.name());
    }

    private Dataset<Row> withRule(Dataset<Row> rows, Rule rule) {
        if (rule.isRowLocal()) {
            note(rule, rule.violationSql(), reason(rule));
            return rows;
        }
        // UNIQUE: of several good rows with the same values, all but the latest break the rule.
        String unique = "_unique_" + violations.size();
        String by = rule.columns().stream().map(c -> "`" + c + "`").collect(Collectors.joining(", "));
        Dataset<Row> counted =
                rows.withColumn(unique, expr("row_number() OVER (PARTITION BY " + by + " ORDER BY _row DESC)"));
        note(rule, unique + " > 1", reason(rule));
        return counted;
    }

    private Dataset<Row> withReference(Dataset<Row> rows, Rule rule) {
        String column = rule.columns().get(0);
        String found = "_found_" + (violations.size() + warnings.size());
        Dataset<Row> target =
                lake.read(rule.table()).select(col(column).as(found)).distinct();
        note(rule, "`" + column + "` IS NOT NULL AND " + found + " IS NULL", reason(rule));
        return rows.join(broadcast(target), rows.col(column).equalTo(target.col(found)), "left");
    }

    /** A deletion need not hold to the rules: it says nothing but which key goes. */
    private void note(Rule rule, String violated, String reason) {
        String condition = "NOT _deleted AND (" + violated + ")";
        if (rule.severity() == Rule.Severity.WARN) {
            warnings.add("coalesce(" + condition + ", false)");
        } else {
            String prefix = rule.severity() == Rule.Severity.REFUSE ? "refuse:" : "";
            violations.add(violation(condition, "'" + prefix + rule.name() + "'", reason));
        }
    }

    private static String violation(String condition, String rule, String reason) {
        return "CASE WHEN " + condition + " THEN named_struct('rule', " + rule + ", 'reason', " + reason + ") END";
    }

    private static String reason(Rule rule) {
        String text = rule.reason().replace("\\", "\\\\").replace("'", "\\'");
        if (rule.columns().isEmpty() || rule.kind() == Rule.Kind.COMPLETE) {
            return "'" + text + "'";
        }
        return "concat('%s: it is ', left(CAST(`%s` AS string), 200))"
                .formatted(text, rule.columns().get(0));
    }

    private static Column[] concat(List<Column> a, List<Column> b) {
        List<Column> all = new ArrayList<>(a);
        all.addAll(b);
        return all.toArray(Column[]::new);
    }
}
