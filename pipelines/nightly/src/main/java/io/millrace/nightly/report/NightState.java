package io.millrace.nightly.report;

import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.RunRecord;
import io.millrace.nightly.plan.StageRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a night stands, over all runs of its date, as the ledger has it: what a later run mended is mended.
 *
 * @param date     business date
 * @param isKnown  false if the ledger has forgotten the runs of the date
 * @param stages   how each stage ended last, in the order in which they first ran
 * @param blocked  stages that were not started, each with what it waited for in vain
 * @param errors   what ended a run and belongs to no stage
 * @param extracts files and queries that were seen for the date or by its runs
 */
public record NightState(
        LocalDate date,
        boolean isKnown,
        List<StageRecord> stages,
        Map<String, String> blocked,
        List<String> errors,
        List<Extract> extracts) {

    /** What comes behind the page or beside it, of which it cannot tell: it would be another page an hour later. */
    static final Set<String> BESIDE = Set.of("report", "maintain");

    /** The state of a night now. */
    static NightState of(Ledger ledger, LocalDate date) {
        Map<String, StageRecord> stages = new LinkedHashMap<>();
        Map<String, String> blocked = new LinkedHashMap<>();
        List<String> errors = new ArrayList<>();
        List<RunRecord> runs = ledger.runs().stream()
                .filter(run -> run.businessDate().equals(date.toString()))
                .toList();
        for (RunRecord run : runs) {
            List<StageRecord> ended = ledger.stagesOf(run.runId()).stream()
                    .filter(s -> s.status() != StageRecord.Status.SKIPPED && !BESIDE.contains(s.stage()))
                    .toList();
            ended.forEach(s -> {
                stages.put(s.stage(), s);
                blocked.remove(s.stage());
                if (s.status() == StageRecord.Status.BLOCKED) {
                    blocked.put(s.stage(), s.why());
                }
            });
            // The ledger keeps the failed stages of the last runs only; of older ones, what the run says.
            run.blocked().forEach((stage, cause) -> {
                if (ended.stream().noneMatch(s -> s.stage().equals(stage))) {
                    blocked.put(stage, cause);
                }
            });
            boolean isTold = ended.stream().anyMatch(s -> s.status() == StageRecord.Status.FAILED);
            errors.clear();
            if (run.error() != null && !isTold && run.status() != RunRecord.Status.INTERRUPTED) {
                errors.add(StageRecord.firstLine(run.error()));
            }
        }
        return new NightState(
                date, !runs.isEmpty(), List.copyOf(stages.values()), blocked, errors, extracts(ledger, date));
    }

    private static List<Extract> extracts(Ledger ledger, LocalDate date) {
        String day = date.toString();
        return ledger.extracts().stream()
                .filter(e -> e.businessDate().equals(day)
                        || e.runId() != null && e.runId().startsWith(day + "-"))
                .sorted(Comparator.comparing(Extract::source)
                        .thenComparing(Extract::table)
                        .thenComparing(Extract::location))
                .toList();
    }

    /** Stages that failed, or refused a part of their work. */
    public List<StageRecord> failed() {
        return stages.stream()
                .filter(s -> s.status() == StageRecord.Status.FAILED)
                .toList();
    }

    /** Files and queries that were not taken in, and of which nothing else was taken in their place. */
    public List<Extract> refused() {
        // A file that was taken away is not refused any more, and leaves no trace but an ingest that ended well.
        boolean isMended =
                stages.stream().anyMatch(s -> s.stage().equals("ingest") && s.status() == StageRecord.Status.DONE);
        return isMended
                ? List.of()
                : extracts.stream()
                        .filter(e -> e.state() == Extract.State.REFUSED)
                        .filter(e -> extracts.stream().noneMatch(other -> takesPlaceOf(other, e)))
                        .toList();
    }

    private static boolean takesPlaceOf(Extract taken, Extract refused) {
        return taken.state() != Extract.State.REFUSED
                && taken.source().equals(refused.source())
                && taken.location().equals(refused.location())
                && taken.businessDate().equals(refused.businessDate());
    }

    /** Whether a stage did its work to the end. */
    public boolean isDone(String stage) {
        return stages.stream().anyMatch(s -> s.stage().equals(stage) && s.status() == StageRecord.Status.DONE);
    }

    /** Why a stage has left nothing for the page, or empty if it did its work. */
    public String missing(String stage) {
        if (blocked.containsKey(stage)) {
            return "%s was not started (%s)".formatted(stage, blocked.get(stage));
        }
        return stages.stream()
                .filter(s -> s.stage().equals(stage))
                .findFirst()
                .map(s -> s.status() == StageRecord.Status.FAILED
                        ? "%s failed: %s".formatted(stage, s.line())
                        : s.note().isEmpty() ? "" : "%s says: %s".formatted(stage, s.note()))
                .orElse("%s has not run for this night".formatted(stage));
    }

    /** What of it decides what a page says, for a fingerprint: what is not as it should be. */
    String troubles() {
        List<String> troubles = new ArrayList<>();
        failed().forEach(s -> troubles.add(s.stage() + " " + s.error()));
        blocked.forEach((stage, cause) -> troubles.add(stage + " " + cause));
        troubles.addAll(errors);
        refused().forEach(e -> troubles.add(e.id() + " " + e.reason()));
        return troubles.toString();
    }
}
