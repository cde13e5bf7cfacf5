package io.millrace.nightly.reorder;

import io.millrace.contracts.Failure;
import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.nightly.tables.NightTables;
import java.io.Serializable;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/**
 * What ceilings kept back and a person let go. {@code ops.release} keeps who, when and why; the stage that decides reads it,
 * so the night of a release has something to do when it runs again.
 */
public final class Releases implements Serializable {

    private static final String TABLE = "ops.release";
    private static final String KIND = "reorder_plan";
    private static final String PLAN = "plan";

    private final Map<String, String> sentences = new HashMap<>();

    /** The releases that hold for the night's decisions. */
    Releases(NightTables in) {
        in.table(TABLE)
                .filter("kind = '" + KIND + "' AND business_date = DATE'" + in.date() + "'")
                .orderBy("released_at")
                .collectAsList()
                .forEach(r -> sentences.put(
                        r.getAs("decision_id"),
                        "Released by %s: %s".formatted(r.getAs("released_by"), r.getAs("reason"))));
    }

    /** Whether the plan as a whole was let go. */
    boolean hasPlan() {
        return sentences.containsKey(PLAN);
    }

    /** Who let a decision go and why, as a sentence; empty if nobody did. */
    Optional<String> of(String decisionId) {
        return Optional.ofNullable(sentences.get(decisionId));
    }

    /** @throws Failure of kind USAGE if an identifier is none, or the reason is empty; needs no lake */
    public static void check(List<String> decisionIds, String reason) {
        for (String id : decisionIds) {
            if (!id.matches("[0-9a-f]{32}")) {
                throw Failure.usage(
                        "'" + id + "' is no decision: its id is 32 hexadecimal digits, see millrace held list");
            }
        }
        if (reason.isBlank()) {
            throw Failure.usage("A release needs a reason");
        }
    }

    /**
     * Lets lines go that are held.
     *
     * @param decisionIds 32 hexadecimal digits each
     * @param who         who lets them go
     * @param reason      why, not empty
     * @return the nights that have to run again, by date
     * @throws Failure of kind USAGE if a decision is not held; then none is let go
     */
    public static List<LocalDate> release(Lake lake, List<String> decisionIds, String who, String reason) {
        check(decisionIds, reason);
        Set<String> wanted = new LinkedHashSet<>(decisionIds);
        List<Row> held = plan(lake)
                .filter(functions.col("state").equalTo("held"))
                .filter(functions.col("decision_id").isInCollection(wanted))
                .select("decision_id", "business_date")
                .orderBy("business_date", "decision_id")
                .collectAsList();
        held.forEach(row -> wanted.remove(row.getString(0)));
        if (!wanted.isEmpty()) {
            throw Failure.usage("Nothing is released: %s is not held".formatted(String.join(", ", wanted)));
        }
        note(lake, held, who, reason);
        return held.stream().map(row -> row.getDate(1).toLocalDate()).distinct().toList();
    }

    /**
     * Lets a plan go that was refused as a whole; lines of it that are held by themselves stay held.
     *
     * @throws Failure of kind USAGE if the plan of the date is not refused
     */
    public static void releasePlan(Lake lake, LocalDate date, String who, String reason) {
        check(List.of(), reason);
        if (plan(lake)
                .filter("state = 'refused' AND business_date = DATE'" + date + "'")
                .isEmpty()) {
            throw Failure.usage("Nothing is released: the reorder plan of %s is not refused".formatted(date));
        }
        note(lake, List.of(RowFactory.create(PLAN, Date.valueOf(date))), who, reason);
    }

    private static Dataset<Row> plan(Lake lake) {
        return lake.read("gold.reorder_plan");
    }

    private static void note(Lake lake, List<Row> decisions, String who, String reason) {
        Timestamp now = Timestamp.from(Instant.now());
        List<Row> rows = new ArrayList<>();
        decisions.forEach(d -> rows.add(RowFactory.create(KIND, d.getDate(1), d.getString(0), who, now, reason)));
        lake.appendRows(TABLE, rows, new Once("release " + now, 1));
    }
}
