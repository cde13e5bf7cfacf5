package io.millrace.nightly.refine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.TestLake;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a column of a SELECT is computed from, whatever way it takes through the query. */
class LineageTest {

    private static SparkSession spark;

    @BeforeAll
    static void tables() {
        spark = TestLake.get().spark();
        StructType schema =
                new StructType().add("a", "string").add("b", "string").add("c", "string");
        for (String name : List.of("lineage_one", "lineage_two")) {
            StructType own = new StructType();
            for (String column : schema.fieldNames()) {
                own = own.add(name.substring(8) + "." + column, "string");
            }
            spark.createDataFrame(
                            JavaSparkContext.fromSparkContext(spark.sparkContext())
                                    .emptyRDD(),
                            own)
                    .toDF(own.fieldNames())
                    .createOrReplaceTempView(name);
        }
    }

    private static Set<String> of(String column, String sql) {
        String with = "WITH one AS (SELECT `one.a` AS a, `one.b` AS b, `one.c` AS c FROM lineage_one),"
                + " two AS (SELECT `two.a` AS a, `two.b` AS b, `two.c` AS c FROM lineage_two) ";
        return new Lineage(spark.sql(with + sql).queryExecution().optimizedPlan()).of(List.of(column));
    }

    @Test
    void aColumnIsMadeOfThoseThatItsExpressionsName() {
        assertThat(of("x", "SELECT a AS x, b AS y FROM one")).containsExactly("one.a");
        assertThat(of("b", "SELECT * FROM one")).containsExactly("one.b");
        assertThat(of("x", "SELECT CASE WHEN a = 'N' THEN b END AS x, c FROM one"))
                .containsExactly("one.a", "one.b");
        assertThat(of("x", "SELECT 'no' AS x, c FROM one")).isEmpty();
    }

    @Test
    void joinsUnionsAndAggregatesAreWaysLikeOthers() {
        assertThat(of("x", "SELECT coalesce(one.b, two.c) AS x FROM one LEFT JOIN two ON one.a = two.a"))
                .containsExactly("one.b", "two.c");
        assertThat(of("x", "SELECT a, max_by(b, c) AS x FROM one GROUP BY a")).containsExactly("one.b", "one.c");
        assertThat(of("x", "SELECT x FROM (SELECT a AS x FROM one UNION ALL SELECT c FROM two)"))
                .containsExactly("one.a", "two.c");
        assertThat(of(
                        "x",
                        "SELECT n = 1 AS x FROM (SELECT row_number() OVER (PARTITION BY a ORDER BY b) AS n FROM two)"))
                .containsExactly("two.a", "two.b");
    }
}
