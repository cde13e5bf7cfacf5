package io.millrace.contracts;

import io.millrace.contracts.yaml.Problems;
import io.millrace.contracts.yaml.Records;
import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one contract file and says everything that is wrong with it. */
final class ContractReader {

    private static final Set<String> DATABASES = Set.of("silver", "features", "gold", "ops");
    private static final List<String> TYPES =
            List.of("string", "int", "bigint", "double", "boolean", "date", "timestamp", "decimal(p,s)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_ -]+");
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

    /** The file as written. */
    record Written(
            String table,
            String about,
            Shape shape,
            @Optional List<String> key,
            @Optional List<String> partitionBy,
            @Optional String eventTime,
            Map<String, WrittenColumn> columns,
            @Optional List<WrittenRule> rules,
            @Optional WrittenStaging staging) {}

    /** How it is published, as written: columns with the types that every database has. */
    record WrittenStaging(
            Staging.Batch batch, @Optional("true") String rows, Map<String, String> columns) {}

    /** A column as written. */
    record WrittenColumn(
            String type,
            @Optional boolean required,
            @Optional String unit,
            @Optional String pii,
            String about) {}

    /** A rule as written. */
    record WrittenRule(
            Rule.Kind rule,
            @Optional String name,
            @Optional("quarantine") Rule.Severity severity,
            @Optional String column,
            @Optional List<String> columns,
            @Optional BigDecimal min,
            @Optional BigDecimal max,
            @Optional List<String> values,
            @Optional String sql,
            @Optional String table,
            @Optional String about) {}

    /** A contract, where its table is named and where each rule is written. */
    record Located(TableContract contract, String where, Map<String, String> whereByRule) {}

    private final YamlNode node;
    private final Problems problems;
    private final Map<String, String> whereByRule = new HashMap<>();

    private ContractReader(YamlNode node, Problems problems) {
        this.node = node;
        this.problems = problems;
    }

    static java.util.Optional<Located> read(String file, String text, Problems problems) {
        YamlNode node = YamlNode.parse(text, file, problems);
        Written written = Records.bind(node, Written.class, problems);
        if (written == null) {
            return java.util.Optional.empty();
        }
        ContractReader reader = new ContractReader(node, problems);
        TableContract contract = reader.contract(written);
        return java.util.Optional.of(new Located(contract, node.where("table"), reader.whereByRule));
    }

    private TableContract contract(Written written) {
        checkName(written.table());
        List<ColumnContract> columns = new ArrayList<>();
        written.columns().forEach((name, c) -> columns.add(column(name, c)));
        if (written.table().startsWith("silver.")) {
            columns.addAll(TableContract.LINEAGE);
        }
        if (written.shape() == Shape.HISTORY) {
            columns.addAll(TableContract.VALIDITY);
        }
        Set<String> names = new HashSet<>();
        columns.forEach(c -> {
            if (!names.add(c.name())) {
                problems.add(
                        node.where("columns", c.name()),
                        "column '" + c.name() + "' is one that Millrace adds by itself");
            }
        });
        known(node.where("key"), "key", written.key(), names);
        known(node.where("partition-by"), "partition-by", written.partitionBy(), names);
        List<String> eventTime = written.eventTime() == null ? List.of() : List.of(written.eventTime());
        known(node.where("event-time"), "event-time", eventTime, names);
        if (written.key().isEmpty() && written.shape() != Shape.LOG) {
            problems.add(node.where("key"), "a table of shape " + written.shape() + " needs a key");
        }
        List<Rule> rules = new ArrayList<>(requiredRules(written));
        rules.forEach(
                rule -> name(rule.name(), node.where("columns", rule.columns().get(0))));
        for (int i = 0; i < written.rules().size(); i++) {
            rules.add(rule(written.rules().get(i), node.where("rules", String.valueOf(i)), names, written.table()));
        }
        return new TableContract(
                written.table(),
                written.about(),
                written.shape(),
                written.key(),
                written.partitionBy(),
                written.eventTime(),
                List.copyOf(columns),
                List.copyOf(rules),
                written.staging() == null ? null : staging(written));
    }

    private Staging staging(Written written) {
        if (!written.table().startsWith("gold.") || !written.columns().containsKey("decision_id")) {
            problems.add(node.where("staging"), "what is published is a table of gold that says decision_id");
        }
        List<Staging.Column> columns = new ArrayList<>();
        written.staging().columns().forEach((name, type) -> {
            String where = node.where("staging", "columns", name);
            known(where, "staging", List.of(name), written.columns().keySet());
            boolean required = written.columns().containsKey(name)
                    && written.columns().get(name).required();
            Staging.Column.of(name, type, required)
                    .ifPresentOrElse(
                            columns::add,
                            () -> problems.add(
                                    where,
                                    "column '%s' is published as '%s', which is none of text(n), decimal(p,s), integer, date, timestamp"
                                            .formatted(name, type)));
        });
        return new Staging(written.staging().batch(), written.staging().rows(), List.copyOf(columns));
    }

