package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.LakeReader;
import io.millrace.lake.LakeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The one jar under spark-submit, with a Spark that brings its own jars and nothing of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkSubmitIT {

    @TempDir
    private static Path temp;

    private SparkInstallation spark;

    @BeforeAll
    void aSparkInstallationFromJars() throws IOException {
        spark = SparkInstallation.at(temp.resolve("spark"));
        Path drop = Files.createDirectories(temp.resolve("drop/shop/2026-03-01"));
        Files.writeString(drop.resolve("supplier.csv"), "supplier_code,name\nS1,Miller\nS2,Baker\n");
        Files.writeString(drop.resolve("_manifest.json"), "{\"files\":[{\"name\":\"supplier.csv\",\"rows\":2}]}");
    }

    private String submit(String master, Path home) throws Exception {
        Path log = temp.resolve(home.getFileName() + ".log");
        Process process = spark.submit(
                log,
                List.of("--master", master, "--executor-memory", "1g", "--total-executor-cores", "2"),
                List.of(
                        "--set",
                        "home=" + home,
                        "--set",
                        "sources.shop.system=csv",
                        "--set",
                        "sources.shop.drop=" + temp.resolve("drop"),
                        "run",
                        "ingest",
                        "refine",
                        "--date",
                        "2026-03-01"));
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(log);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static long suppliers(Path home) {
        LakeSettings settings =
                new LakeSettings(home.resolve("lake").toString(), "embedded", 2, Map.of("spark.master", "local[2]"));
        try (LakeReader reader = new LakeReader(settings)) {
            return reader.query("SELECT count(*) FROM silver.supplier").first().getLong(0);
        }
    }

    @Test
    void theJarRunsUnderSparkSubmitOnOneMachine() throws Exception {
        Path home = temp.resolve("local");
        submit("local[2]", home);
        assertThat(suppliers(home)).isEqualTo(2);
    }

    @Test
    void aFailureReachesTheSchedulerAsItsExitCode() throws Exception {
        Process process = verb("refused.log", "--set", "lake.nonsense=1", "run", "--date", "2026-03-01");
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
    }

    @Test
    void theJarCarriesNetworksAndNoPostgres() throws Exception {
        Path table = temp.resolve("table.csv");
        String rows = IntStream.range(0, 60)
                .mapToObj(i -> i + "," + (i == 30 ? 500 : 2 * i) + "," + (i == 30 ? 1 : 0))
                .collect(Collectors.joining("\n"));
        Files.writeString(table, "a,b,label\n" + rows);
        Process evaluated =
                verb("evaluated.log", "evaluate", "anomaly", "--data", table.toString(), "--label", "label");
        Process demo = verb("demo.log", "demo", "--home", temp.resolve("demo").toString());
        assertThat(evaluated.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(evaluated.exitValue())
                .as(Files.readString(temp.resolve("evaluated.log")))
                .isZero();
        assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(2);
        assertThat(Files.readString(temp.resolve("demo.log"))).contains("run ./millrace demo");
    }

    private Process verb(String log, String... arguments) throws IOException {
        return spark.submit(temp.resolve(log), List.of("--master", "local[2]"), List.of(arguments));
    }

    @Test
    void theJarRunsOnAClusterOfAMasterAndAWorker() throws Exception {
        try (SparkInstallation.Cluster cluster = spark.cluster()) {
            Path worker = cluster.worker(2, "2g");
            Path home = temp.resolve("cluster");
            submit(cluster.url(), home);
            assertThat(suppliers(home)).isEqualTo(2);
            assertThat(Files.readString(worker)).contains("Asked to launch executor");
        }
    }
}
