package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.LakeSettings;
import io.millrace.lake.MetastoreService;
import io.millrace.lake.ObjectStorage;
import io.millrace.lake.TableVersions;
import io.millrace.launcher.SparkInstallation.Cluster;
import io.millrace.launcher.demo.DemoPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same night on one machine, and on a cluster: a master and workers with folders of their own, the lake in a bucket whose service fails one call
 * in ten, the metastore as a service, sources and staging in PostgreSQL.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterNightIT {

    private static final String DATE = "2026-02-28";
    private static final String SCALE = "0.03";

    @TempDir
    private static Path temp;

    private Path home;
    private ObjectStorage storage;
    private FlakyProxy bucket;
    private MetastoreService metastore;
    private DemoPostgres erp;
    private SparkInstallation spark;

    @BeforeAll
    void aNightOnOneMachine() throws Exception {
        home = temp.resolve("one");
        Launch.Result night = Launch.here("demo", "--home", home.toString(), "--scale", SCALE);
        assertThat(night.code()).as(night.err()).isZero();
        storage = ObjectStorage.start(temp);
        bucket = FlakyProxy.before(storage.hadoop().get("fs.s3a.endpoint"));
        metastore = MetastoreService.start(temp, storage.hadoop());
        erp = DemoPostgres.open(home);
        spark = SparkInstallation.at(temp.resolve("spark"));
    }

    @AfterAll
    void noServices() throws Exception {
        erp.close();
        metastore.close();
        bucket.close();
        storage.close();
    }

    /** The configuration of the one machine with another lake, and the ERP where everybody finds it. */
    private Path conf(String name) throws IOException {
        Path conf = Files.createDirectories(temp.resolve(name));
        Path sources = home.resolve("conf/sources");
        try (var files = Files.walk(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = conf.resolve("sources").resolve(sources.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        StringBuilder lake = new StringBuilder(
                "\nlake:\n  root: %s\n  metastore: %s\n  spark:\n".formatted(root(name), metastore.uri()));
        Map<String, String> settings = new TreeMap<>(storage.spark(""));
        settings.keySet().removeIf(key -> key.endsWith(".attempts.maximum") || key.endsWith(".retry.limit"));
        settings.remove("spark.master");
        settings.put("spark.hadoop.fs.s3a.endpoint", bucket.endpoint());
        settings.forEach((key, value) -> lake.append("    %s: \"%s\"\n".formatted(key, value)));
        Files.writeString(
                conf.resolve("millrace.yaml"),
                Files.readString(home.resolve("conf/millrace.yaml"))
                                .replaceFirst("(?m)^home: .*$", "home: " + temp.resolve(name + "-home"))
                                .replace("embedded:" + home, erp.jdbcUrl())
                        + lake);
        return conf;
    }

    private String root(String name) {
        return storage.bucket() + "/" + name;
    }

    private static List<String> options(Cluster cluster, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--master",
                cluster.url(),
                "--executor-memory",
                "1g",
                "--total-executor-cores",
                "2",
                "--conf",
                "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
        options.addAll(List.of(more));
        return options;
    }

    @Test
    void aNightWhoseWorkersDieIsTheNightOfOneMachine() throws Exception {
        Path log = temp.resolve("night.log");
        Process night;
        try (Cluster cluster = spark.cluster()) {
            cluster.worker(1, "1g");
            cluster.worker(1, "1g");
            night = spark.submit(
                    log, options(cluster), List.of("--conf", conf("cluster").toString(), "run", "--date", DATE));
            awaitStage(night, log, "refine");
            cluster.worker(1, "1g");
            cluster.kill(0);
            awaitStage(night, log, "score-anomalies");
            cluster.worker(1, "1g");
            cluster.kill(1);
            assertThat(night.waitFor(15, TimeUnit.MINUTES)).isTrue();
        }

        assertThat(night.exitValue()).as(Files.readString(log)).isZero();
        assertThat(bucket.failed()).isGreaterThan(50);
        assertThat(Files.readString(log)).as("executors were lost").contains("Lost executor");
        Map<String, List<String>> one = LakeContents.of(
                new LakeSettings(home.resolve("lake").toString(), "embedded", 2, Map.of("spark.master", "local[2]")));
        Map<String, List<String>> many = LakeContents.of(lake("cluster"));
        assertThat(one).hasSizeGreaterThan(40);
        assertThat(many.keySet()).isEqualTo(one.keySet());
        one.forEach((table, rows) -> assertThat(many.get(table)).as(table).isEqualTo(rows));
    }

    /** Spark opens no modules to such a driver, and ends with 0 whatever becomes of it. */
    @Test
    void theDriverMayRunOnAWorker() throws Exception {
        Path log = temp.resolve("driver.log");
        try (Cluster cluster = spark.cluster()) {
            cluster.worker(2, "3g");
            List<String> options = options(
                    cluster,
                    "--deploy-mode",
                    "cluster",
                    "--driver-memory",
                    "1g",
                    "--conf",
                    "spark.driver.extraJavaOptions=" + String.join(" ", SparkInstallation.opened()),
                    "--conf",
                    "spark.standalone.submit.waitAppCompletion=true");
            Process night = spark.submit(
                    log,
                    options,
                    List.of("--conf", conf("driver").toString(), "run", "ingest", "refine", "--date", DATE));
            assertThat(night.waitFor(10, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(Files.readString(log)).contains("is FINISHED");
        assertThat(new TableVersions(root("driver"), lake("driver").hadoop()).latest("silver.sales_line"))
                .isPositive();
    }

    private LakeSettings lake(String name) {
        return new LakeSettings(root(name), metastore.uri(), 2, storage.spark("local[2]"));
    }

    private static void awaitStage(Process night, Path log, String stage) throws IOException, InterruptedException {
        while (night.isAlive()) {
            if (Files.readString(log).contains("\n" + stage + " ")) {
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("ended before " + stage + ":\n" + Files.readString(log));
    }
}
