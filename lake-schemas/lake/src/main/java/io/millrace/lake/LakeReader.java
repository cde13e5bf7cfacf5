package io.millrace.lake;

import io.millrace.contracts.Failure;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;

/**
 * Queries over the lake that change nothing. It finds the tables by their folders, so it needs no metastore and does
 * not mind a night that is writing; each query sees the last commit of each table.
 */
public final class LakeReader implements AutoCloseable {

    /** Blanks, comments and opening parentheses may stand before the first word. */
    private static final String START = "(?is)(?:\\s|\\(|--[^\\n]*\\n|/\\*.*?\\*/)*";

    private static final Pattern ASKS =
            Pattern.compile(START + "(select|with|values|from|table|show|describe|desc|explain)\\b.*");
    private static final Pattern QUERY = Pattern.compile(START + "(select|with|values|from|table)\\b.*");

    private final SparkSession spark;
    private final TableVersions versions;

    public LakeReader(LakeSettings settings) {
        this(Sessions.reading("millrace sql", settings), new TableVersions(settings.root(), settings.hadoop()));
    }

    /** Reads in a session that is there. */
    LakeReader(SparkSession spark, TableVersions versions) {
        this.spark = spark;
        this.versions = versions;
    }

    /** The rows of a query. @throws Failure of kind USAGE where it is no query, or names what is not there */
    public Dataset<Row> query(String sql) {
        try {
            refuseWrites(sql);
            registerTables(sql);
            return spark.sql(sql);
        } catch (Exception e) {
            if (e instanceof ParseException || e instanceof AnalysisException) {
                throw Failure.usage(firstLine(e.getMessage()));
            }
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        }
    }

    private void refuseWrites(String sql) throws ParseException {
        LogicalPlan plan = spark.sessionState().sqlParser().parsePlan(sql);
        // An INSERT may stand behind a WITH, or several behind a FROM.
        boolean writes = QUERY.matcher(sql).matches()
                && plan.exists(node -> node instanceof Command || node instanceof ParsedStatement);
        if (!ASKS.matcher(sql).matches() || writes) {
            throw Failure.usage("sql only reads: SELECT, WITH, SHOW, DESCRIBE, EXPLAIN");
        }
    }

    /** Only the tables that the query may name: each costs a look at its log. */
    private void registerTables(String sql) {
        String text = sql.toLowerCase(Locale.ROOT).replace("`", "");
        boolean all = !QUERY.matcher(sql).matches();
        for (String table : versions.tables()) {
            if (all || text.contains(table.substring(table.indexOf('.') + 1))) {
                String database = table.substring(0, table.indexOf('.'));
                spark.sql("CREATE DATABASE IF NOT EXISTS %s LOCATION '%s'"
                        .formatted(database, versions.path(database).toString().replace("'", "\\'")));
                spark.sql("CREATE TABLE IF NOT EXISTS %s USING delta LOCATION '%s'"
                        .formatted(table, versions.path(table).toString().replace("'", "\\'")));
            }
        }
    }

    /** What Spark says before it shows its plan. */
    private static String firstLine(String message) {
        return message.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(message)
                .replaceFirst(";\\s*$", "");
    }

    @Override
    public void close() {
        Sessions.stop(spark);
    }
}
