package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query may do, and what others have tried. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyTest {

    @TempDir
    private static Path folder;

    private LakeReader reader;

    @BeforeAll
    void aLakeWithATable() throws IOException {
        Lake lake = TestLake.get();
        lake.ensure(lake.contracts().get("ops.extract"));
        Files.writeString(folder.resolve("secret.txt"), "hunter2\n");
        Files.writeString(folder.resolve("secret.csv"), "password\nhunter2\n");
        reader = new LakeReader(lake.spark(), lake.versions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS one",
                "SELECT count(*) FROM ops.extract",
                "SELECT e.source, count(*) AS n FROM ops.extract e GROUP BY ALL HAVING n > 1 ORDER BY n LIMIT 3",
                "WITH a AS (SELECT * FROM ops.extract), b AS (SELECT count(*) AS n FROM a) SELECT * FROM b",
                "SELECT * FROM ops.extract WHERE source IN (SELECT source FROM ops.extract) AND EXISTS (SELECT 1)",
                "SELECT (SELECT max(bytes) FROM ops.extract) AS m, explode(array(1, 2)) AS x",
                "SELECT *, row_number() OVER (PARTITION BY source ORDER BY bytes) AS r FROM ops.extract",
                "SELECT * FROM ops.extract a JOIN ops.extract b USING (extract_id)",
                "(SELECT 1 AS n) UNION (SELECT 2) EXCEPT SELECT 3",
                "VALUES (1, 'a'), (2, 'b')",
                "TABLE ops.extract",
                "FROM ops.extract SELECT source",
                "SELECT * FROM ops.extract TABLESAMPLE (50 PERCENT)",
                "SELECT * FROM (SELECT source, state FROM ops.extract) PIVOT (count(*) FOR state IN ('LANDED'))",
                "SELECT transform(array(1, 2), x -> x + 1), upper('a'), date_add(DATE'2026-01-01', 1)",
                "SHOW TABLES IN ops",
                "SHOW DATABASES",
                "DESCRIBE ops.extract",
                "EXPLAIN SELECT * FROM ops.extract"
            })
    void whatReadsPasses(String sql) {
        assertThat(reader.query(sql).collectAsList()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // programs and methods
                "SELECT TRANSFORM ('a') USING 'sh' AS (x) FROM ops.extract",
                "SELECT TRANSFORM (x) USING 'cat /etc/passwd' AS (line) FROM VALUES ('a') t(x)",
                "FROM VALUES ('a') t(x) MAP x USING 'sh' AS y",
                "SELECT reflect('java.lang.System', 'getenv', 'HOME')",
                "SELECT java_method('java.lang.System', 'getProperty', 'user.home')",
                "SELECT * FROM ops.extract WHERE reflect('java.lang.System', 'getenv', 'HOME') = 'x'",
                "SELECT (SELECT reflect('java.lang.System', 'getenv', 'HOME'))",
                "WITH a AS (SELECT reflect('java.lang.System', 'getenv', 'HOME') AS h) SELECT h FROM a",
                "SELECT count(*) FROM ops.extract GROUP BY reflect('java.lang.System', 'getenv', 'HOME')",
                "SELECT 1 ORDER BY reflect('java.lang.System', 'getenv', 'HOME')",
                "SELECT xpath_string('<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>', 'a')",
                // files in place of tables
                "SELECT * FROM text.`@secret.txt`",
                "SELECT * FROM csv.`@secret.csv`",
                "SELECT * FROM binaryFile.`@`",
                "SELECT * FROM json.`@secret.txt`",
                "SELECT * FROM delta.`@`",
                "SELECT * FROM parquet.`@`",
                "SELECT * FROM orc.`@`",
                "WITH a AS (SELECT * FROM text.`@secret.txt`) SELECT * FROM a",
                "SELECT (SELECT max(value) FROM text.`@secret.txt`)",
                "SELECT 1 WHERE EXISTS (SELECT * FROM text.`@secret.txt`)",
                "SELECT * FROM ops.extract JOIN text.`@secret.txt`",
                "(SELECT 1) UNION SELECT value FROM text.`@secret.txt`",
                "TABLE text.`@secret.txt`",
                "EXPLAIN SELECT * FROM text.`@secret.txt`",
                "DESCRIBE text.`@secret.txt`",
                "DESCRIBE HISTORY '@'",
                "DESCRIBE DETAIL '@'",
                "DESCRIBE QUERY SELECT * FROM text.`@secret.txt`",
                // writes
                "WITH a AS (SELECT 'x' AS v) INSERT OVERWRITE DIRECTORY '@out' USING text SELECT * FROM a",
                "INSERT OVERWRITE LOCAL DIRECTORY '@out' USING csv SELECT * FROM ops.extract",
                "FROM ops.extract INSERT OVERWRITE DIRECTORY '@out' USING csv SELECT source",
                "INSERT INTO ops.extract SELECT * FROM ops.extract",
                "WITH a AS (SELECT * FROM ops.extract) INSERT INTO ops.extract SELECT * FROM a",
                "CREATE TABLE default.stolen AS SELECT 1",
                "CREATE TEMPORARY VIEW v AS SELECT 1",
                "CREATE OR REPLACE TEMPORARY VIEW v USING csv OPTIONS (path '@secret.csv')",
                "CREATE FUNCTION f AS 'java.lang.System'",
                "CREATE TEMPORARY FUNCTION f AS 'java.lang.Runtime' USING JAR '@x.jar'",
                "DROP TABLE ops.extract",
                "DELETE FROM ops.extract",
                "UPDATE ops.extract SET source = 'x'",
                "MERGE INTO ops.extract t USING ops.extract s ON t.extract_id = s.extract_id WHEN MATCHED THEN DELETE",
                "TRUNCATE TABLE ops.extract",
                "ALTER TABLE ops.extract SET TBLPROPERTIES ('a' = 'b')",
                "OPTIMIZE ops.extract",
                "VACUUM ops.extract",
                "RESTORE TABLE ops.extract TO VERSION AS OF 0",
                // the session
                "SET spark.sql.ansi.enabled = true",
                "SET",
                "RESET",
                "ADD JAR '@x.jar'",
                "ADD FILE '@secret.txt'",
                "LIST FILES",
                "LOAD DATA LOCAL INPATH '@secret.txt' INTO TABLE ops.extract",
                "CACHE TABLE ops.extract",
                "REFRESH '@'",
                "USE ops",
                "EXPLAIN INSERT INTO ops.extract SELECT * FROM ops.extract",
                "EXPLAIN SELECT reflect('java.lang.System', 'getenv', 'HOME')",
                "BEGIN SELECT 1; END",
                "SELECT 1; DROP TABLE ops.extract"
            })
    void whatDoesAnythingElseIsRefused(String sql) {
        assertThatThrownBy(() -> reader.query(sql.replace("@", folder + "/")).collectAsList())
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessageNotContaining("hunter2");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
