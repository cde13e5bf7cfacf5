package io.millrace.nightly.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.millrace.contracts.Failure;
import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import io.millrace.nightly.decide.DecideStage;
import io.millrace.nightly.decide.Decision;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.publish.BatchKind;
import io.millrace.nightly.publish.StagingSchema;
import io.millrace.nightly.tables.NightTables;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Follows a decision back: each stage declares what it reads, the ledger says at which versions its night saw that, and the columns that
 * name the subject are the same from table to table.
 */
public final class Explainer {

    /** Rows of a table that are shown. */
    private static final int SHOWN = 5;

    private static final String CODE = "_code";

    private final Night now;
    private final List<Stage> stages;
    private final List<Decision> decisions;

    /**
     * @param now       a night that only reads; what is explained may be of any other date
     * @param stages    of the night
     * @param decisions the same of those
     */
    public Explainer(Night now, List<Stage> stages, List<Decision> decisions) {
        this.now = now;
        this.stages = stages;
        this.decisions = decisions;
    }

    /** @throws Failure of kind USAGE if no night decided that */
    public Explanation ofId(String decisionId) {
        for (Decision decision : decisions) {
            Optional<Row> row =
                    rows(decision).filter(col("decision_id").equalTo(lit(decisionId))).limit(1).collectAsList().stream()
                            .findFirst();
            if (row.isPresent()) {
                return explained(decision, row.get());
            }
        }
        throw Failure.usage("No night decided '%s'".formatted(decisionId));
    }

    /**
     * The decision about a subject.
     *
     * @param name    word of the decision, as in {@code reorder}
     * @param subject column → value, as in {@code product_code}
     * @param date    business date, or null for the newest that decided about it
     * @throws Failure of kind USAGE if there is no such decision, or are several
     */
    public Explanation about(String name, Map<String, String> subject, LocalDate date) {
        Decision decision = decisions.stream()
                .filter(d -> d.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.usage("There is no decision '%s': decisions are %s"
                        .formatted(name, decisions.stream().map(Decision::name).toList())));
        TableContract contract = now.contracts().get(decision.decides());
        Dataset<Row> rows = rows(decision);
        for (Map.Entry<String, String> named : subject.entrySet()) {
            if (contract.column(named.getKey()).isEmpty()) {
                throw Failure.usage(
                        "%s is not about a %s: it is about %s".formatted(name, named.getKey(), decision.key()));
            }
            rows = rows.filter(col(named.getKey()).equalTo(lit(named.getValue())));
        }
        if (date != null) {
            rows = rows.filter(col("business_date").equalTo(lit(java.sql.Date.valueOf(date))));
        }
        List<Row> found = rows.orderBy(col("business_date").desc(), col("decision_id"))
                .limit(SHOWN + 1)
                .collectAsList();
        if (found.isEmpty()) {
            throw Failure.usage(
                    "No night decided %s about %s%s".formatted(name, subject, date == null ? "" : " on " + date));
        }
        Object newest = found.get(0).getAs("business_date");
        List<Row> same = found.stream()
                .filter(row -> newest.equals(row.getAs("business_date")))
                .toList();
        if (same.size() > 1) {
            throw Failure.usage(
                    "%s decided several things about %s on %s, among them %s: name one of them, or more of %s"
                            .formatted(
                                    name,
                                    subject,
                                    newest,
                                    same.stream()
                                            .map(row -> row.<String>getAs("decision_id"))
                                            .toList(),
                                    decision.key()));
        }
        return explained(decision, same.get(0));
    }

    private Dataset<Row> rows(Decision decision) {
        return now.lake().read(decision.decides());
    }

    private Explanation explained(Decision decision, Row row) {
        LocalDate date = row.<java.sql.Date>getAs("business_date").toLocalDate();
        TableContract contract = now.contracts().get(decision.decides());
        String id = row.getAs("decision_id");
        Evidence decided = new Evidence(
                contract.name(),
                contract.about(),
                "decide-" + decision.name(),
                1,
                List.of(new Fact(values(row), null)));
        return new Explanation(
                id,
                decision.name(),
                decision.about(),
                date.toString(),
                decided,
                published(contract, id),
                restsOn(decision, row, date));
    }

    private Map<String, String> published(TableContract contract, String decisionId) {
        var staging = now.settings().staging();
        return contract.staging() == null || staging.database() == null
                ? Map.of()
                : new StagingSchema(staging.schema())
                        .row(staging.database()::connect, BatchKind.of(contract.table()), decisionId);
    }

    /** The columns that name the subject: those of the decision's key, and other codes in its row. */
    private static Map<String, Object> subject(Decision decision, Row row) {
        Map<String, Object> subject = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>(decision.key());
        for (String column : row.schema().fieldNames()) {
            if (column.endsWith(CODE)) {
                names.add(column);
            }
        }
        names.forEach(name -> {
            if (row.getAs(name) != null) {
                subject.put(name, row.getAs(name));
            }
        });
        return subject;
    }

    /** A stage whose inputs are looked at, for the night of a date. */
    private record Step(Stage stage, LocalDate date) {}

