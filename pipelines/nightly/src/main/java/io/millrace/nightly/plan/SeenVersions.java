package io.millrace.nightly.plan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The versions of what stages read, as the night of a business date sees them: those that a stage of that date or an earlier one
 * recorded. A version that no stage recorded was written by somebody else and counts at once.
 */
public final class SeenVersions {

    /** What a trained model offers to those who score with it, as {@code model.churn}: its version counts promotions. */
    public static final String MODEL = "model.";

    private final Night night;

    SeenVersions(Night night) {
        this.night = night;
    }

    /** Table or model that the stage reads → its version, -1 where there is none. */
    public Map<String, Long> of(Stage stage) {
        Map<String, Long> seen = new TreeMap<>();
        latest(stage.reads())
                .forEach((table, latest) ->
                        seen.put(table, table.startsWith(MODEL) ? latest : seen(table, latest, stage.writes())));
        return seen;
    }

    private long seen(String table, long latest, List<String> written) {
        Ledger ledger = night.ledger();
        if (written.contains(table)) {
            // What a stage reads of its own table is what earlier nights wrote there.
            return ledger.versionSeen(table, night.date().minusDays(1).toString());
        }
        boolean ours = latest <= ledger.versionRecorded(table);
        return ours ? ledger.versionSeen(table, night.date().toString()) : latest;
    }

    /** The latest versions of tables, of which {@code bronze.*} stands for every one of a database. */
    Map<String, Long> latest(List<String> patterns) {
        Map<String, Long> versions = new TreeMap<>();
        for (String pattern : patterns) {
            List<String> tables = pattern.endsWith(".*")
                    ? night.versions().tables().stream()
                            .filter(t -> PlanRunner.meets(pattern, t))
                            .toList()
                    : List.of(pattern);
            tables.forEach(t -> versions.put(t, latest(t)));
        }
        return versions;
    }

    /** The latest version of a table; of a model, the promotions up to the business date. */
    long latest(String table) {
        return table.startsWith(MODEL)
                ? night.promotions().upTo(table.substring(MODEL.length()), night.date())
                : night.ledger().unchanged(table, night.versions().latest(table));
    }
}
