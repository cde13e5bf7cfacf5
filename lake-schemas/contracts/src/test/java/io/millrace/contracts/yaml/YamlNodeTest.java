package io.millrace.contracts.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlNodeTest {

    private final Problems problems = new Problems();

    @TempDir
    Path folder;

    @Test
    void everyValueKnowsItsLine() {
        YamlNode node = YamlNode.parse("a: 1\nb:\n  c: x\n  d:\n    - 1\n    - 2\n", "f.yaml", problems);
        assertThat(node.where("a")).isEqualTo("f.yaml:1");
        assertThat(node.where("b")).isEqualTo("f.yaml:2");
        assertThat(node.where("b", "c")).isEqualTo("f.yaml:3");
        assertThat(node.where("b", "d", "1")).isEqualTo("f.yaml:6");
        assertThat(node.where("b", "none", "deeper")).isEqualTo("f.yaml:2");
    }

    @Test
    void anAliasStandsForWhatItsAnchorHolds() {
        YamlNode.Mapping node = (YamlNode.Mapping) YamlNode.parse("a: &x {b: 1}\nc: *x\n", "f.yaml", problems);
        YamlNode.Mapping aliased = (YamlNode.Mapping) node.entries().get("c");
        assertThat(((YamlNode.Scalar) aliased.entries().get("b")).text()).isEqualTo("1");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void anOverlayReplacesValuesAndListsAndMergesMappings() {
        YamlNode.Mapping under = mapping("a: {b: 1, c: 2}\nd: [1, 2]\n");
        YamlNode.Mapping merged = under.overlaid(mapping("a: {c: 3}\nd: [9]\ne: new\n"));
        assertThat(text(merged, "a", "b")).isEqualTo("1");
        assertThat(text(merged, "a", "c")).isEqualTo("3");
        assertThat(((YamlNode.Sequence) merged.entries().get("d")).items()).hasSize(1);
        assertThat(text(merged, "e")).isEqualTo("new");
    }

    @Test
    void aDottedPathOfTheCommandLineIsAMapping() {
        YamlNode.Mapping set = YamlNode.Mapping.ofPath("--set", "a.b.c", "[1, 2]");
        YamlNode.Mapping b = (YamlNode.Mapping)
                ((YamlNode.Mapping) set.entries().get("a")).entries().get("b");
        assertThat(((YamlNode.Sequence) b.entries().get("c")).items()).hasSize(2);
    }

    @Test
    void nothingIsNullAndTheQuotedWordNullIsText() {
        YamlNode.Mapping node = mapping("a:\nb: null\nc: ~\nd: 'null'\n");
        assertThat(text(node, "a")).isNull();
        assertThat(text(node, "b")).isNull();
        assertThat(text(node, "c")).isNull();
        assertThat(text(node, "d")).isEqualTo("null");
    }

    @Test
    void aFileMustHoldAMappingOrNothing() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "# nothing\n");
        assertThat(YamlNode.read(empty, problems).entries()).isEmpty();
        assertThat(problems.isEmpty()).isTrue();
        Path list = Files.writeString(folder.resolve("list.yaml"), "- 1\n");
        assertThat(YamlNode.read(list, problems).entries()).isEmpty();
        assertThat(problems.list()).containsExactly(list + ":1: a mapping of keys to values is expected here");
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        YamlNode.read(folder.resolve("none.yaml"), problems);
        assertThat(problems.list())
                .singleElement()
                .asString()
                .contains("none.yaml")
                .contains("cannot be read");
    }

    private YamlNode.Mapping mapping(String yaml) {
        return (YamlNode.Mapping) YamlNode.parse(yaml, "f.yaml", problems);
    }

    private static String text(YamlNode node, String... path) {
        for (String key : path) {
            node = ((YamlNode.Mapping) node).entries().get(key);
        }
        return ((YamlNode.Scalar) node).text();
    }
}
