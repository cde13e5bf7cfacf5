package io.millrace.features;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Identifiers;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.yaml.Problems;
import io.millrace.contracts.yaml.Records;
import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one declaration of a feature view and says everything that is wrong with it. */
final class FeatureViewReader {

    private static final Pattern TYPE = Pattern.compile("string|int|bigint|double|boolean|date|timestamp");

    /** Names that the rendered SQL uses itself. */
    private static final Set<String> RESERVED =
            Set.of("as_of", "known_at", "business_date", "age", "oldest", "spine", "wanted");

    /** The file as written. */
    record Written(
            String view,
            String about,
            String entity,
            List<String> key,
            int freshness,
            Map<String, WrittenSource> sources,
            @Optional Map<String, WrittenDerived> derived) {}

    /** A source as written. */
    record WrittenSource(
            String table,
            String eventTime,
            @Optional("_known_on") String known,
            @Optional String where,
            @Optional List<String> per,
            @Optional Map<String, String> columns,
            Map<String, WrittenFeature> features) {}

    /** A feature as written: one for each of its windows. */
    record WrittenFeature(
            Aggregate aggregate,
            @Optional String value,
            @Optional String where,
            @Optional("all") List<String> windows,
            @Optional String type,
            @Optional String unit,
            @Optional String otherwise,
            @Optional boolean internal,
            String about) {}

    /** A derived feature as written. */
    record WrittenDerived(
            String sql,
            @Optional("double") String type,
            @Optional String unit,
            String about) {}

    private final String file;
    private final ContractCatalog tables;
    private final Problems problems;
    private final SqlText sql;

    private FeatureViewReader(String file, ContractCatalog tables, Problems problems, boolean isTrusted) {
        this.file = file;
        this.tables = tables;
        this.problems = problems;
        this.sql = new SqlText(file, problems, isTrusted);
    }

    /** @param isTrusted whether the SQL of the declaration is known to be right */
    static java.util.Optional<FeatureView> read(
            String file, String text, ContractCatalog tables, Problems problems, boolean isTrusted) {
        Written written = Records.bind(YamlNode.parse(text, file, problems), Written.class, problems);
        return java.util.Optional.ofNullable(written)
                .map(new FeatureViewReader(file, tables, problems, isTrusted)::view);
    }

    private FeatureView view(Written written) {
        name("view", written.view());
        if (written.key().isEmpty() || written.sources().isEmpty()) {
            problems.add(file, "a view needs at least one key column and one source");
        }
        if (written.freshness() < 0) {
            problems.add(file, "freshness must be at least 0 days and is " + written.freshness());
        }
        List<FeatureSource> sources = new ArrayList<>();
        written.sources().forEach((name, source) -> sources.add(source(name, source, written.key())));
        Set<String> names = new HashSet<>(written.key());
        sources.forEach(s -> s.features().forEach(f -> distinct(f.column().name(), names)));
        return new FeatureView(
                written.view(),
                written.about(),
                written.entity(),
                key(written),
                written.freshness(),
                List.copyOf(sources),
                derived(written.derived(), names));
    }

    private List<ColumnContract> key(Written written) {
        return written.sources().values().stream()
                .limit(1)
                .flatMap(s -> tables.find(s.table()).stream())
                .flatMap(t -> written.key().stream().flatMap(k -> t.column(k).stream()))
                .map(c -> new ColumnContract(c.name(), c.type(), true, c.unit(), c.pii(), c.about()))
                .toList();
    }

    private FeatureSource source(String name, WrittenSource written, List<String> key) {
        name("source", name);
        Set<String> columns = columns(name, written, key);
        String in = "source '" + name + "': ";
        sql.check(in + "where", written.where(), columns);
        written.per().forEach(per -> sql.check(in + "per", per, columns));
        written.columns().forEach((column, text) -> {
            name(in + "column", column);
            sql.check(in + "column '" + column + "'", text, columns);
        });
        if (written.per().isEmpty() && !written.columns().isEmpty()) {
            problems.add(file, in + "columns are those of a group, and no 'per' says what is grouped");
        }
        Set<String> visible = written.per().isEmpty()
                ? columns
                : new TreeSet<>(written.columns().keySet());
        visible.addAll(Set.of("age", "as_of"));
        if (!written.per().isEmpty()) {
            visible.addAll(key);
            visible.add("oldest");
        }
        List<Feature> features = new ArrayList<>();
        written.features().forEach((feature, f) -> features.addAll(features(in, feature, f, visible)));
        return new FeatureSource(
                name,
                written.table(),
                written.eventTime(),
                written.known(),
                written.where(),
                written.per(),
                written.columns(),
                List.copyOf(features));
    }

