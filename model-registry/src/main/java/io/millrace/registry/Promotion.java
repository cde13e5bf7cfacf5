package io.millrace.registry;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A decision about who is champion: an entry of the log that answers which version was champion when.
 *
 * @param name         registered model
 * @param sequence     1, 2, 3 ... within the model, in the order of the decisions
 * @param version      the version that became champion, or that was refused
 * @param action       what was decided
 * @param decidedAt    when
 * @param businessDate the night from which it holds
 * @param reason       the gate's sentence, or the words of who decided by hand
 * @param runId        run or command that decided
 */
public record Promotion(
        String name,
        int sequence,
        int version,
        Action action,
        Instant decidedAt,
        LocalDate businessDate,
        String reason,
        String runId) {

    /** What may be decided. */
    public enum Action {
        /** The version became champion. */
        PROMOTED,
        /** The version became champion again, in place of the one after it. */
        ROLLED_BACK,
        /** The gate kept the version out; the champion stays. */
        REFUSED;

        /** As written in the log: {@code rolled-back}. */
        String text() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        static Action of(String text) {
            return valueOf(text.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        }
    }

    /** True if the version is champion from here on. */
    public boolean isChampion() {
        return action != Action.REFUSED;
    }

    /** {@code champion}, or {@code refused}. */
    String alias() {
        return isChampion() ? "champion" : "refused";
    }
}
