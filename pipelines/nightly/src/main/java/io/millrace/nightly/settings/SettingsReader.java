package io.millrace.nightly.settings;

import io.millrace.contracts.Resources;
import io.millrace.contracts.yaml.JsonSchema;
import io.millrace.contracts.yaml.Problems;
import io.millrace.contracts.yaml.Records;
import io.millrace.contracts.yaml.YamlNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The packaged default, under the overlay of a folder, under what the command line sets. */
public final class SettingsReader {

    private static final String FILE = "millrace.yaml";
    private static final String SPARK = "lake.spark.";
    private static final String PACKAGED = "millrace/conf/" + FILE;

    private SettingsReader() {}

    /**
     * The configuration.
     *
     * @param folder folder with an overlay {@code millrace.yaml}, or null for the default alone
     * @param sets   {@code key=value} with dotted keys, as {@code --set} gives them
     * @throws io.millrace.contracts.Failure of kind CONFIGURATION that lists every problem of every layer
     */
    public static Settings read(Path folder, List<String> sets) {
        Problems problems = new Problems();
        YamlNode.Mapping merged =
                YamlNode.mapping(YamlNode.parse(Resources.text(PACKAGED), FILE, problems), FILE, problems);
        if (folder != null) {
            Path file = folder.resolve(FILE);
            if (Files.exists(file)) {
                merged = merged.overlaid(YamlNode.read(file, problems));
            } else if (!Files.isDirectory(folder)) {
                problems.add(folder.toString(), "is not a folder");
            }
        }
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                problems.add("--set " + set, "must be key=value");
            } else {
                merged = merged.overlaid(set(set.substring(0, equals), set.substring(equals + 1)));
            }
        }
        if (home(merged).matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            problems.add(
                    merged.entries().get("home").where(),
                    "home: is a folder of this machine; where the lake is elsewhere, lake.root alone is a URI");
        }
        Settings settings = Records.bind(withHome(merged), Settings.class, problems);
        if (settings != null) {
            settings.sources().forEach((name, source) -> check(name, source, problems));
        }
        problems.refuse("The configuration");
        return settings;
    }

    /** The JSON schema of {@code millrace.yaml}, of which every key may be missing. */
    public static Map<String, Object> schema() {
        return JsonSchema.ofOverlay(Settings.class, "The configuration of Millrace: millrace.yaml");
    }

    /** A key of Spark is one key, points and all. */
    private static YamlNode.Mapping set(String key, String value) {
        return key.startsWith(SPARK)
                ? YamlNode.Mapping.ofKeys("--set", List.of("lake", "spark", key.substring(SPARK.length())), value)
                : YamlNode.Mapping.ofPath("--set", key, value);
    }

    private static void check(String name, Settings.Source source, Problems problems) {
        String at = "sources." + name;
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,40}")) {
            problems.add(at, "a source's name is letters, digits, _ and -, 41 at the most, a letter first");
        }
        if (name.equals("any")) {
            problems.add(at, "a source has another name: any stands for all of them under precedence");
        }
        if (source.drop() == null && source.database() == null) {
            problems.add(at, "needs drop (a folder) or database");
        }
    }

    private static YamlNode withHome(YamlNode.Mapping merged) {
        return replaced(merged, home(merged));
    }

    private static String home(YamlNode.Mapping merged) {
        String home = merged.entries().get("home") instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        return home == null ? "" : home;
    }

    private static YamlNode replaced(YamlNode node, String home) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.text() == null
                    ? scalar
                    : new YamlNode.Scalar(scalar.where(), scalar.text().replace("${home}", home));
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return new YamlNode.Sequence(
                    sequence.where(),
                    sequence.items().stream().map(item -> replaced(item, home)).toList());
        }
        YamlNode.Mapping mapping = (YamlNode.Mapping) node;
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key, replaced(value, home)));
        return new YamlNode.Mapping(mapping.where(), entries);
    }
}