    /** What SQL over the rows of the source may name. */
    private Set<String> columns(String name, WrittenSource source, List<String> key) {
        Set<String> columns = new TreeSet<>();
        TableContract table = tables.find(source.table()).orElse(null);
        if (table == null) {
            Collection<String> known =
                    tables.all().stream().map(TableContract::name).toList();
            problems.add(
                    file,
                    "source '" + name + "' reads the unknown table '" + source.table() + "'"
                            + Problems.didYouMean(source.table(), known));
            return columns;
        }
        table.columns().forEach(c -> columns.add(c.name()));
        List<String> needed = new ArrayList<>(key);
        needed.add(source.eventTime());
        needed.add(source.known());
        needed.stream()
                .filter(c -> !columns.contains(c))
                .forEach(c -> problems.add(
                        file,
                        "source '" + name + "': " + table.name() + " has no column '" + c + "'"
                                + Problems.didYouMean(c, columns)));
        columns.addAll(Set.of("age", "as_of"));
        return columns;
    }

    private List<Feature> features(String in, String name, WrittenFeature f, Set<String> columns) {
        String what = in + "feature '" + name + "'";
        if (!columns.isEmpty()) {
            sql.check(what + ": value", f.value(), columns);
            sql.check(what + ": where", f.where(), columns);
        }
        if (f.aggregate().needsValue() && f.value() == null) {
            problems.add(
                    file,
                    what + " needs a value to take the "
                            + f.aggregate().toString().toLowerCase(java.util.Locale.ROOT) + " of");
        }
        sql.check(what + ": otherwise", f.otherwise(), List.of());
        String type = type(what, f.type() == null ? f.aggregate().type() : f.type());
        List<Feature> features = new ArrayList<>();
        for (String written : f.windows()) {
            window(what, written).ifPresent(window -> {
                String column = name + window.suffix();
                name(what, column);
                String about = f.windows().equals(List.of("all")) ? f.about() : f.about() + ", " + window.words();
                features.add(new Feature(
                        new ColumnContract(column, type, false, f.unit(), null, about),
                        f.aggregate(),
                        f.value() == null ? "1" : f.value(),
                        f.where(),
                        window,
                        f.otherwise(),
                        f.internal()));
            });
        }
        return features;
    }

    private java.util.Optional<Window> window(String what, String text) {
        try {
            return java.util.Optional.of(Window.parse(text));
        } catch (IllegalArgumentException e) {
            problems.add(file, what + ": " + e.getMessage());
            return java.util.Optional.empty();
        }
    }

    private List<DerivedFeature> derived(Map<String, WrittenDerived> written, Set<String> names) {
        List<DerivedFeature> derived = new ArrayList<>();
        Set<String> visible = new TreeSet<>(names);
        visible.add("as_of");
        written.forEach((name, d) -> {
            String what = "derived feature '" + name + "'";
            name(what, name);
            sql.check(what, d.sql(), visible);
            distinct(name, names);
            visible.add(name);
            derived.add(new DerivedFeature(
                    new ColumnContract(name, type(what, d.type()), false, d.unit(), null, d.about()), d.sql()));
        });
        return List.copyOf(derived);
    }

    private String type(String what, String type) {
        if (!TYPE.matcher(type).matches()) {
            problems.add(file, what + " has the unknown type '" + type + "'");
        }
        return type;
    }

    private void distinct(String name, Set<String> names) {
        if (!names.add(name)) {
            problems.add(file, "there are two columns named '" + name + "'");
        }
    }

    private void name(String what, String name) {
        if (!Identifiers.isSimple(name) || RESERVED.contains(name)) {
            problems.add(
                    file,
                    what + ": '" + name + "' is not a name: letters, digits and _ only, and none of "
                            + new TreeSet<>(RESERVED));
        }
    }
}
