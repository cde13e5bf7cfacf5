package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LakeSettingsTest {

    private static String root(String given) {
        return new LakeSettings(given, "thrift://127.0.0.1:9083", 4, Map.of()).root();
    }

    /** Hive takes a relative folder from the warehouse, Delta from the working directory: tables would be lost between them. */
    @Test
    void aFolderIsAbsoluteAndAnAddressStaysAsItIs() {
        String here = Path.of("").toAbsolutePath().toString();
        assertThat(root(".millrace/lake")).isEqualTo(here + "/.millrace/lake");
        assertThat(root("./a/../lake")).isEqualTo(here + "/lake");
        assertThat(root("/srv/lake")).isEqualTo("/srv/lake");
        assertThat(root("file:/srv/lake")).isEqualTo("file:/srv/lake");
        assertThat(root("s3a://bucket/lake")).isEqualTo("s3a://bucket/lake");
    }

    private static LakeSettings with(String key, String value) {
        return new LakeSettings("/lake", "embedded", 4, Map.of(key, value));
    }

    @ParameterizedTest
    @CsvSource({
        "spark.master, local[2]",
        "spark.executor.memory, 8g",
        "spark.sql.adaptive.enabled, false",
        "spark.ui.enabled, true",
        "spark.kubernetes.container.image, registry/millrace:1",
        "spark.hadoop.fs.s3a.endpoint, http://127.0.0.1:9000",
        "spark.hadoop.fs.s3a.aws.credentials.provider, org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
        "spark.executorEnv.PGPASSWORD, ${env:PGPASSWORD}"
    })
    void whatIsKnownToBeHarmlessStandsAsItself(String key, String value) {
        assertThat(with(key, value).spark()).containsEntry(key, value);
    }

    @ParameterizedTest
    @CsvSource({
        "spark.hadoop.fs.s3a.secret.key, hunter2",
        "spark.hadoop.fs.s3a.server-side-encryption.key, hunter2",
        "spark.hadoop.fs.azure.account.key.lake.dfs.core.windows.net, hunter2",
        "spark.hadoop.fs.gs.auth.service.account.private.key, hunter2",
        "spark.executorEnv.PGPASSWORD, hunter2",
        "spark.yarn.appMasterEnv.TOKEN_OF_ALL, hunter2",
        "spark.kubernetes.driverEnv.X, hunter2",
        "spark.driver.extraJavaOptions, -Dx=hunter2",
        "spark.kubernetes.authenticate.submission.oauthToken, hunter2",
        "spark.ssl.keyPassword, hunter2",
        "spark.authenticate.secret, hunter2",
        "spark.sql.catalog.erp.url, jdbc:oracle:thin:scott/t@//scott:hunter2@host/x",
        "spark.sql.catalog.erp.url, jdbc:postgresql://host/x?password=hunter2",
        "spark.hadoop.javax.jdo.option.ConnectionPassword, hunter2",
        "spark.a.setting.of.next.year, hunter2"
    })
    void whatMayBeASecretIsAReferenceAndIsNotShown(String key, String value) {
        assertThatThrownBy(() -> with(key, value))
                .hasMessageContaining(key + " may be a secret: write it as ${env:NAME} or ${file:PATH}")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void queriesOfFewRowsAreInterpretedAndThoseOfManyCompiled() {
        assertThat(Sessions.codeGeneration(1_000)).containsEntry("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        assertThat(Sessions.codeGeneration(100_000_000)).containsEntry("spark.sql.codegen.factoryMode", "FALLBACK");
    }

    @Test
    void whatSomebodyElseSaysOfSparkWinsOverWhatServesANightBest() {
        LakeSettings settings = new LakeSettings("/lake", "embedded", 4, Map.of());
        assertThat(Sessions.preferred(settings, new Properties()))
                .containsEntry("spark.sql.shuffle.partitions", "4")
                .containsEntry("spark.ui.enabled", "false")
                .containsEntry("spark.sql.adaptive.enabled", "false");
        Properties submitted = new Properties();
        submitted.setProperty("spark.master", "spark://host:7077");
        submitted.setProperty("spark.sql.shuffle.partitions", "400");
        submitted.setProperty("spark.ui.enabled", "true");
        assertThat(Sessions.preferred(settings, submitted))
                .containsEntry("spark.databricks.delta.snapshotPartitions", "1")
                .doesNotContainKeys("spark.sql.shuffle.partitions", "spark.ui.enabled", "spark.sql.adaptive.enabled");
    }
}
