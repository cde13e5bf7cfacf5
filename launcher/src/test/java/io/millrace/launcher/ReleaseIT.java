package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Prelease verify} packs: it is unpacked elsewhere, and a night runs with a Java runtime alone. Skipped where nothing was packed. */
class ReleaseIT {

    private static final Path TARGET = Path.of("target");

    @TempDir
    private Path elsewhere;

    private Path release;

    @BeforeEach
    void packed() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            release = files.filter(file -> file.getFileName().toString().matches("millrace-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElse(null);
        }
        assumeTrue(release != null, "no release was packed: mvn -Prelease verify packs one");
    }

    private static String run(Path log, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        String out = Files.readString(log);
        assertThat(code).as(out).isZero();
        return out;
    }

    @Test
    void aReleaseRunsANightWhereverItIsUnpacked() throws IOException, InterruptedException {
        Path log = elsewhere.resolve("log");
        run(log, Map.of(), "tar", "-xzf", release.toAbsolutePath().toString(), "-C", elsewhere.toString());
        Path home;
        try (Stream<Path> folders = Files.list(elsewhere)) {
            home = folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        assertThat(home)
                .isDirectoryContaining(file -> file.endsWith("LICENSE"))
                .isDirectoryContaining(file -> file.endsWith("docs"))
                .isDirectoryContaining(file -> file.endsWith("bom.json"));
        Map<String, String> small = Map.of("MILLRACE_NO_ARCHIVE", "1", "MILLRACE_HEAP", "2g");
        String millrace = home.resolve("bin/millrace").toString();

        String demo = run(
                log,
                small,
                millrace,
                "demo",
                "--scale",
                "0.05",
                "--home",
                elsewhere.resolve("demo").toString());
        assertThat(demo).contains("report --open").doesNotContain("Building");
        String answer = run(
                log,
                small,
                millrace,
                "--conf",
                elsewhere.resolve("demo/conf").toString(),
                "sql",
                "SELECT count(*) > 0 AS planned FROM gold.reorder_plan",
                "--format",
                "csv");
        assertThat(answer).contains("true");
    }

    @Test
    void whatIsInItIsListedAndItsChecksumIsRight() throws Exception {
        for (Path file : List.of(release, TARGET.resolve("bom.json"))) {
            String said = Files.readString(Path.of(file + ".sha256"));
            assertThat(said).startsWith(DigestUtils.sha256Hex(Files.readAllBytes(file)));
        }
        var bom = new ObjectMapper().readTree(TARGET.resolve("bom.json").toFile());
        assertThat(bom.get("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bom.get("components").findValuesAsText("name"))
                .contains("delta-spark_2.12", "xgboost4j_2.12", "postgresql", "lake");
    }
}