    private void checkName(String table) {
        String[] parts = table.split("\\.", -1);
        if (parts.length != 2 || !DATABASES.contains(parts[0]) || !Identifiers.isSimple(parts[1])) {
            problems.add(
                    node.where("table"), "table '" + table + "' must be named <silver|features|gold|ops>.<identifier>");
        }
    }

    private ColumnContract column(String name, WrittenColumn c) {
        if (!Identifiers.isSimple(name)) {
            problems.add(node.where("columns", name), "column '" + name + "' is not an identifier");
        }
        if (!isType(c.type())) {
            problems.add(
                    node.where("columns", name, "type"),
                    "column '" + name + "' has the unknown type '" + c.type() + "'"
                            + Problems.didYouMean(c.type(), TYPES));
        }
        return new ColumnContract(name, c.type(), c.required(), c.unit(), c.pii(), c.about());
    }

    private static boolean isType(String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (!decimal.matches()) {
            return TYPES.contains(type) && !type.startsWith("decimal");
        }
        int precision = Integer.parseInt(decimal.group(1));
        return precision >= 1 && precision <= 38 && Integer.parseInt(decimal.group(2)) <= precision;
    }

    private void known(String where, String what, List<String> used, Set<String> names) {
        for (String name : used) {
            if (!names.contains(name)) {
                problems.add(
                        where, what + " names the unknown column '" + name + "'" + Problems.didYouMean(name, names));
            }
        }
    }

    private static List<Rule> requiredRules(Written written) {
        return written.columns().entrySet().stream()
                .filter(e -> e.getValue().required())
                .map(e -> new Rule(
                        Rule.Kind.COMPLETE,
                        Rule.defaultName(Rule.Kind.COMPLETE, List.of(e.getKey())),
                        written.table().startsWith("silver.") ? Rule.Severity.QUARANTINE : Rule.Severity.REFUSE,
                        List.of(e.getKey()),
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null))
                .toList();
    }

    private Rule rule(WrittenRule r, String where, Set<String> names, String table) {
        List<String> columns = r.column() != null ? List.of(r.column()) : r.columns();
        known(where, "rule " + shown(r.rule()), columns, names);
        if (r.rule() != Rule.Kind.EXPRESSION && columns.isEmpty()) {
            problems.add(where, "rule " + shown(r.rule()) + " names no column");
        }
        needs(where, r, Rule.Kind.EXPRESSION, r.sql() != null && r.name() != null, "a name and sql");
        needs(where, r, Rule.Kind.RANGE, r.min() != null || r.max() != null, "min or max");
        boolean areWords = !r.values().isEmpty() && r.values().stream().allMatch(WORD.asMatchPredicate());
        needs(where, r, Rule.Kind.ONE_OF, areWords && columns.size() == 1, "one column, and values that are words");
        needs(where, r, Rule.Kind.REFERS_TO, r.table() != null, "a table");
        boolean isFilled = table.startsWith("silver.");
        if (!isFilled && (r.rule() == Rule.Kind.UNIQUE || r.rule() == Rule.Kind.REFERS_TO)) {
            problems.add(
                    where,
                    "rule %s is checked where rows are taken in, which is silver: %s is made by a stage, and its key says what is unique"
                            .formatted(shown(r.rule()), table));
        }
        if (!isFilled && r.severity() != Rule.Severity.REFUSE) {
            problems.add(where, "a row that a stage made is not set aside: a rule of %s refuses".formatted(table));
        }
        String name = r.name() != null ? r.name() : Rule.defaultName(r.rule(), columns);
        name(name, where);
        return new Rule(
                r.rule(), name, r.severity(), columns, r.min(), r.max(), r.values(), r.sql(), r.table(), r.about());
    }

    private void needs(String where, WrittenRule r, Rule.Kind kind, boolean given, String what) {
        if (r.rule() == kind && !given) {
            problems.add(where, "rule " + shown(kind) + " needs " + what);
        }
    }

    /** A violation is reported under its rule's name, so two rules of one name could not be told apart. */
    private void name(String rule, String where) {
        String earlier = whereByRule.put(rule, where);
        if (earlier != null) {
            problems.add(
                    where, "rule '" + rule + "' has the name of the one at " + earlier + ": give it a name of its own");
        }
    }

    private static String shown(Rule.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
