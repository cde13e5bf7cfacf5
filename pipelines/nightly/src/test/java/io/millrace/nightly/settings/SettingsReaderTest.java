package io.millrace.nightly.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.decisions.reorder.OrderCeilings;
import io.millrace.decisions.reorder.UnmetDemand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    @TempDir
    private Path folder;

    private Settings read(String overlay, String... sets) throws IOException {
        Files.writeString(folder.resolve("millrace.yaml"), overlay);
        return SettingsReader.read(folder, List.of(sets));
    }

    @Test
    void aKeyOfSparkMayBeSetOnTheCommandLineThoughItHasPoints() {
        Settings settings = SettingsReader.read(null, List.of("lake.spark.spark.ui.enabled=true", "lake.partitions=8"));
        assertThat(settings.lake().spark()).containsEntry("spark.ui.enabled", "true");
        assertThat(settings.lake().partitions()).isEqualTo(8);
    }

    @Test
    void everyDefaultIsAsTheCommentedFileSays() {
        Settings s = SettingsReader.read(null, List.of());
        assertThat(s.home()).isEqualTo(Path.of(".millrace"));
        assertThat(s.seed()).isEqualTo(42);
        assertThat(s.lake().root())
                .isEqualTo(Path.of(".millrace/lake").toAbsolutePath().toString());
        assertThat(s.lake().metastore()).isEqualTo("embedded");
        assertThat(s.lake().partitions()).isEqualTo(4);
        assertThat(s.lake().spark()).isEmpty();
        assertThat(s.sources()).isEmpty();
        assertThat(s.jdbc()).isEqualTo(new Settings.Jdbc(5000, 2, Duration.ofMinutes(10)));
        assertThat(s.staging()).isEqualTo(new Settings.Staging("millrace_staging", null));
        assertThat(s.churn())
                .isEqualTo(new Settings.Churn(
                        Duration.ofDays(90), Duration.ofDays(180), 6, 10, Duration.ofDays(28), 0.002, 0.35));
        assertThat(s.forecast()).isEqualTo(new Settings.Forecast(13, 156));
        assertThat(s.reorder())
                .isEqualTo(new Settings.Reorder(
                        0.20,
                        null,
                        0.50,
                        0.90,
                        1,
                        14,
                        UnmetDemand.BACKORDER,
                        false,
                        new OrderCeilings(52, 1.0, 0.5, 3),
                        null));
        assertThat(s.campaign().code()).isEqualTo("winback");
        assertThat(s.report()).isEqualTo(new Settings.Report(".millrace/reports", Locale.ENGLISH));
        assertThat(s.campaign().controlShare()).isEqualTo(0.10);
    }

    @Test
    void anOverlayHoldsOnlyWhatDiffersAndTheCommandLineComesLast() throws IOException {
        Settings s = read("home: /data\nlake: {partitions: 16}\nseed: 7\n", "seed=8");
        assertThat(s.lake().partitions()).isEqualTo(16);
        assertThat(s.lake().root()).isEqualTo("/data/lake");
        assertThat(s.seed()).isEqualTo(8);
    }

    @Test
    void everyProblemIsReportedAtOnceWithItsPlaceAndTheNearestKey() {
        assertThatThrownBy(() -> read("lake:\n  partitons: 3\nchurn: {folds: 1}\nforecast: {horizon: soon}\n"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("3 problems")
                .hasMessageContaining("millrace.yaml:2: unknown key 'lake.partitons' (did you mean 'partitions'?)")
                .hasMessageContaining("folds must be at least 2")
                .hasMessageContaining("'soon' is not a whole number");
    }

    @Test
    void aLakeInABucketTakesItsKeysAsReferencesOnly() throws IOException {
        String lake =
                "lake: {root: 's3a://b/lake', metastore: 'thrift://h:9083', spark: {spark.hadoop.fs.s3a.%s: '%s'}}\n";
        Path key = Files.writeString(folder.resolve("key"), "hunter2\n");

        Settings s = read(lake.formatted("secret.key", "${file:" + key + "}"));
        assertThat(s.lake().hadoop().get("fs.s3a.secret.key")).isEqualTo("hunter2");
        assertThat(s.toString()).doesNotContain("hunter2");
        assertThat(read(lake.formatted("endpoint.region", "eu-central-1"))
                        .lake()
                        .hadoop()
                        .get("fs.s3a.endpoint.region"))
                .isEqualTo("eu-central-1");
        assertThatThrownBy(() -> read(lake.formatted("access.key", "hunter2")))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .hasMessageContaining("spark.hadoop.fs.s3a.access.key may be a secret")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void whatHasToBeLocalIsRefusedElsewhere() {
        assertThatThrownBy(() -> read("home: s3a://b/millrace\n"))
                .hasMessageContaining("millrace.yaml:1: home: is a folder of this machine");
        assertThatThrownBy(() -> read("lake: {root: 's3a://b/lake'}\n"))
                .hasMessageContaining("metastore: embedded needs a local root");
    }

    @Test
    void aSecretWrittenAsItselfIsRefusedWithoutBeingShown() {
        assertThatThrownBy(
                        () -> read("staging: {database: {url: 'jdbc:postgresql://h/d', user: u, password: hunter2}}\n"))
                .hasMessageContaining("${env:NAME}")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aPasswordInAnAddressIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> read("staging: {database: {url: 'jdbc:postgresql://h/d?password=hunter2'}}\n"))
                .hasMessageContaining("url carries a user or a secret")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aSourceNeedsSomewhereToReadFrom() {
        assertThatThrownBy(() -> read("sources: {shop: {system: csv}}\n"))
                .hasMessageContaining("needs drop (a folder) or database");
    }

    @Test
    void aLocaleAndACurrencyAreThoseThatAreKnown() {
        Settings s = SettingsReader.read(null, List.of("report.locale=de-AT", "currency=EUR"));
        assertThat(s.report().locale()).isEqualTo(Locale.forLanguageTag("de-AT"));
        assertThat(s.currency()).isEqualTo(Currency.getInstance("EUR"));
        assertThatThrownBy(() -> SettingsReader.read(null, List.of("report.locale=qx", "currency=Euro")))
                .hasMessageContaining("report.locale: 'qx' is not a language such as en or de-AT")
                .hasMessageContaining("currency: 'Euro' is not a currency such as EUR");
    }
}
