package io.millrace.nightly.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * What a terminal shows below the events while a run goes on: stages that have ended, the time that is over and that is left by earlier
 * nights, and what the latest Spark job is for.
 */
final class ProgressLine implements AutoCloseable {

    /** Delta puts it before the descriptions that it makes of others, maybe of its own. */
    private static final String DELTA = "Delta: ";

    private final TimeLeft left;
    private final Set<String> ended = new HashSet<>();
    private final Map<String, Instant> running = new HashMap<>();
    private final int longest;
    private final ProgressBar bar;

    /**
     * @param columns how wide the terminal is
     * @param show    takes the line, again and again, from a thread of its own
     */
    ProgressLine(String run, int stages, TimeLeft left, int columns, Consumer<String> show) {
        this.left = left;
        this.longest = columns / 3;
        this.bar = ProgressBar.builder()
                .setTaskName(run)
                .setInitialMax(stages)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .continuousUpdate()
                .setEtaFunction(state -> timeLeft())
                .setConsumer(new DelegatingProgressBarConsumer(show, columns - 1))
                .build();
    }

    private synchronized Optional<Duration> timeLeft() {
        Instant now = Instant.now();
        Map<String, Double> since = new HashMap<>();
        running.forEach(
                (stage, start) -> since.put(stage, Duration.between(start, now).toMillis() / 1000.0));
        return left.seconds(ended, since).stream()
                .mapToObj(seconds -> Duration.ofSeconds(Math.round(seconds)))
                .findFirst();
    }

    synchronized void started(String stage) {
        running.put(stage, Instant.now());
        bar.setExtraMessage(stage);
    }

    synchronized void ended(String stage) {
        running.remove(stage);
        if (ended.add(stage)) {
            bar.step();
        }
    }

    /** A Spark job was started. @param what it is for, as its description says */
    void working(String what) {
        String bare = what.replace(DELTA, "");
        bar.setExtraMessage(bare.length() <= longest ? bare : bare.substring(0, longest));
    }

    @Override
    public void close() {
        bar.close();
    }
}
