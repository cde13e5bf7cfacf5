package io.millrace.contracts.yaml;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML value that remembers the file and line it was written on. */
public sealed interface YamlNode {

    /** File and line, as in {@code conf/millrace.yaml:12}. A block of keys or items is where its own key stands. */
    String where();

    /** Where the value at {@code path} is written (keys, and numbers of items from 0), or the deepest part of it that is there. */
    default String where(String... path) {
        YamlNode node = this;
        for (String step : path) {
            YamlNode next = node.child(step);
            if (next == null) {
                break;
            }
            node = next;
        }
        return node.where();
    }

    private YamlNode child(String step) {
        if (this instanceof Mapping mapping) {
            return mapping.entries().get(step);
        }
        boolean item = this instanceof Sequence && step.chars().allMatch(Character::isDigit);
        return item ? ((Sequence) this).items().get(Integer.parseInt(step)) : null;
    }

    /** A plain value. {@code text} is null if the file says null or nothing. */
    record Scalar(String where, String text) implements YamlNode {}

    /** A list. */
    record Sequence(String where, List<YamlNode> items) implements YamlNode {}

    /** Keys in the order of the file. */
    record Mapping(String where, Map<String, YamlNode> entries) implements YamlNode {

        /** This mapping with {@code over} laid on it: mappings merge key by key, anything else is replaced. */
        public Mapping overlaid(Mapping over) {
            Map<String, YamlNode> merged = new LinkedHashMap<>(entries);
            over.entries().forEach((key, value) -> merged.merge(key, value, Mapping::overlay));
            return new Mapping(over.where(), merged);
        }

        private static YamlNode overlay(YamlNode under, YamlNode over) {
            return under instanceof Mapping low && over instanceof Mapping high ? low.overlaid(high) : over;
        }

        /** A mapping with the one value {@code text} at a dotted path, as {@code --set a.b=c} gives it. */
        public static Mapping ofPath(String where, String dottedPath, String text) {
            return ofKeys(where, List.of(dottedPath.split("\\.", -1)), text);
        }

        /** The same at a path of keys, which may have points in them. @param keys at least one */
        public static Mapping ofKeys(String where, List<String> keys, String text) {
            YamlNode value = keys.size() == 1
                    ? YamlNode.parse(text, where, new Problems())
                    : ofKeys(where, keys.subList(1, keys.size()), text);
            return new Mapping(where, Map.of(keys.get(0), value));
        }
    }

    /** Reads one document. A syntax error becomes a problem and an empty mapping. */
    static YamlNode parse(String text, String file, Problems problems) {
        return parse(new StringReader(text), file, problems);
    }

    /** Reads a file that must hold a mapping. */
    static Mapping read(Path file, Problems problems) {
        try {
            return mapping(parse(Files.readString(file), file.toString(), problems), file.toString(), problems);
        } catch (IOException e) {
            problems.add(file.toString(), "cannot be read: " + e);
            return new Mapping(file.toString(), Map.of());
        }
    }

    /** {@code node} where it is a mapping; otherwise a problem and an empty one. An empty file is an empty mapping. */
    static Mapping mapping(YamlNode node, String file, Problems problems) {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        if (!(node instanceof Scalar scalar && scalar.text() == null)) {
            problems.add(node.where(), "a mapping of keys to values is expected here");
        }
        return new Mapping(file, Map.of());
    }

    private static YamlNode parse(Reader reader, String file, Problems problems) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Node node = new Yaml(options).compose(reader);
            return node == null ? new Scalar(file, null) : convert(node, line(node, file), file, problems);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(file + ":" + line, "is not YAML: " + e.getProblem());
            return new Mapping(file, Map.of());
        }
    }

    private static YamlNode convert(Node node, String where, String file, Problems problems) {
        if (node instanceof ScalarNode scalar) {
            return new Scalar(where, Tag.NULL.equals(scalar.getTag()) ? null : scalar.getValue());
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(convert(item, line(item, file), file, problems)));
            return new Sequence(where, items);
        }
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            String at = line(tuple.getKeyNode(), file);
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (entries.put(key, convert(tuple.getValueNode(), at, file, problems)) != null) {
                problems.add(at, "'" + key + "' is given twice");
            }
        }
        return new Mapping(where, entries);
    }

    private static String line(Node node, String file) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }
}
