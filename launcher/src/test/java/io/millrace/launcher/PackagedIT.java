package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What the script at the top runs: the launcher's jar and those beside it, without what only tests have. */
class PackagedIT {

    private static final Path TARGET = Path.of("target");

    @Test
    void everyClassThatOursReferToIsPackaged() throws IOException {
        List<Path> jars = new ArrayList<>(jars(TARGET.resolve("lib"), ".*\\.jar"));
        jars.addAll(jars(TARGET, "launcher-.*-SNAPSHOT\\.jar"));
        List<Path> ours = jars.stream().filter(PackagedIT::isOurs).toList();
        assertThat(ours).hasSizeGreaterThan(5);

        List<String> command = new ArrayList<>(List.of("--multi-release", "17", "--missing-deps", "--class-path"));
        command.add(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        ours.forEach(jar -> command.add(jar.toString()));
        StringWriter told = new StringWriter();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(told), new PrintWriter(told), command.toArray(String[]::new));

        assertThat(code).as(told.toString()).isZero();
        assertThat(told.toString().lines().filter(line -> line.contains("not found")))
                .isEmpty();
    }

    private static List<Path> jars(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOurs(Path jar) {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.getEntry("io/millrace/") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