    private List<Evidence> restsOn(Decision decision, Row row, LocalDate date) {
        Map<String, Object> subject = subject(decision, row);
        List<Evidence> restsOn = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(decision.decides()));
        Deque<Step> steps = new ArrayDeque<>(List.of(new Step(new DecideStage(decision), date)));
        while (!steps.isEmpty()) {
            Step step = steps.poll();
            Night night = step.date().equals(now.date()) ? now : now.at(step.date());
            try (NightTables in = NightTables.of(night, step.stage())) {
                for (String table : in.versions().keySet()) {
                    if (step.stage().writes().contains(table) || !seen.add(table)) {
                        continue;
                    }
                    Optional<Evidence> evidence = evidence(in, table, step.stage(), subject);
                    evidence.ifPresent(restsOn::add);
                    // What Millrace made was made from something; what was delivered was not.
                    if (evidence.isPresent() && !table.startsWith("silver.") && !table.startsWith("ops.")) {
                        stages.stream()
                                .filter(stage -> stage.writes().contains(table))
                                .findFirst()
                                .ifPresent(stage -> steps.add(new Step(stage, date(evidence.get(), step.date()))));
                        models(evidence.get(), step.date()).forEach(restsOn::add);
                    }
                }
            }
        }
        return restsOn;
    }

    private static LocalDate date(Evidence evidence, LocalDate otherwise) {
        String date = evidence.facts().get(0).values().get("business_date");
        return date == null ? otherwise : LocalDate.parse(date);
    }

    private Optional<Evidence> evidence(NightTables in, String table, Stage stage, Map<String, Object> subject) {
        TableContract contract = now.contracts().find(table).orElse(null);
        if (contract == null
                || subject.keySet().stream().noneMatch(c -> contract.column(c).isPresent())) {
            return Optional.empty();
        }
        Dataset<Row> rows = in.table(table);
        for (Map.Entry<String, Object> named : subject.entrySet()) {
            if (contract.column(named.getKey()).isPresent()) {
                rows = rows.filter(col(named.getKey()).equalTo(lit(named.getValue())));
            }
        }
        // Of dated rows the newest night's. One job a table: the rows about one subject are few.
        if (contract.shape() == Shape.DATED) {
            rows = rows.withColumn("_newest", expr("max(business_date) OVER ()"))
                    .filter("business_date = _newest");
        }
        Column[] order = contract.eventTime() != null
                ? new Column[] {col(contract.eventTime()).desc()}
                : contract.key().stream().map(c -> col(c)).toArray(Column[]::new);
        List<Row> first = rows.withColumn("_rows", expr("count(*) OVER ()"))
                .orderBy(order)
                .limit(SHOWN)
                .collectAsList();
        List<Fact> facts =
                first.stream().map(row -> new Fact(values(row), origin(row))).toList();
        return first.isEmpty()
                ? Optional.empty()
                : Optional.of(new Evidence(
                        table, contract.about(), stage.name(), first.get(0).<Long>getAs("_rows"), facts));
    }

    /** Which version scored, how good it was when it was trained, and who made it champion when. */
    private List<Evidence> models(Evidence scores, LocalDate date) {
        Map<String, String> score = scores.facts().get(0).values();
        String name = score.get("model_name");
        String version = score.get("model_version");
        if (name == null || version == null || !version.matches("\\d{1,9}")) {
            return List.of();
        }
        List<Evidence> models = new ArrayList<>();
        for (String table : List.of("ops.model_version", "ops.model_alias")) {
            TableContract contract = now.contracts().get(table);
            List<Row> rows = now.lake().isEmpty(table)
                    ? List.of()
                    : now.lake()
                            .read(table)
                            .filter(col("model_name").equalTo(lit(name)))
                            .filter(col("version").equalTo(lit(Integer.parseInt(version))))
                            .filter(col("business_date").leq(lit(java.sql.Date.valueOf(date))))
                            .orderBy(contract.key().stream().map(c -> col(c)).toArray(Column[]::new))
                            .collectAsList();
            if (!rows.isEmpty()) {
                List<Fact> facts =
                        rows.stream().map(row -> new Fact(values(row), null)).toList();
                models.add(new Evidence(table, contract.about(), scores.stage(), rows.size(), facts));
            }
        }
        return models;
    }

    /** Without what is empty, and what Millrace adds for itself. */
    private static Map<String, String> values(Row row) {
        Map<String, String> values = new LinkedHashMap<>();
        String[] names = row.schema().fieldNames();
        for (int i = 0; i < names.length; i++) {
            if (!row.isNullAt(i) && !names[i].startsWith("_")) {
                values.put(names[i], String.valueOf(row.get(i)));
            }
        }
        return values;
    }

    private String origin(Row row) {
        List<String> names = List.of(row.schema().fieldNames());
        if (!names.contains("_extract_id") || row.getAs("_extract_id") == null) {
            return null;
        }
        String id = row.getAs("_extract_id");
        long line = row.<Long>getAs("_line");
        Optional<Extract> extract = now.ledger().extract(id);
        return extract.map(e -> e.sha256() == null
                        ? "%s.%s as read for %s, row %d".formatted(e.source(), e.table(), e.businessDate(), line)
                        : "%s, line %d".formatted(e.location().replaceFirst("^file:/+", "/"), line))
                .orElse("extract %s, line %d".formatted(id, line));
    }
}
