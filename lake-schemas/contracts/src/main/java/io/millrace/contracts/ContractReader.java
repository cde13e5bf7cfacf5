package io.millrace.contracts;

import io.millrace.contracts.yaml.Problems;
import io.millrace.contracts.yaml.Records;
import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one contract file and says everything that is wrong with it. */
final class ContractReader {

    private static final Set<String> DATABASES = Set.of("silver", "features", "gold", "ops");
    private static final Pattern TYPE =
            Pattern.compile("string|int|bigint|double|boolean|date|timestamp|decimal\\(\\d{1,2},\\d{1,2}\\)");

    /** The file as written. */
    record Written(
            String table,
            String about,
            Shape shape,
            List<String> key,
            @Optional List<String> partitionBy,
            @Optional String eventTime,
            Map<String, WrittenColumn> columns,
            @Optional List<WrittenRule> rules) {}

    /** A column as written. */
    record WrittenColumn(
            String type, @Optional boolean required, @Optional String unit, @Optional String pii, String about) {}

    /** A rule as written. */
    record WrittenRule(
            Rule.Kind rule,
            @Optional String name,
            @Optional("quarantine") Rule.Severity severity,
            @Optional String column,
            @Optional List<String> columns,
            @Optional BigDecimal min,
            @Optional BigDecimal max,
            @Optional String sql,
            @Optional String table,
            @Optional String about) {}

    private final String file;
    private final Problems problems;

    private ContractReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    static java.util.Optional<TableContract> read(String file, String text, Problems problems) {
        YamlNode node = YamlNode.parse(text, file, problems);
        Written written = Records.bind(node, Written.class, problems);
        return java.util.Optional.ofNullable(written).map(new ContractReader(file, problems)::contract);
    }

    private TableContract contract(Written written) {
        checkName(written.table());
        List<Column> columns = new ArrayList<>();
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
                problems.add(file, "column '" + c.name() + "' is one that Millrace adds by itself");
            }
        });
        known("key", written.key(), names);
        known("partition-by", written.partitionBy(), names);
        known("event-time", written.eventTime() == null ? List.of() : List.of(written.eventTime()), names);
        if (written.key().isEmpty() && written.shape() != Shape.LOG) {
            problems.add(file, "a table of shape " + written.shape() + " needs a key");
        }
        List<Rule> rules = new ArrayList<>(requiredRules(written));
        written.rules().forEach(rule -> rules.add(rule(rule, names)));
        return new TableContract(
                written.table(),
                written.about(),
                written.shape(),
                written.key(),
                written.partitionBy(),
                written.eventTime(),
                List.copyOf(columns),
                List.copyOf(rules));
    }

    private void checkName(String table) {
        String[] parts = table.split("\\.", -1);
        if (parts.length != 2 || !DATABASES.contains(parts[0]) || !Identifiers.isSimple(parts[1])) {
            problems.add(file, "table '" + table + "' must be named <silver|features|gold|ops>.<identifier>");
        }
    }

    private Column column(String name, WrittenColumn c) {
        if (!Identifiers.isSimple(name)) {
            problems.add(file, "column '" + name + "' is not an identifier");
        }
        if (!TYPE.matcher(c.type()).matches()) {
            problems.add(file, "column '" + name + "' has the unknown type '" + c.type() + "'");
        }
        return new Column(name, c.type(), c.required(), c.unit(), c.pii(), c.about());
    }

    private void known(String what, List<String> used, Set<String> names) {
        for (String name : used) {
            if (!names.contains(name)) {
                problems.add(file, what + " names the unknown column '" + name + "'" + Problems.didYouMean(name, names));
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
                        null,
                        null,
                        null))
                .toList();
    }

    private Rule rule(WrittenRule r, Set<String> names) {
        List<String> columns = r.column() != null ? List.of(r.column()) : r.columns();
        known("rule " + r.rule(), columns, names);
        boolean needsColumns = r.rule() != Rule.Kind.EXPRESSION;
        if (needsColumns && columns.isEmpty()) {
            problems.add(file, "rule " + r.rule() + " names no column");
        }
        if (r.rule() == Rule.Kind.EXPRESSION && (r.sql() == null || r.name() == null)) {
            problems.add(file, "rule EXPRESSION needs a name and sql");
        }
        if (r.rule() == Rule.Kind.RANGE && r.min() == null && r.max() == null) {
            problems.add(file, "rule RANGE needs min or max");
        }
        if (r.rule() == Rule.Kind.REFERS_TO && r.table() == null) {
            problems.add(file, "rule REFERS_TO needs a table");
        }
        String name = r.name() != null ? r.name() : Rule.defaultName(r.rule(), columns);
        return new Rule(r.rule(), name, r.severity(), columns, r.min(), r.max(), r.sql(), r.table(), r.about());
    }
}
