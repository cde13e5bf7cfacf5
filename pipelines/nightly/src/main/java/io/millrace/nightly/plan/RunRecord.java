package io.millrace.nightly.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
        String error,
        Map<String, String> blocked) {

    /** @param blocked stages that were not started, each with what it waited for in vain */
    public RunRecord {
        // Records of a version that stopped at the first failure do not say.
        blocked = blocked == null ? Map.of() : blocked;
    }

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
                null,
                Map.of());
    }

    /** What is left of a run whose process is gone. */
    public RunRecord interrupted(String why) {
        return ended(Status.INTERRUPTED, seconds, stagesRun, stagesSkipped, blocked, sparkJobs, why);
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
                null,
                Map.of());
    }

    public RunRecord ended(
            Status end, double took, int ran, int skipped, Map<String, String> waited, long jobs, String why) {
        return new RunRecord(
                runId,
                businessDate,
                command,
                end,
                startedAt,
                took,
                resumed,
                ran,
                skipped,
                jobs,
                codeVersion,
                why,
                waited);
    }

    /** What is missing because of what, as in {@code publish-campaign (train-churn failed)}; empty if nothing is. */
    public String missing() {
        return missing(blocked);
    }

    /** The same of stages that were not started, each with what it waited for in vain. */
    public static String missing(Map<String, String> blocked) {
        Map<String, List<String>> byCause = new LinkedHashMap<>();
        blocked.forEach((stage, cause) ->
                byCause.computeIfAbsent(cause, c -> new ArrayList<>()).add(stage));
        return byCause.entrySet().stream()
                .map(e -> "%s (%s)".formatted(String.join(", ", e.getValue()), e.getKey()))
                .collect(Collectors.joining("; "));
    }
}
