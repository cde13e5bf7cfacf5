package io.millrace.nightly.publish;

import io.millrace.contracts.Failure;
import io.millrace.lake.Once;
import io.millrace.nightly.decide.Decision;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.plan.StageRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Writes one kind of the night's decisions to the ERP's staging schema in a transaction, so that what another kind lacks costs this one nothing.
 * Customers who are left alone stay in the lake: the ERP is to do nothing about them.
 */
public final class PublishStage implements Stage {

    /** What a plan that goes nowhere as a whole says of its lines. */
    private static final String REFUSED = "state = 'refused'";

    private static final int SENTENCE = 1000;

    private static final String FEEDBACK = "ops.decision_feedback";
    private static final String UNPUBLISHED = "ops.unpublished";

    private final Decision decision;
    private final BatchKind kind;

    /** @throws IllegalArgumentException where the contract of what is decided does not say how it is staged */
    public PublishStage(Decision decision) {
        this.decision = decision;
        this.kind = BatchKind.of(decision.decides().substring(decision.decides().indexOf('.') + 1));
    }

    @Override
    public String name() {
        return "publish-" + decision.name();
    }

    @Override
    public String about() {
        return "write them to the ERP's staging schema";
    }

    @Override
    public List<String> reads() {
        return List.of("gold." + kind.tableName());
    }

    /** The list of batches is common to all kinds, so they are published one after another. */
    @Override
    public List<String> writes() {
        return List.of("staging." + kind.tableName(), "staging.batch", UNPUBLISHED);
    }

    @Override
    public String heeds(Night night) {
        var database = night.settings().staging().database();
        return night.settings().staging().schema()
                + (database == null
                        ? ""
                        : " as " + database.user() + " at " + database.url().replaceAll(":\\d+/", "/"));
    }

    /** What stands in the database decides, not what our own books say of it: it may have been emptied or restored since. */
    @Override
    public OptionalLong stands(Night night, String table) {
        var staging = night.settings().staging();
        if (staging.database() == null || !table.startsWith("staging.")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(new StagingSchema(staging.schema())
                    .rows(staging.database()::connect, table.substring("staging.".length())));
        } catch (Failure e) {
            // Nothing stands that can be seen: the stage has to run, and says itself what is wrong.
            return OptionalLong.of(-1);
        }
    }

    @Override
    public Outcome run(Night night) {
        Optional<StageRecord> decided = night.ledger()
                .lastDone("decide-" + decision.name(), night.date().toString());
        if (decided.isEmpty()) {
            return Outcome.of(
                    0, 0, "nothing is published: decide-%s never ran for %s".formatted(decision.name(), night.date()));
        }
        if (night.contracts().get(decision.decides()).column("held_reason").isPresent()) {
            refuse(night);
        }
        var staging = night.settings().staging();
        if (staging.database() == null) {
            return Outcome.of(0, 0, "no staging database is configured: nothing is published");
        }
        StagingSchema schema = new StagingSchema(staging.schema());
        schema.create(staging.database()::connect);
        List<Row> unpublished = new ArrayList<>();
        StagingBatch batch = batch(night, kind, unpublished);
        note(night, unpublished);
        night.requireHeld();
        PublishResult result =
                new StagingPublisher(schema).publish(staging.database()::connect, batch, basis(night, decided.get()));
        return new Outcome(
                batch.rows().size() + unpublished.size(),
                result.changed(),
                unpublished.size(),
                note(kind, result, unpublished.size()));
    }

    /** The answers that the plan was decided with, by the version that its stage recorded. */
    private Basis basis(Night night, StageRecord decided) {
        long version = decided.inputs().getOrDefault(FEEDBACK, -1L);
        Set<String> answered = version <= 0
                ? Set.of()
                : night
                        .lake()
                        .readAt(FEEDBACK, version)
                        .filter("kind = '" + kind.tableName() + "'")
                        .select("decision_id")
                        .collectAsList()
                        .stream()
                        .map(row -> row.getString(0))
                        .collect(Collectors.toSet());
        // What names its subject by more than is published, as a route by its day, is another one tomorrow. What does
        // not ask
        // for answers rests on none.
        boolean excludes = decision.decidesFrom().contains(FEEDBACK)
                && kind.columns().stream().map(StagingColumn::name).toList().containsAll(decision.key());
        return new Basis(answered, excludes ? decision.key() : List.of());
    }

