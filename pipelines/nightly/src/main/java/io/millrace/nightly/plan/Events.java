package io.millrace.nightly.plan;

import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What whoever watches a night is told: lines for people, or one JSON object an event for machines. */
public final class Events {

    /** How events are written. */
    public enum Format {
        TEXT,
        JSON
    }

    /** Goes back to the beginning of a line and clears it. */
    private static final String CLEAR = "\r\u001b[2K";

    /** A terminal that is narrower has no room for a line that tells anything. */
    private static final int NARROWEST = 60;

    private final PrintStream out;
    private final Format format;
    private final int columns;
    private ProgressLine line;
    private String shown = "";

    /** @param out standard error; standard output carries the answer */
    public Events(PrintStream out, Format format) {
        this(out, format, 0);
    }

    /**
     * The same on a terminal, where lines for people have one below them that tells how far a run is.
     *
     * @param columns how wide the terminal is; 0 if {@code out} is none, which is then given the events and no byte more
     */
    public Events(PrintStream out, Format format, int columns) {
        this.out = out;
        this.format = format;
        this.columns = columns;
    }

    /**
     * What a run is about to do.
     *
     * @param stages in the order of {@link PlanRunner#ordered}
     * @param usual  name of a stage → seconds that it took on earlier nights
     */
    synchronized void planned(String runId, List<Stage> stages, Map<String, Double> usual) {
        if (format == Format.TEXT && columns >= NARROWEST) {
            line = new ProgressLine(runId, stages.size(), new TimeLeft(stages, usual), columns, this::show);
        }
    }

    /** A Spark job was started. @param what it is for */
    synchronized void working(String what) {
        if (line != null) {
            line.working(what);
        }
    }

    private synchronized void show(String progress) {
        if (line != null) {
            shown = progress.strip();
            out.print(CLEAR + shown);
            out.flush();
        }
    }

    public void runStarted(RunRecord run) {
        event("run_started", run.runId(), null, 0, run.resumed() > 0 ? "resumed" : run.command());
    }

    public void runEnded(RunRecord run) {
        String text = "%s: %d stages ran, %d skipped%s%s"
                .formatted(
                        run.status().name().toLowerCase(Locale.ROOT),
                        run.stagesRun(),
                        run.stagesSkipped(),
                        run.sparkJobs() > 0 ? ", " + run.sparkJobs() + " Spark jobs" : "",
                        run.blocked().isEmpty() ? "" : "; not started: " + run.missing());
        event("run_ended", run.runId(), null, run.seconds(), text);
    }

    public synchronized void stageStarted(String runId, String stage, String why) {
        event("stage_started", runId, stage, 0, why);
        if (line != null) {
            line.started(stage);
        }
    }

    public synchronized void stageEnded(StageRecord stage) {
        String text = stage.error() != null
                ? stage.error()
                : stage.status() == StageRecord.Status.SKIPPED
                        ? "skipped: " + stage.why()
                        : "%,d rows in, %,d out%s%s"
                                .formatted(
                                        stage.rowsIn(),
                                        stage.rowsOut(),
                                        stage.rowsQuarantined() > 0
                                                ? ", %,d quarantined".formatted(stage.rowsQuarantined())
                                                : "",
                                        stage.note().isEmpty() ? "" : ": " + stage.note());
        event(
                "stage_" + stage.status().name().toLowerCase(Locale.ROOT),
                stage.runId(),
                stage.stage(),
                stage.seconds(),
                text);
        if (line != null) {
            line.ended(stage.stage());
        }
    }

    /** The stages have ended. */
    void noLine() {
        ProgressLine last;
        synchronized (this) {
            last = line;
            line = null;
            shown = "";
        }
        if (last != null) {
            // Waits for the thread that shows it, which may be waiting for this object.
            last.close();
            out.print(CLEAR);
            out.flush();
        }
    }

    /** A sentence that belongs to no stage. */
    public void note(String text) {
        event("note", null, null, 0, text);
    }

    /**
     * What a command ends with, as one JSON object.
     *
     * @param trace where it came from, or null
     */
    public static String error(int exitCode, String text, String trace) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", Instant.now().toString());
        fields.put("event", "error");
        fields.put("exit_code", exitCode);
        fields.put("text", text);
        if (trace != null) {
            fields.put("trace", trace);
        }
        return Ledger.json(fields);
    }

    private synchronized void event(String event, String runId, String stage, double seconds, String text) {
        if (format == Format.JSON) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("at", Instant.now().toString());
            fields.put("event", event);
            fields.put("run", runId);
            fields.put("stage", stage);
            fields.put("seconds", Math.round(seconds * 1000) / 1000.0);
            fields.put("text", text);
            out.println(Ledger.json(fields));
        } else {
            String took = seconds > 0 ? String.format(Locale.ROOT, "%7.1f s", seconds) : "         ";
            out.print(line == null ? "" : CLEAR);
            out.printf("%-30s %s  %s%n", stage == null ? runId == null ? "" : runId : stage, took, text);
            out.print(shown);
        }
        out.flush();
    }
}
