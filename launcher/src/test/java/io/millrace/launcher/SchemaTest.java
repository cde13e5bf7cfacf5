package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.millrace.contracts.Resources;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The schemas as an editor applies them, held against every file that is shipped. */
class SchemaTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** What anchors stand for is put in their place; words and numbers are those of YAML 1.2, as editors take them. */
    private static JsonNode read(String text) throws IOException {
        return node(new Yaml().compose(new StringReader(text)));
    }

    private static JsonNode node(Node node) throws IOException {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = YAML.createObjectNode();
            for (NodeTuple entry : mapping.getValue()) {
                object.set(((ScalarNode) entry.getKeyNode()).getValue(), node(entry.getValueNode()));
            }
            return object;
        } else if (node instanceof SequenceNode sequence) {
            ArrayNode array = YAML.createArrayNode();
            for (Node item : sequence.getValue()) {
                array.add(node(item));
            }
            return array;
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.isPlain() && scalar.getValue().isEmpty()) {
            return YAML.nullNode();
        }
        return scalar.isPlain()
                ? YAML.readTree(scalar.getValue())
                : YAML.getNodeFactory().textNode(scalar.getValue());
    }

    private static JsonSchema schema(String kind) {
        Launch.Result printed = Launch.here("schema", kind);
        assertThat(printed.code()).as(printed.err()).isZero();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(printed.out());
    }

    private static List<String> errors(String kind, String text) throws IOException {
        JsonNode file = read(text);
        return schema(kind).validate(file).stream().map(Object::toString).toList();
    }

    private static Map<String, String> shipped(SchemaCommand.Kind kind) throws IOException {
        return switch (kind) {
            case CONFIGURATION -> Map.of("conf/millrace.yaml", Files.readString(Path.of("../conf/millrace.yaml")));
            case SOURCE -> Resources.folder("millrace/sources", "/source.yaml");
            case SOURCE_TEST -> tests();
            case FEATURE_VIEW -> Resources.folder("millrace/features", ".yaml");
            case CONTRACT -> Resources.folder("millrace/contracts", ".yaml");
        };
    }

    private static Map<String, String> tests() {
        Map<String, String> tests = Resources.folder("millrace/sources", ".yaml");
        tests.keySet().removeIf(file -> !file.contains("/tests/"));
        return tests;
    }

    @ParameterizedTest
    @EnumSource(SchemaCommand.Kind.class)
    void everyShippedFileIsOfItsSchema(SchemaCommand.Kind kind) throws IOException {
        Map<String, String> files = shipped(kind);
        assertThat(files).isNotEmpty();
        JsonSchema schema = schema(kind.toString());
        List<String> errors = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            schema.validate(read(file.getValue())).forEach(error -> errors.add(file.getKey() + " " + error));
        }
        assertThat(errors).isEmpty();
    }

    /** What the readers refuse by their declarations. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source        | {about: a, kind: files, tables: {}, fills: {}, fils: {}}                          | fils",
                "source        | {about: a, kind: kafka, tables: {}, fills: {}}                                    | kind",
                "source        | {about: a, kind: files, fills: {}}                                                | tables",
                "source        | {about: a, kind: files, tables: {t: {columns: {c: {as: numbr}}}}, fills: {}}      | as",
                "source        | {about: a, kind: files, tables: {t: {columns: {c: {formt: x}}}}, fills: {}}       | formt",
                "configuration | {reorder: {nosuch: 1}}                                                            | nosuch",
                "configuration | {seed: many}                                                                      | seed",
                "configuration | {staging: {database: {url: u, password: open}}}                                   | password",
                "contract      | {table: silver.x, about: a, shape: round, columns: {}}                            | shape",
            })
    void whatAReaderDoesNotKnowIsNoPartOfTheSchema(String kind, String yaml, String named) throws IOException {
        assertThat(errors(kind, yaml)).isNotEmpty().anyMatch(error -> error.contains(named));
    }

    @Test
    void anUnknownKindIsWrongUsageAndNamesTheOthers() {
        Launch.Result wrong = Launch.here("schema", "nosuch");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("feature-view");
    }
}