    /** A decision that the database cannot hold stays behind, with its reason; the others go out. */
    private static void note(Night night, List<Row> unpublished) {
        if (!unpublished.isEmpty()) {
            Once once = Once.of(
                    "unpublished", unpublished.stream().map(Row::toString).toList());
            night.lake().appendRows(UNPUBLISHED, unpublished, once);
        }
    }

    /** @throws Failure of kind DATA if the night's plan goes nowhere as a whole */
    private void refuse(Night night) {
        night
                .lake()
                .read(decision.decides())
                .filter("business_date = DATE'" + night.date() + "' AND " + REFUSED)
                .select("held_reason")
                .limit(1)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .findFirst()
                .ifPresent(why -> {
                    throw Failure.data(
                            ("The reorder plan of %1$s is refused and nothing of it is published: %2$s. Where it is right all"
                                            + " the same: millrace held release --plan %1$s --reason TEXT, and run the night again.")
                                    .formatted(night.date(), why));
                });
    }

    private static StagingBatch batch(Night night, BatchKind kind, List<Row> unpublished) {
        List<String> names = kind.columns().stream().map(StagingColumn::name).toList();
        Dataset<Row> decided = night.lake()
                .read("gold." + kind.tableName())
                .filter("business_date = DATE'" + night.date() + "' AND (" + kind.rows() + ")");
        List<StagingRow> rows = new ArrayList<>();
        Set<String> models = new LinkedHashSet<>();
        for (Row row : decided.collectAsList()) {
            try {
                Map<String, Object> values = new LinkedHashMap<>();
                names.forEach(name -> values.put(name, value(name, row.getAs(name))));
                rows.add(StagingRow.of(kind, row.getAs("decision_id"), values));
                models.add(row.getAs("model_versions"));
            } catch (IllegalArgumentException e) {
                unpublished.add(RowFactory.create(
                        Date.valueOf(night.date()),
                        kind.tableName(),
                        row.getAs("decision_id"),
                        e.getMessage(),
                        night.runId()));
            }
        }
        String versions = models.stream().sorted().collect(Collectors.joining("; "));
        return new StagingBatch(kind, night.date(), night.runId(), cut(versions), rows);
    }

    private static String cut(String sentence) {
        if (sentence.length() <= SENTENCE) {
            return sentence;
        }
        int end = SENTENCE - 4;
        return sentence.substring(0, Character.isHighSurrogate(sentence.charAt(end - 1)) ? end - 1 : end) + " ...";
    }

    /** Sentences are cut to what the staging column holds; a code or a number that does not fit is refused. */
    private static Object value(String column, Object value) {
        if (value instanceof String text && column.equals("reason")) {
            return cut(text);
        } else if (value instanceof Date date) {
            return date.toLocalDate();
        } else if (value instanceof Timestamp timestamp) {
            return timestamp.toInstant();
        } else if (value instanceof Double number) {
            return BigDecimal.valueOf(number).setScale(10, RoundingMode.HALF_UP);
        }
        return value;
    }

    private static String note(BatchKind kind, PublishResult r, int unpublished) {
        List<String> parts = new ArrayList<>();
        parts.add(
                r.alreadyPublished()
                        ? "%s: batch %s stands".formatted(kind.tableName(), r.batchId())
                        : "%s: %d new, %d changed, %d superseded, %d decided by the ERP and left alone"
                                .formatted(kind.tableName(), r.written(), r.updated(), r.superseded(), r.untouched()));
        if (r.leftOut() > 0) {
            parts.add("%d left out, since the ERP has accepted the like of them".formatted(r.leftOut()));
        }
        if (unpublished > 0) {
            parts.add("%d do not fit the staging schema, see %s".formatted(unpublished, UNPUBLISHED));
        }
        return String.join("; ", parts);
    }
}
