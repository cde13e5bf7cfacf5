package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** The files for an image and a cluster say what the launcher understands, and ask for no more rights than it needs. */
class DeployFilesTest {

    private static final Path FOLDER = Path.of("src/deploy");

    @TempDir
    private Path conf;

    private static List<JsonNode> documents(String file) throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        List<JsonNode> documents = new ArrayList<>();
        yaml.loadAll(Files.readString(FOLDER.resolve(file)))
                .forEach(document -> documents.add(new ObjectMapper().valueToTree(document)));
        return documents;
    }

    private static JsonNode of(List<JsonNode> documents, String kind) {
        return documents.stream()
                .filter(d -> d.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static void assertUnderstood(List<String> words) {
        CommandLine.ParseResult parsed = Main.commandLine().parseArgs(words.toArray(String[]::new));
        assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("run");
    }

    @Test
    void theConfigurationOfTheClusterIsAConfiguration() throws IOException {
        JsonNode map = of(documents("cronjob.yaml"), "ConfigMap");
        Files.writeString(
                conf.resolve("millrace.yaml"), map.at("/data/millrace.yaml").asText());
        Settings settings = SettingsReader.read(conf, List.of());
        assertThat(settings.sources()).containsKey("erp");
        assertThat(settings.staging().database()).isNotNull();
    }

    @Test
    void theNightOfTheClusterIsACommandWithoutRightsAndSecretsOfItsOwn() throws IOException {
        JsonNode job = of(documents("cronjob.yaml"), "CronJob").at("/spec/jobTemplate/spec");
        JsonNode pod = job.at("/template/spec");
        JsonNode container = pod.path("containers").get(0);
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean())
                .isFalse();
        assertSecretsAreReferences(container);
        // What a scheduler must not try again: a bug, wrong words, configuration, data.
        assertThat(job.at("/podFailurePolicy/rules/0/onExitCodes/values").toString())
                .isEqualTo("[1,2,3,4]");
        String shell = container.path("args").get(0).asText();
        String words =
                shell.substring(shell.indexOf("/millrace/millrace ") + 19).replaceFirst("\\$\\(.*\\)", "2026-02-28");
        assertUnderstood(List.of(words.split(" ")));
    }

    @Test
    void whatIsSubmittedIsACommand() throws IOException {
        JsonNode container = of(documents("spark-on-kubernetes.yaml"), "Job").at("/spec/template/spec/containers/0");
        assertSecretsAreReferences(container);
        List<String> words = StreamSupport.stream(container.path("args").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertThat(words).contains(Main.class.getName());
        assertUnderstood(words.subList(words.indexOf("/opt/spark/work-dir/millrace.jar") + 1, words.size()));
    }

    private static void assertSecretsAreReferences(JsonNode container) {
        assertThat((ArrayNode) container.path("env"))
                .filteredOn(env -> env.path("name").asText().matches(".*(PASSWORD|KEY)"))
                .hasSize(4)
                .allMatch(env -> env.at("/valueFrom/secretKeyRef/key").isTextual() && !env.has("value"));
    }

    @Test
    void theImageHoldsWhatTheLauncherStarts() throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve("Dockerfile"));
        assertThat(lines).anyMatch(l -> l.equals("USER 10001:10001"));
        String script = Files.readString(Path.of("../millrace"));
        assertThat(script).contains("\"$target\"/launcher-*-SNAPSHOT.jar \"$target\"/lib/*.jar", "MILLRACE_NO_BUILD");
        assertThat(lines)
                .anyMatch(l -> l.contains("launcher/target/lib ./launcher/target/lib"))
                .anyMatch(l -> l.contains("launcher/target/launcher-*-SNAPSHOT.jar ./launcher/target/"));
    }
}
