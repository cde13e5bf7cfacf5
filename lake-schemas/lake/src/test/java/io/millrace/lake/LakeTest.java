package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.TableContract;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LakeTest {

    private static final AtomicInteger TABLES = new AtomicInteger();

    private Lake lake;
    private SparkSession spark;
    private String keyed;
    private String history;
    private String dated;

    @BeforeEach
    void freshTables() {
        int n = TABLES.incrementAndGet();
        keyed = "silver.level" + n;
        history = "silver.thing" + n;
        dated = "gold.score" + n;
        lake = TestLake.at(
                TestLake.root(),
                ContractCatalog.of(Map.of(
                        "level.yaml",
                        "table: %s\nabout: Levels\nshape: keyed\nkey: [code]\ncolumns:\n".formatted(keyed)
                                + "  code: {type: string, required: true, about: The code}\n"
                                + "  level: {type: int, unit: units, about: How much}\n",
                        "thing.yaml",
                        "table: %s\nabout: Things\nshape: history\nkey: [code]\ncolumns:\n".formatted(history)
                                + "  code: {type: string, required: true, about: The code}\n"
                                + "  name: {type: string, pii: name, about: Its name}\n",
                        "score.yaml",
                        "table: %s\nabout: Scores\nshape: dated\nkey: [business_date, code]\npartition-by: [business_date]\ncolumns:\n"
                                        .formatted(dated)
                                + "  business_date: {type: date, required: true, about: The night}\n"
                                + "  code: {type: string, required: true, about: The code}\n"
                                + "  score: {type: double, about: The score}\n"
                                + "rules:\n  - {rule: range, column: score, min: 0, max: 1, severity: refuse}\n")));
        spark = lake.spark();
    }

    private Dataset<Row> changes(String values, String last) {
        return spark.sql(
                "SELECT code, %s, date'2026-01-01' + day AS _business_date, deleted AS _deleted, 's' AS source,"
                                .formatted(last)
                        + " 'x' AS _extract_id, 1L AS _line, date'2026-01-01' + day AS _known_on FROM VALUES " + values
                        + " AS v(code, " + last + ", day, deleted)");
    }

    private List<String> rows(String sql) {
        return spark.sql(sql).collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    void aTableIsKnownToTheMetastoreWithItsComments() {
        lake.merge(keyed, changes("('a', 1, 0, false)", "level"), null, new Once("t", 1));

        assertThat(rows("SELECT code, level FROM " + keyed)).containsExactly("[a,1]");
        assertThat(rows("DESCRIBE TABLE " + keyed)).contains("[level,int,How much [units]]");
        assertThat(rows("DESCRIBE TABLE EXTENDED " + keyed)).anyMatch(r -> r.contains("Levels"));
    }

    @Test
    void statisticsAreKeptOfWhatRowsAreLookedUpByAndOfNothingElse() {
        lake.merge(keyed, changes("('a', 1, 0, false)", "level"), null, new Once("t", 1));

        assertThat(rows("SHOW TBLPROPERTIES " + keyed))
                .anyMatch(r -> r.startsWith("[delta.dataSkippingStatsColumns,")
                        && r.contains("`code`")
                        && r.contains("`_business_date`")
                        && r.contains("`_extract_id`")
                        && !r.contains("`level`"));
    }

    @Test
    void aMergeInsertsUpdatesAndDeletesByKey() {
        lake.merge(
                keyed,
                changes("('a', 1, 0, false), ('b', 2, 0, false), ('c', 3, 0, false)", "level"),
                null,
                new Once("t", 1));

        Merged merged = lake.merge(
                keyed,
                changes("('a', 1, 1, false), ('b', 20, 1, false), ('c', null, 1, true), ('d', 4, 1, false)", "level"),
                null,
                new Once("t", 2));

        assertThat(merged).isEqualTo(new Merged(1, 1, 1, Map.of("x", 1L)));
        assertThat(rows("SELECT code, level FROM " + keyed + " ORDER BY code"))
                .containsExactly("[a,1]", "[b,20]", "[d,4]");
    }

    @Test
    void theSameChangesAgainCommitNothing() {
        Dataset<Row> changes = changes("('a', 1, 0, false), ('b', 2, 0, false)", "level");
        lake.merge(keyed, changes, null, new Once("t", 1));
        long version = lake.versions().latest(keyed);

        assertThat(lake.merge(keyed, changes, null, new Once("t", 2)).isNothing())
                .isTrue();
        assertThat(lake.versions().latest(keyed)).isEqualTo(version);
    }

    @Test
    void aNameThatTheMetastoreKnowsFromAnotherLakeDoesNotMisleadAMerge() throws java.io.IOException {
        lake.merge(keyed, changes("('a', 1, 0, false)", "level"), null, new Once("t", 1));
        Lake other = TestLake.at(java.nio.file.Files.createTempDirectory("other-lake"), lake.contracts());
        other.merge(keyed, changes("('a', 5, 0, false)", "level"), null, new Once("t", 1));

        assertThat(other.merge(keyed, changes("('a', 6, 1, false)", "level"), null, new Once("t", 2)))
                .isEqualTo(new Merged(0, 1, 0, Map.of()));
        assertThat(other.read(keyed).select("level").collectAsList()).hasSize(1);
    }

    @Test
    void aWriteWithANumberThatWasCommittedIsSkipped() {
        lake.merge(keyed, changes("('a', 1, 0, false)", "level"), null, new Once("t", 5));
        lake.merge(keyed, changes("('a', 2, 1, false)", "level"), null, new Once("t", 6));
        Merged again = lake.merge(keyed, changes("('b', 3, 2, false)", "level"), null, new Once("t", 6));

        assertThat(again).isEqualTo(new Merged(0, 1, 0, Map.of()));

        assertThat(rows("SELECT code, level FROM " + keyed)).containsExactly("[a,2]");
    }

    @Test
    void everyCommitSaysInWhichTenureItWasMade() {
        lake.tenure(7);
        lake.merge(keyed, changes("('a', 1, 0, false)", "level"), null, new Once("t", 1));
        lake.merge(keyed, changes("('a', 2, 1, false)", "level"), null, new Once("t", 2));
        lake.delete(keyed, "code = 'a'");

        assertThat(spark.sql("DESCRIBE HISTORY " + keyed).select("userMetadata").collectAsList())
                .hasSize(4)
                .allMatch(said -> said.getString(0).contains("\"tenure\":7"));
        assertThat(lake.merge(keyed, changes("('a', 2, 1, false)", "level"), null, new Once("t", 2)))
                .as("what it did is still told")
                .isEqualTo(new Merged(0, 1, 0, Map.of()));
    }

    @Test
    void aLateDeliveryForAnEarlierDateOverridesNothingNewer() {
        lake.merge(keyed, changes("('a', 2, 5, false)", "level"), null, new Once("t", 1));
        lake.merge(keyed, changes("('a', 1, 3, false), ('b', 1, 3, false)", "level"), null, new Once("t", 2));

        assertThat(rows("SELECT code, level FROM " + keyed + " ORDER BY code")).containsExactly("[a,2]", "[b,1]");
    }

    @Test
    void aFullDeliveryRemovesWhatItNoLongerHoldsAndKeepsOtherSources() {
        lake.merge(keyed, changes("('a', 1, 0, false), ('b', 2, 0, false)", "level"), null, new Once("t", 1));
        lake.merge(
                keyed,
                changes("('x', 9, 0, false)", "level")
                        .withColumn("source", org.apache.spark.sql.functions.lit("other")),
                null,
                new Once("o", 1));

        lake.merge(
                keyed,
                changes("('a', 1, 1, false)", "level"),
                new Removal("s", java.time.LocalDate.of(2026, 1, 2), false),
                new Once("t", 2));

        assertThat(rows("SELECT code FROM " + keyed + " ORDER BY code")).containsExactly("[a]", "[x]");
    }

    @Test
    void historyKeepsASpanForEachChangeWhateverTheOrderOfDeliveries() {
        lake.merge(history, changes("('a', 'one', 0, false), ('b', 'bee', 0, false)", "name"), null, new Once("t", 1));
        lake.merge(history, changes("('a', 'three', 9, false)", "name"), null, new Once("t", 2));
        lake.merge(history, changes("('a', 'two', 5, false)", "name"), null, new Once("t", 3));
        lake.merge(
                history, changes("('a', 'three', 12, false), ('b', null, 12, true)", "name"), null, new Once("t", 4));

        assertThat(rows("SELECT code, name, valid_from, valid_to, is_current FROM " + history
                        + " ORDER BY code, valid_from"))
                .containsExactly(
                        "[a,one,2026-01-01,2026-01-06,false]",
                        "[a,two,2026-01-06,2026-01-10,false]",
                        "[a,three,2026-01-10,null,true]",
                        "[b,bee,2026-01-01,2026-01-13,false]");
    }

    @Test
    void aFullDeliveryClosesTheHistoryOfWhatIsGone() {
        lake.merge(history, changes("('a', 'one', 0, false), ('b', 'bee', 0, false)", "name"), null, new Once("t", 1));
        lake.merge(
                history,
                changes("('a', 'one', 3, false)", "name"),
                new Removal("s", java.time.LocalDate.of(2026, 1, 4), false),
                new Once("t", 2));
        lake.merge(history, changes("('b', 'bee', 7, false)", "name"), null, new Once("t", 3));

        assertThat(rows("SELECT code, valid_from, valid_to FROM " + history + " ORDER BY code, valid_from"))
                .containsExactly("[a,2026-01-01,null]", "[b,2026-01-01,2026-01-04]", "[b,2026-01-08,null]");
    }

    @Test
    void aBusinessDateIsReplacedAsAWholeAndOthersStay() {
        String scores = "SELECT date'%s' AS business_date, code, score FROM VALUES %s AS v(code, score)";
        java.time.LocalDate first = java.time.LocalDate.of(2026, 1, 1);
        lake.replaceDate(dated, first, spark.sql(scores.formatted(first, "('a', 0.1D), ('b', 0.2D)")));
        lake.replaceDate(dated, first.plusDays(1), spark.sql(scores.formatted(first.plusDays(1), "('a', 0.3D)")));
        lake.replaceDate(dated, first, spark.sql(scores.formatted(first, "('a', 0.5D)")));

        assertThat(rows("SELECT business_date, code, score FROM " + dated + " ORDER BY 1, 2"))
                .containsExactly("[2026-01-01,a,0.5]", "[2026-01-02,a,0.3]");
    }

    @Test
    void aRowThatARefusingRuleForbidsFailsTheWriteAndLeavesTheTable() {
        java.time.LocalDate day = java.time.LocalDate.of(2026, 1, 1);
        Dataset<Row> bad = spark.sql("SELECT date'2026-01-01' AS business_date, 'a' AS code, 1.5D AS score");

        assertThatThrownBy(() -> lake.replaceDate(dated, day, bad))
                .hasStackTraceContaining("score must be from 0 to 1");
        assertThat(lake.read(dated).count()).isZero();
    }

    @Test
    void aWriteThatForgetsAColumnIsABugAndSaysWhich() {
        TableContract contract = lake.contracts().get(dated);
        assertThatThrownBy(() -> lake.append(contract, spark.sql("SELECT 'a' AS code"), new Once("t", 1)))
                .hasMessageContaining("lacks the column business_date");
    }

    @Test
    void aQueryThatWritesIsRefusedWhereverTheWriteStands() {
        lake.merge(keyed, changes("('a', 1, 0, false)", "level"), null, new Once("t", 1));
        long version = lake.versions().latest(keyed);
        LakeReader reader = new LakeReader(lake.spark(), lake.versions());
        for (String writes : List.of(
                "DROP TABLE %s",
                "INSERT INTO %1$s SELECT * FROM %1$s",
                "WITH x AS (SELECT * FROM %1$s) INSERT INTO %1$s SELECT * FROM x",
                "FROM %1$s INSERT INTO %1$s SELECT *",
                "/* SELECT */ DELETE FROM %s",
                "SET spark.sql.ansi.enabled = true")) {
            assertThatThrownBy(() -> reader.query(writes.formatted(keyed)))
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith("sql only reads tables of the catalogue");
        }
        assertThat(lake.versions().latest(keyed)).isEqualTo(version);
        assertThat(reader.query("-- why\n/* what */ (SELECT 1 AS n) UNION (SELECT 2)")
                        .count())
                .isEqualTo(2);
        assertThatThrownBy(() -> reader.query("SELECT nope FROM " + keyed).count())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("`nope` cannot be resolved")
                .hasMessageNotContaining("\n");
    }

    @Test
    void anEarlierVersionCanBeRead() {
        lake.merge(keyed, changes("('a', 1, 0, false)", "level"), null, new Once("t", 1));
        long version = lake.versions().latest(keyed);
        lake.merge(keyed, changes("('a', 2, 1, false)", "level"), null, new Once("t", 2));

        assertThat(lake.readAt(keyed, version).select("level").first().getInt(0))
                .isEqualTo(1);
    }

    private static Lake withContract(String table, String columns) {
        return TestLake.at(
                TestLake.root(),
                ContractCatalog.of(Map.of(
                        "level.yaml",
                        "table: %s\nabout: Levels\nshape: keyed\nkey: [code]\ncolumns:\n".formatted(table)
                                + "  code: {type: string, required: true, about: The code}\n" + columns)));
    }

    @Test
    void aColumnThatAContractGainsIsAddedToItsTable() {
        lake.merge(keyed, changes("('a', 1, 0, false)", "level"), null, new Once("t", 1));
        Lake later = withContract(
                keyed, "  level: {type: int, about: How much}\n  bin: {type: string, about: Where it lies}\n");

        assertThat(later.read(keyed).select("code", "level", "bin").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,1,null]");
        Dataset<Row> more =
                changes("('b', 2, 1, false)", "level").withColumn("bin", org.apache.spark.sql.functions.lit("B7"));
        later.merge(keyed, more, null, new Once("t", 2));

        assertThat(rows("SELECT code, level, bin FROM " + keyed + " ORDER BY code"))
                .containsExactly("[a,1,null]", "[b,2,B7]");
        assertThat(rows("DESCRIBE TABLE " + keyed)).contains("[bin,string,Where it lies]");
    }

    @Test
    void aColumnOfAnotherTypeIsRefusedWithBothTypes() {
        lake.merge(keyed, changes("('a', 1, 0, false)", "level"), null, new Once("t", 1));
        Lake later = withContract(keyed, "  level: {type: string, about: How much}\n");

        assertThatThrownBy(() -> later.ensure(later.contracts().get(keyed)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(keyed + ".level is int in the lake and string in its contract");
    }

    @Test
    void rowsTakeThePlaceOfThoseWithTheSameValueOnce() {
        java.sql.Date night = java.sql.Date.valueOf("2026-01-01");
        lake.appendRows(
                dated,
                List.of(RowFactory.create(night, "a'b", 0.1), RowFactory.create(night, "c", 0.2)),
                new Once("first", 1));
        List<Row> better = List.of(RowFactory.create(night, "a'b", 0.9), RowFactory.create(night, "d", 0.4));
        lake.replaceRows(dated, "code", better, new Once("again", 1));
        lake.replaceRows(dated, "code", List.of(RowFactory.create(night, "c", 0.5)), new Once("again", 1));
        assertThat(lake.read(dated).select("code", "score").orderBy("code").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a'b,0.9]", "[c,0.2]", "[d,0.4]");
    }
}
