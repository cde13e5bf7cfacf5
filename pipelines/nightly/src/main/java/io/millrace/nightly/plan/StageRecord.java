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

    /** As much of an error as stays a line. */
    private static final int LINE = 200;

    /** What there is to tell of it, in a line: the error, why it was skipped, or its note. */
    public String line() {
        return error != null ? firstLine(error) : status == Status.SKIPPED ? why : note;
    }

    /** The beginning of an error; the whole text is in {@code ops.stage_run}. */
    public static String firstLine(String error) {
        String line = error.lines().findFirst().orElse("");
        return line.length() <= LINE ? line : line.substring(0, LINE) + " ...";
    }

    /** How a stage ended. */
    public enum Status {
        DONE,
        SKIPPED,
        FAILED,
        /** Not started, for something that it reads could not be brought up to date. */
        BLOCKED
    }
}
