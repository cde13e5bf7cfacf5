package io.millrace.nightly.plan;

import java.util.Map;

/** What the ledger keeps of a stage of a run. {@code outputs} are table versions after the stage. */
public record StageRecord(
        String runId,
        String businessDate,
        String stage,
        Status status,
        String why,
        String fingerprint,
        Map<String, Long> inputs,
        Map<String, Long> outputs,
        long rowsIn,
        long rowsOut,
        long rowsQuarantined,
        String note,
        String startedAt,
        double seconds,
        String error) {

    /** How a stage ended. */
    public enum Status {
        DONE,
        SKIPPED,
        FAILED,
        /** Not started, for something that it reads could not be brought up to date. */
        BLOCKED
    }
}
