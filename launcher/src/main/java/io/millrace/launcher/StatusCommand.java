package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.lake.LakeSettings;
import io.millrace.nightly.plan.LakeLock;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.RunRecord;
import io.millrace.nightly.plan.StageRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The last runs, from the ledger: no Spark, no metastore, also while a night is running. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the last runs, their stages, counts and durations, and what was skipped or refused.")
final class StatusCommand implements Callable<Integer> {

    private static final String GONE = "its process is gone; the same command takes it up again";

    @ParentCommand
    private Main main;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "One run with its stages; default: the last ten runs and the stages of the last")
    private String runId;

    @Option(names = "--json", description = "As JSON")
    private boolean json;

    @Override
    public Integer call() {
        LakeSettings lake = main.shared().settings().lake();
        boolean held = LakeLock.isHeld(lake.root(), lake.hadoop());
        Ledger ledger = Ledger.open(lake.root(), lake.hadoop());
        List<RunRecord> runs = ledger.runs().stream()
                .map(r -> held || r.status() != RunRecord.Status.RUNNING ? r : r.interrupted(GONE))
                .toList();
        if (runId != null) {
            runs = runs.stream().filter(r -> r.runId().equals(runId)).toList();
            if (runs.isEmpty()) {
                throw Failure.usage("There is no run '%s'; the runs that ops.run alone remembers are asked for with sql"
                        .formatted(runId));
            }
        }
        List<RunRecord> shown = runs.subList(Math.max(0, runs.size() - 10), runs.size());
        if (json) {
            List<Map<String, Object>> all = new ArrayList<>();
            shown.forEach(r -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("run", r);
                one.put("stages", ledger.stagesOf(r.runId()));
                all.add(one);
            });
            System.out.println(Ledger.json(all));
        } else {
            print(ledger, shown);
        }
        return 0;
    }

    private static void print(Ledger ledger, List<RunRecord> runs) {
        if (runs.isEmpty()) {
            System.out.println("No run yet.");
            return;
        }
        System.out.printf(
                "%-14s %-12s %-11s %-21s %9s %5s %7s %6s  %s%n",
                "run", "date", "status", "started", "seconds", "ran", "skipped", "jobs", "what");
        for (RunRecord r : runs) {
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %-12s %-11s %-21.19s %9.1f %5d %7d %6d  %s%n",
                    r.runId(),
                    r.businessDate(),
                    r.status().name().toLowerCase(Locale.ROOT),
                    r.startedAt(),
                    r.seconds(),
                    r.stagesRun(),
                    r.stagesSkipped(),
                    r.sparkJobs(),
                    r.error() == null ? r.command() : StageRecord.firstLine(r.error()));
        }
        RunRecord last = runs.get(runs.size() - 1);
        List<StageRecord> stages = ledger.stagesOf(last.runId());
        if (!stages.isEmpty()) {
            System.out.printf(
                    "%n%-30s %-8s %9s %10s %10s %11s  %s%n",
                    "stage of " + last.runId(), "status", "seconds", "rows in", "rows out", "quarantined", "note");
        }
        for (StageRecord s : stages) {
            System.out.printf(
                    Locale.ROOT,
                    "%-30s %-8s %9.1f %,10d %,10d %,11d  %s%n",
                    s.stage(),
                    s.status().name().toLowerCase(Locale.ROOT),
                    s.seconds(),
                    s.rowsIn(),
                    s.rowsOut(),
                    s.rowsQuarantined(),
                    s.line());
        }
        if (!last.blocked().isEmpty()) {
            System.out.printf("%nNot started: %s%n", last.missing());
        }
    }
}
