package io.millrace.nightly.refine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import io.millrace.nightly.ingest.BronzeTable;
import io.millrace.nightly.plan.Night;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of ops.quarantine, with the delivered row beside the reason. */
final class Quarantine {

    private static final int RAW_LIMIT = 4096;

    private final Night night;
    private final String source;
    private final String from;
    private final String table;
    private final String entity;

    /** @param table the table that refuses the rows of {@code from} */
    Quarantine(Night night, String source, String from, String table) {
        this.night = night;
        this.source = source;
        this.from = from;
        this.table = table;
        this.entity = entity(night, table);
    }

    /** The codes of a mapped row and its key as JSON, so that decisions find what it is about without reading it as delivered. */
    private static String entity(Night night, String table) {
        List<String> columns = night.contracts()
                .find(table)
                .map(c -> c.ownColumns().stream()
                        .map(ColumnContract::name)
                        .filter(name -> name.endsWith("_code") || c.key().contains(name))
                        .toList())
                .orElse(List.of());
        String fields = columns.stream()
                .map(c -> "'%1$s', CAST(`%1$s` AS string)".formatted(c))
                .collect(Collectors.joining(", "));
        return columns.isEmpty() ? "CAST(NULL AS string)" : "nullif(to_json(named_struct(" + fields + ")), '{}')";
    }

    /** What broke a rule of the contract. */
    Dataset<Row> rows(Dataset<Row> ranked, Collection<String> extracts) {
        Dataset<Row> bad = ranked.filter("_rule IS NOT NULL")
                .selectExpr("_extract_id AS e", "_line AS l", "_rule AS r", "_reason AS w", entity + " AS n");
        // What is sent to every task goes through the driver, and either side may be as large as the delivery.
        Dataset<Row> delivered =
                delivered(extracts).filter("_malformed IS NULL").hint("merge");
        return select(
                bad.join(delivered, col("e").equalTo(col("_extract_id")).and(col("l").equalTo(col("_line")))),
                "r",
                "coalesce(w, r)",
                "n");
    }

    /** What could not be split into fields. */
    Dataset<Row> malformed(Collection<String> extracts) {
        return select(
                delivered(extracts).filter("_malformed IS NOT NULL"),
                "'readable'",
                "'the line is no record: it has other fields than the header, or is no JSON object'",
                "CAST(NULL AS string)");
    }

    private Dataset<Row> delivered(Collection<String> extracts) {
        SourceTable described = night.systems().get(source).tables().get(from);
        return night.lake()
                .read(BronzeTable.contract(source, from, described, List.of()))
                .filter(col("_extract_id").isInCollection(extracts));
    }

    private Dataset<Row> select(Dataset<Row> rows, String rule, String reason, String about) {
        String fields = java.util.Arrays.stream(
                        night.lake().read(SourceSystem.bronze(source, from)).columns())
                .filter(c -> !c.startsWith("_"))
                .map(c -> "`" + c + "`")
                .collect(Collectors.joining(", "));
        return rows.select(
                expr("_business_date AS business_date"),
                expr("'" + table + "' AS table_name"),
                expr(rule + " AS rule"),
                expr(reason + " AS reason"),
                expr("_source AS source"),
                expr("coalesce(_file, _query) AS file"),
                expr("_line AS line"),
                expr("left(coalesce(_malformed, to_json(struct(" + fields + "))), " + RAW_LIMIT + ") AS raw"),
                expr("_extract_id AS extract_id"),
                expr("'" + night.runId() + "' AS run_id"),
                expr(about + " AS entity"),
                expr("CAST(NULL AS date) AS redriven_on"));
    }
}
