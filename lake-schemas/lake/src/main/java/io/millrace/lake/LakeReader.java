package io.millrace.lake;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.TableContract;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Queries over the lake that change nothing. It finds the tables by their folders, so it needs no metastore and does
 * not mind a night that is writing; each query sees the last commit of each table.
 */
public final class LakeReader implements AutoCloseable {

    private final SparkSession spark;
    private final FolderCatalog catalog;

    /** @param contracts whose tables are there for a query although nothing was written to them yet */
    public LakeReader(LakeSettings settings, ContractCatalog contracts) {
        this(
                Sessions.reading("millrace sql", settings),
                new TableVersions(settings.root(), settings.hadoop()),
                contracts.all());
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

    private LakeReader(SparkSession spark, TableVersions versions, Collection<TableContract> contracts) {
        this.spark = spark;
        this.catalog = new FolderCatalog(spark, versions, contracts);
    }

    /** The rows of a query. @throws Failure of kind USAGE if it is no query, or names what is not there */
    public Dataset<Row> query(String sql) {
        try {
            LogicalPlan parsed = spark.sessionState().sqlParser().parsePlan(sql);
            catalog.register(sql);
            new ReadOnly(spark, catalog).check(parsed, sql);
            return spark.sql(sql);
        } catch (Exception e) {
            if (e instanceof ParseException || e instanceof AnalysisException) {
                throw Failure.usage(firstLine(e.getMessage()));
            }
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
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
        catalog.close();
    }
}
