package io.millrace.contracts.source;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Identifiers;
import io.millrace.contracts.Resources;
import io.millrace.contracts.yaml.JsonSchema;
import io.millrace.contracts.yaml.Problems;
import io.millrace.contracts.yaml.Records;
import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.YamlNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kind of ERP: what it delivers and how that maps to the canonical tables.
 *
 * @param name   name of its folder
 * @param kind   files or a database
 * @param format how its files are written, but for those of tables with a format of their own
 * @param tables source tables by name
 * @param fills  canonical table (without its database) → how it is filled
 * @param sql    canonical table → its SELECT
 */
public record SourceSystem(
        String name,
        Kind kind,
        FileFormat format,
        Map<String, SourceTable> tables,
        Map<String, Fill> fills,
        Map<String, String> sql) {

    /** Where the rows come from. */
    public enum Kind {
        FILES,
        JDBC
    }

    /** What a comment begins with that says what is not answered yet. */
    public static final String OPEN = "OPEN:";

    private static final Pattern IS_OPEN = Pattern.compile("(#|--) " + OPEN);
    private static final String SHIPPED = "millrace/sources/";

    /** {@code source.yaml} as written. */
    record Written(
            String about,
            Kind kind,
            @Optional FileFormat format,
            @Optional ZoneId timeZone,
            Map<String, SourceTable> tables,
            Map<String, Fill> fills) {}

    /** The JSON schema of {@code source.yaml}. */
    public static Map<String, Object> schema() {
        return JsonSchema.of(Written.class, "A source system of Millrace: source.yaml");
    }

    /**
     * The system in {@code folder/name} where that exists, otherwise the one of that name that Millrace ships.
     * Everything wrong with it is noted in {@code problems}; null is returned where it could not be read at all.
     */
    public static SourceSystem load(String name, Path folder, ContractCatalog contracts, Problems problems) {
        Map<String, String> files = files(name, folder);
        if (files.isEmpty()) {
            problems.add(
                    folder.resolve(name).toString(),
                    "there is no source system '" + name + "': neither this folder nor a shipped one");
            return null;
        }
        return of(name, files, contracts, problems);
    }

    /** The system that {@code files} (name → text) describe. */
    public static SourceSystem of(
            String name, Map<String, String> files, ContractCatalog contracts, Problems problems) {
        String file = name + "/source.yaml";
        String text = files.get("source.yaml");
        if (text == null) {
            problems.add(file, "is missing");
            return null;
        }
        YamlNode node = YamlNode.parse(text, file, problems);
        Records.Read<Written> read = Records.read(withFormats(node), Written.class, problems);
        Written written = read.bound();
        if (written == null) {
            return null;
        }
        Map<String, String> sql = new LinkedHashMap<>();
        written.fills().keySet().forEach(table -> sql.put(table, files.getOrDefault(table + ".sql", "")));
        FileFormat format = written.format() == null ? FileFormat.usual() : written.format();
        Map<String, SourceTable> tables = new LinkedHashMap<>();
        written.tables()
                .forEach((table, t) -> tables.put(
                        table, t == null ? null : t.with(query(t, table, files, node, problems), written.timeZone())));
        SourceSystem system = new SourceSystem(name, written.kind(), format, tables, written.fills(), sql);
        new SourceChecks(system, node, contracts, problems).check(files);
        return read.isWhole() ? system : null;
    }

    /** What a table says of the format of its files goes before what the source says, attribute by attribute. */
    private static YamlNode withFormats(YamlNode node) {
        if (!(node instanceof YamlNode.Mapping system)
                || !(system.entries().get("format") instanceof YamlNode.Mapping shared)
                || !(system.entries().get("tables") instanceof YamlNode.Mapping tables)) {
            return node;
        }
        Map<String, YamlNode> own = new LinkedHashMap<>();
        tables.entries().forEach((name, table) -> {
            if (table instanceof YamlNode.Mapping described
                    && described.entries().get("format") instanceof YamlNode.Mapping format) {
                own.put(name, new YamlNode.Mapping(described.where(), Map.of("format", shared.overlaid(format))));
            }
        });
        YamlNode formats = new YamlNode.Mapping(tables.where(), own);
        return system.overlaid(new YamlNode.Mapping(system.where(), Map.of("tables", formats)));
    }

    /** Whether a line of a description has a comment that leaves something open. */
    public static boolean isOpen(String line) {
        return IS_OPEN.matcher(line).find();
    }

    /** How the files of a table are written. */
    public FileFormat format(String table) {
        FileFormat own = tables.get(table).format();
        return own == null ? format : own;
    }

    /** The same with its rows in files: the columns of a database's answer are those of a file. */
    public SourceSystem ofFiles() {
        return kind == Kind.FILES ? this : new SourceSystem(name, Kind.FILES, format, tables, fills, sql);
    }

    /** The bronze table that holds what {@code source}'s table delivered, as in {@code bronze.shop_sales_line}. */
    public static String bronze(String source, String table) {
        return "bronze." + source.replace('-', '_') + "_" + table.toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether a SELECT names a table. */
    public static boolean mentions(String sql, String table) {
        return Pattern.compile("\\b" + Pattern.quote(table) + "\\b")
                .matcher(sql)
                .find();
    }

    /** Whether some SELECT looks something up in a table that does not drive it. */
    public boolean isLookedUp(String table) {
        return fills.entrySet().stream()
                .anyMatch(fill -> !fill.getValue().from().equals(table) && mentions(sql.get(fill.getKey()), table));
    }

    /** A query may stand in a file of its own: {@code query: extract/sales.sql}. */
    private static String query(
            SourceTable t, String table, Map<String, String> files, YamlNode node, Problems problems) {
        if (t.query() == null || !t.query().endsWith(".sql")) {
            return t.query();
        }
        String text = files.get(t.query());
        if (text == null) {
            problems.add(
                    node.where("tables", table, "query"),
                    "tables." + table + ".query names the missing file " + t.query());
        }
        return text;
    }

    /** The texts of the system in {@code folder/name} where that exists, otherwise of the shipped one: path below its folder → text. */
    static Map<String, String> files(String name, Path folder) {
        Path own = folder.resolve(Identifiers.folder("Source system", name));
        return Files.isDirectory(own) ? files(own) : Resources.folder(SHIPPED + name, "");
    }

    private static Map<String, String> files(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(SourceSystem::isText).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static boolean isText(Path file) {
        String name = file.toString();
        return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".sql"));
    }
}
