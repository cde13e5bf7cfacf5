package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.ContractCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake on a metastore that is a service, as several processes share it. */
class ThriftMetastoreIT {

    @TempDir
    private Path temp;

    private MetastoreService metastore;

    @BeforeEach
    void aMetastore() throws Exception {
        metastore = MetastoreService.start(temp, Map.of());
    }

    @AfterEach
    void noMetastore() {
        metastore.close();
    }

    private static List<String> rows(SparkSession spark, String sql) {
        return spark.sql(sql).collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    void whatOneSessionWritesAnyOtherFindsByNameWithItsComments() {
        ContractCatalog contracts = ContractCatalog.of(Map.of(
                "level.yaml",
                "table: silver.level\nabout: Levels\nshape: keyed\nkey: [code]\ncolumns:\n"
                        + "  code: {type: string, required: true, about: The code}\n"
                        + "  level: {type: int, unit: units, about: How much}\n"));
        LakeSettings settings = new LakeSettings(
                temp.resolve("lake").toString(), metastore.uri(), 1, Map.of("spark.master", "local[1]"));
        Lake lake = new Lake(Sessions.writing("writer", settings), contracts, settings);
        lake.merge("silver.level", changes(lake.spark(), "('a', 1), ('b', 2)"), null, new Once("t", 1));
        Merged merged =
                lake.merge("silver.level", changes(lake.spark(), "('b', 20), ('c', 3)"), null, new Once("t", 2));
        assertThat(merged).isEqualTo(new Merged(1, 1, 0, Map.of("x", 1L)));
        Sessions.stop(lake.spark());

        // Nothing of ours: what anybody's Spark SQL needs to read Delta tables of a metastore.
        SparkSession plain = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.hadoop.hive.metastore.uris", metastore.uri())
                .config("spark.sql.warehouse.dir", temp.resolve("elsewhere").toString())
                .enableHiveSupport()
                .getOrCreate();
        try {
            assertThat(rows(plain, "SHOW TABLES IN silver")).containsExactly("[silver,level,false]");
            assertThat(rows(plain, "SELECT code, level FROM silver.level ORDER BY code"))
                    .containsExactly("[a,1]", "[b,20]", "[c,3]");
            assertThat(rows(plain, "DESCRIBE TABLE silver.level")).contains("[level,int,How much [units]]");
            assertThat(rows(plain, "DESCRIBE TABLE EXTENDED silver.level")).contains("[Comment,Levels,]");
        } finally {
            Sessions.stop(plain);
        }
    }

    private static org.apache.spark.sql.Dataset<Row> changes(SparkSession spark, String values) {
        return spark.sql("SELECT code, level, date'2026-01-01' AS _business_date, false AS _deleted, 's' AS source,"
                + " 'x' AS _extract_id, 1L AS _line, date'2026-01-01' AS _known_on FROM VALUES " + values
                + " AS v(code, level)");
    }
}
