package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.ContractCatalog;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake in a bucket, its metastore a service: written and read as a local one. */
class ObjectStorageIT {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

    @TempDir
    private Path temp;

    private ObjectStorage storage;
    private MetastoreService metastore;

    @BeforeEach
    void services() throws Exception {
        storage = ObjectStorage.start(temp);
        metastore = MetastoreService.start(temp, storage.hadoop());
    }

    @AfterEach
    void noServices() {
        metastore.close();
        storage.close();
    }

    @Test
    void aLakeInABucketIsWrittenAndReadAsALocalOne() {
        ContractCatalog contracts = ContractCatalog.of(Map.of(
                "level.yaml",
                "table: silver.level\nabout: Levels\nshape: keyed\nkey: [code]\ncolumns:\n"
                        + "  code: {type: string, required: true, about: The code}\n"
                        + "  level: {type: int, about: How much}\n",
                "score.yaml",
                "table: gold.score\nabout: Scores\nshape: dated\nkey: [business_date, code]\npartition-by: [business_date]\ncolumns:\n"
                        + "  business_date: {type: date, required: true, about: The night}\n"
                        + "  code: {type: string, required: true, about: The code}\n"
                        + "  score: {type: double, about: The score}\n"));
        LakeSettings settings =
                new LakeSettings(storage.bucket() + "/lake", metastore.uri(), 1, storage.spark("local[2]"));
        Lake lake = new Lake(Sessions.writing("writer", settings), contracts, settings);
        SparkSession spark = lake.spark();
        try {
            lake.merge("silver.level", levels(spark, "('a', 1), ('b', 2)"), null, new Once("t", 1));
            long first = lake.versions().latest("silver.level");
            Merged merged = lake.merge("silver.level", levels(spark, "('b', 20), ('c', 3)"), null, new Once("t", 2));
            assertThat(merged).isEqualTo(new Merged(1, 1, 0, Map.of("x", 1L)));
            assertThat(lake.merge("silver.level", levels(spark, "('d', 4)"), null, new Once("t", 2)))
                    .as("a merge that is repeated")
                    .isEqualTo(merged);
            assertThat(rows(lake.read("silver.level").select("code", "level").orderBy("code")))
                    .containsExactly("[a,1]", "[b,20]", "[c,3]");
            assertThat(rows(lake.readAt("silver.level", first)
                            .select("code", "level")
                            .orderBy("code")))
                    .containsExactly("[a,1]", "[b,2]");

            lake.append("gold.score", scores(spark, DAY, "('a', 0.1D), ('b', 0.2D)"), new Once("t", 1));
            lake.append("gold.score", scores(spark, DAY.plusDays(1), "('a', 0.3D)"), new Once("t", 2));
            lake.append("gold.score", scores(spark, DAY.plusDays(1), "('a', 0.3D)"), new Once("t", 2));
            lake.replaceDate("gold.score", DAY, scores(spark, DAY, "('a', 0.5D)"));
            assertThat(rows(spark.sql("SELECT business_date, code, score FROM gold.score ORDER BY 1, 2")))
                    .containsExactly("[2026-01-01,a,0.5]", "[2026-01-02,a,0.3]");

            assertThat(lake.versions().tables()).containsExactly("gold.score", "silver.level");
            assertThat(spark.conf().get("spark.hadoop.fs.s3a.secret.key")).isEqualTo(ObjectStorage.SECRET);
            assertThat(settings.toString()).doesNotContain(ObjectStorage.SECRET);
            assertThat(spark.sparkContext().conf().toDebugString()).doesNotContain(ObjectStorage.SECRET);
        } finally {
            Sessions.stop(spark);
        }
        try (LakeReader reader = new LakeReader(settings)) {
            assertThat(rows(reader.query("SELECT count(*) FROM silver.level"))).containsExactly("[3]");
        }
    }

    private static List<String> rows(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(Row::toString).toList();
    }

    private static Dataset<Row> levels(SparkSession spark, String values) {
        return spark.sql("SELECT code, level, date'2026-01-01' AS _business_date, false AS _deleted, 's' AS source,"
                + " 'x' AS _extract_id, 1L AS _line, date'2026-01-01' AS _known_on FROM VALUES " + values
                + " AS v(code, level)");
    }

    private static Dataset<Row> scores(SparkSession spark, LocalDate day, String values) {
        return spark.sql("SELECT date'%s' AS business_date, code, score FROM VALUES %s AS v(code, score)"
                .formatted(day, values));
    }
}
