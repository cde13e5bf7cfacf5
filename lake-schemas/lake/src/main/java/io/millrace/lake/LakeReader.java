package io.millrace.lake;

import io.millrace.contracts.Column;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.TableContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Queries over the lake that change nothing. It finds the tables by their folders, so it needs no metastore and does
 * not mind a night that is writing; each query sees the last commit of each table.
 */
public final class LakeReader implements AutoCloseable {

    /** Blanks, comments and opening parentheses may stand before the first word. */
    private static final Pattern QUERY =
            Pattern.compile("(?is)(?:\\s|\\(|--[^\\n]*\\n|/\\*.*?\\*/)*(select|with|values|from|table)\\b.*");

    private final SparkSession spark;
    private final TableVersions versions;
    /** Tables that the lake has once they are written. */
    private final List<TableContract> contracts;

    private Path nothing;

    /** @param contracts whose tables are there for a query although nothing was written to them yet */
    public LakeReader(LakeSettings settings, ContractCatalog contracts) {
        this(
                Sessions.reading("millrace sql", settings),
                new TableVersions(settings.root(), settings.hadoop()),
                List.copyOf(contracts.all()));
    }

    /** Reads what was written. */
    public LakeReader(LakeSettings settings) {
        this(
                Sessions.reading("millrace sql", settings),
                new TableVersions(settings.root(), settings.hadoop()),
                List.of());
    }

    /** Reads in a session that is there. */
    LakeReader(SparkSession spark, TableVersions versions) {
        this(spark, versions, List.of());
    }

    private LakeReader(SparkSession spark, TableVersions versions, List<TableContract> contracts) {
        this.spark = spark;
        this.versions = versions;
        this.contracts = contracts;
    }

    private Set<String> known() {
        Set<String> known = new TreeSet<>(versions.tables());
        contracts.forEach(contract -> known.add(contract.name()));
        return known;
    }

    /** The rows of a query. @throws Failure of kind USAGE if it is no query, or names what is not there */
    public Dataset<Row> query(String sql) {
        try {
            spark.sessionState().sqlParser().parsePlan(sql);
            registerTables(sql);
            new ReadOnly(spark, versions, known()).check(sql);
            return spark.sql(sql);
        } catch (Exception e) {
            if (e instanceof ParseException || e instanceof AnalysisException) {
                throw Failure.usage(firstLine(e.getMessage()));
            }
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        }
    }

    /** Only the tables that the query may name: each costs a look at its log. */
    private void registerTables(String sql) {
        String text = sql.toLowerCase(Locale.ROOT).replace("`", "");
        boolean all = !QUERY.matcher(sql).matches();
        List<String> written = versions.tables();
        for (TableContract contract : contracts) {
            if (!written.contains(contract.name()) && text.contains(contract.table())) {
                registerEmpty(contract);
            }
        }
        for (String table : written) {
            if (all || text.contains(table.substring(table.indexOf('.') + 1))) {
                String database = table.substring(0, table.indexOf('.'));
                spark.sql("CREATE DATABASE IF NOT EXISTS %s LOCATION '%s'"
                        .formatted(database, versions.path(database).toString().replace("'", "\\'")));
                spark.sql("CREATE TABLE IF NOT EXISTS %s USING delta LOCATION '%s'"
                        .formatted(table, versions.path(table).toString().replace("'", "\\'")));
            }
        }
    }

    /** In the catalogue of this session alone: asking for a table does not create it. */
    private void registerEmpty(TableContract contract) {
        spark.sql("CREATE DATABASE IF NOT EXISTS %s LOCATION '%s'"
                .formatted(contract.database(), empty(contract.database())));
        StructType schema = new StructType();
        for (Column column : contract.columns()) {
            schema = schema.add(column.name(), DataType.fromDDL(column.type()));
        }
        spark.sql("CREATE TABLE IF NOT EXISTS %s (%s) USING parquet LOCATION '%s'"
                .formatted(contract.name(), schema.toDDL(), empty(contract.name())));
    }

    /** A folder without files. */
    private Path empty(String name) {
        try {
            if (nothing == null) {
                nothing = Files.createTempDirectory("millrace-nothing");
            }
            return Files.createDirectories(nothing.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        if (nothing != null) {
            FileUtils.deleteQuietly(nothing.toFile());
        }
    }
}
