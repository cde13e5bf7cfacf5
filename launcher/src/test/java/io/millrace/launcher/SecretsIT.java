package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words that are planted wherever a secret can stand, and looked for in all that a night prints and leaves behind. */
class SecretsIT {

    private static final String DATE = "2026-02-28";

    /** Nobody listens there. */
    private static final String NOWHERE = "127.0.0.1:1";

    @TempDir
    private Path folder;

    private final Map<String, String> planted = new LinkedHashMap<>();

    /** A reference to a file that holds a secret of its own. */
    private String secret(String of) throws IOException {
        return secret(of, "canary-of-" + of);
    }

    private String secret(String of, String value) throws IOException {
        planted.put(of, "canary-of-" + of);
        Path keys = Files.createDirectories(folder.resolve("keys"));
        return "${file:" + Files.writeString(keys.resolve(of), value + "\n") + "}";
    }

    private void configure(Path home) throws IOException {
        Path drop = Files.createDirectories(home.resolve("drop/shop/" + DATE));
        Files.writeString(drop.resolve("supplier.csv"), "supplier_code,name\nS1,Miller\n");
        Files.writeString(drop.resolve("site.csv"), "site_code,name,canary\nA,Main,x\n,nobody,y\n");
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/millrace.yaml"), """
                home: "%s"
                lake:
                  spark:
                    spark.executorEnv.PGPASSWORD: "%s"
                    spark.hadoop.fs.s3a.secret.key: "%s"
                    spark.hadoop.fs.azure.account.key.lake.dfs.core.windows.net: "%s"
                sources:
                  shop: {system: csv, drop: "%s", manifest: optional}
                  erp:
                    system: tryton
                    database: {url: "jdbc:postgresql://%s/erp", user: reader, password: "%s"}
                staging:
                  database: {url: "jdbc:postgresql://%s/erp", user: writer, password: "%s"}
                tell:
                  command: [/bin/false]
                  url: "%s"
                  attempts: 1
                """.formatted(
                        home,
                        secret("executor"),
                        secret("bucket"),
                        secret("account"),
                        home.resolve("drop"),
                        NOWHERE,
                        secret("source"),
                        NOWHERE,
                        secret("staging"),
                        secret("hook", "http://" + NOWHERE + "/canary-of-hook")));
    }

    @Test
    void noSecretIsInAnythingThatANightPrintsOrKeeps() throws IOException {
        Path home = folder.resolve("home");
        configure(home);
        String conf = home.resolve("conf").toString();
        List<Launch.Result> told = new ArrayList<>();
        for (String[] command : new String[][] {
            {"doctor"},
            {"-v", "run", "ingest", "refine", "--date", DATE},
            {"--log-format", "json", "run", "ingest-feedback", "--date", DATE},
            {"status"},
            {"sql", "SELECT * FROM ops.stage_run", "--format", "json"},
            {"sql", "SELECT table_name, state FROM ops.extract"}
        }) {
            told.add(Launch.here(
                    Stream.concat(Stream.of("--conf", conf), Stream.of(command)).toArray(String[]::new)));
        }

        assertThat(told.get(0).code()).as("nobody listens").isEqualTo(5);
        assertThat(told.get(1).code()).isEqualTo(5);
        assertThat(told.get(2).code()).isEqualTo(5);
        assertThat(told.get(3).out()).contains("ingest");
        assertThat(told.get(5).out()).as("what could be taken in was").contains("supplier    refined");
        String all = String.join(
                "\n", told.stream().flatMap(r -> Stream.of(r.out(), r.err())).toList());
        planted.forEach((of, word) ->
                assertThat(all).as("printed: the secret of the " + of).doesNotContain(word));
        try (Stream<Path> files = Files.walk(home)) {
            files.filter(Files::isRegularFile).forEach(this::requireNone);
        }
    }

    private void requireNone(Path file) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            planted.forEach((of, word) -> assertThat(content.contains(word))
                    .as("the secret of the %s in %s", of, file)
                    .isFalse());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
