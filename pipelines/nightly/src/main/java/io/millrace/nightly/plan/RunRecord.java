package io.millrace.nightly.plan;

import java.time.Instant;

/** What the ledger keeps of a run. */
public record RunRecord(
        String runId,
        String businessDate,
        String command,
        Status status,
        String startedAt,
        double seconds,
        int resumed,
        int stagesRun,
        int stagesSkipped,
        long sparkJobs,
        String codeVersion,
        String error) {

    /** How a run stands. */
    public enum Status {
        RUNNING,
        DONE,
        /** Data did not pass a gate, or an outside system did not answer; nothing wrong was written. */
        REFUSED,
        FAILED,
        /** Its process was gone before the end. */
        INTERRUPTED
    }

    /** A run that starts now. */
    static RunRecord begun(String runId, String businessDate, String command) {
        return new RunRecord(
                runId,
                businessDate,
                command,
                Status.RUNNING,
                Instant.now().toString(),
                0,
                0,
                0,
                0,
                0,
                CodeVersion.get(),
                null);
    }

    /** What is left of a run whose process is gone. */
    public RunRecord interrupted(String why) {
        return ended(Status.INTERRUPTED, seconds, stagesRun, stagesSkipped, sparkJobs, why);
    }

    public RunRecord taken(int times) {
        return new RunRecord(
                runId,
                businessDate,
                command,
                Status.RUNNING,
                startedAt,
                seconds,
                times,
                stagesRun,
                stagesSkipped,
                sparkJobs,
                codeVersion,
                null);
    }

    public RunRecord ended(Status end, double took, int ran, int skipped, long jobs, String why) {
        return new RunRecord(
                runId, businessDate, command, end, startedAt, took, resumed, ran, skipped, jobs, codeVersion, why);
    }
}
