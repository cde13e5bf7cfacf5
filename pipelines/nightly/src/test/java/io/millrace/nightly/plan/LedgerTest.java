package io.millrace.nightly.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    private Path lake;

    private Ledger open() {
        return Ledger.open(lake.toString(), new Configuration());
    }

    private static StageRecord done(String date, String table, long version) {
        return done("refine", date, table, version);
    }

    private static StageRecord done(String stage, String date, String table, long version) {
        return new StageRecord(
                date + "-1",
                date,
                stage,
                StageRecord.Status.DONE,
                "",
                "print",
                Map.of(),
                Map.of(table, version),
                1,
                1,
                0,
                "",
                "2026-01-01T00:00:00Z",
                1.5,
                null);
    }

    private static RunRecord run(String id, RunRecord.Status status) {
        return new RunRecord(
                id, "2026-03-01", "nightly", status, "2026-01-01T00:00:00Z", 0, 0, 0, 0, 0, "test", null, Map.of());
    }

    @Test
    void whatWasNotedSurvivesTheProcess() {
        open().record(run("a", RunRecord.Status.RUNNING));
        open().record(done("2026-03-01", "silver.x", 3));

        Ledger again = open();
        assertThat(again.runs()).extracting(RunRecord::runId).containsExactly("a");
        assertThat(again.lastDone("refine", "2026-03-01")).isPresent();
    }

    @Test
    void aNightSeesWhatNightsUpToItsDateWrote() {
        Ledger ledger = open();
        ledger.record(done("2026-03-01", "silver.x", 3));
        ledger.record(done("2026-03-05", "silver.x", 9));

        assertThat(ledger.versionSeen("silver.x", "2026-02-28")).isEqualTo(-1);
        assertThat(ledger.versionSeen("silver.x", "2026-03-02")).isEqualTo(3);
        assertThat(ledger.versionSeen("silver.x", "2026-03-05")).isEqualTo(9);
    }

    @Test
    void whatIsTakenBackWasNeverDoneAndWhatItSupersededIsPublishedAgain() {
        Ledger ledger = open();
        ledger.record(done("2026-03-01", "silver.x", 3));
        ledger.record(done("publish-reorder", "2026-03-01", "staging.reorder_plan", 7));
        ledger.record(done("2036-03-01", "silver.x", 9));

        ledger.forgetFrom("2036-03-01");

        Ledger again = open();
        assertThat(again.lastDone("refine", "2026-03-01")).isPresent();
        assertThat(again.lastDone("publish-reorder", "2026-03-01")).isEmpty();
        assertThat(again.lastDone("refine", "2036-03-01")).isEmpty();
        assertThat(again.versionSeen("silver.x", "2036-03-02")).isEqualTo(3);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(lake.resolve("_ledger"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static void fold(Ledger ledger, String run) {
        ledger.record(run(run, RunRecord.Status.DONE));
        ledger.fold(ledger.unfolded());
    }

    @Test
    void foldingKeepsWhatIsNeededAndTheStateBeforeWithItsEvents() throws IOException {
        Ledger ledger = open();
        ledger.record(done("2026-03-01", "silver.x", 3));
        fold(ledger, "a");
        fold(ledger, "b");

        Ledger again = open();
        assertThat(again.hasUnfolded()).isFalse();
        assertThat(again.lastDone("refine", "2026-03-01")).isPresent();
        assertThat(again.runs()).hasSize(2);
        assertThat(files())
                .containsExactly("000000000004-0.json", "000000000005-0.json", "state.json", "state.previous.json");
    }

    /** It was halted for so long that another took the lake, and goes on where it stood. */
    @Test
    void whatAHolderWritesWhoHasLostTheLakeIsPassedOver() {
        Ledger halted = open();
        assertThat(halted.begin(() -> {})).isEqualTo(1);
        halted.record(run("a", RunRecord.Status.RUNNING));

        Ledger next = open();
        assertThat(next.begin(() -> {})).isEqualTo(2);
        halted.record(run("lost 1", RunRecord.Status.RUNNING));
        next.record(run("b", RunRecord.Status.RUNNING));
        halted.record(run("lost 2", RunRecord.Status.RUNNING));
        halted.record(run("lost 3", RunRecord.Status.RUNNING));
        assertThat(open().runs()).extracting(RunRecord::runId).containsExactly("a", "b");

        halted.compact();
        next.record(run("c", RunRecord.Status.RUNNING));
        assertThat(open().runs()).extracting(RunRecord::runId).containsExactly("a", "b", "c");

        next.compact();
        halted.record(run("lost 4", RunRecord.Status.RUNNING));
        Ledger last = open();
        assertThat(last.runs()).extracting(RunRecord::runId).containsExactly("a", "b", "c");
        assertThat(last.begin(() -> {})).isEqualTo(3);
    }

    @Test
    void aStateThatIsDamagedCostsNothing() throws IOException {
        Ledger ledger = open();
        fold(ledger, "a");
        fold(ledger, "b");
        ledger.record(run("c", RunRecord.Status.RUNNING));
        Path state = lake.resolve("_ledger/state.json");
        for (String damaged : List.of("", "{", Files.readString(state).replace("\"a\"", "\"x\""))) {
            Files.writeString(state, damaged);
            assertThat(open().runs()).extracting(RunRecord::runId).containsExactly("a", "b", "c");
        }
        Files.delete(state);
        assertThat(open().runs()).extracting(RunRecord::runId).containsExactly("a", "b", "c");

        fold(open(), "d");
        assertThat(open().runs()).extracting(RunRecord::runId).containsExactly("a", "b", "c", "d");
    }

    /** Killed between the commits to ops.* and the state that says so, the same records go under the same number again. */
    @Test
    void whatWasBegunToBeCarriedIsCarriedOnce() {
        Ledger killed = open();
        killed.record(run("a", RunRecord.Status.DONE));
        Ledger.Unfolded first = killed.unfolded();

        Ledger next = open();
        next.record(run("b", RunRecord.Status.DONE));
        assertThat(next.unfolded()).isEqualTo(first);
        next.fold(next.unfolded());
        assertThat(next.hasUnfolded()).isTrue();
        Ledger.Unfolded second = next.unfolded();
        assertThat(second.runs()).extracting(RunRecord::runId).containsExactly("b");
        assertThat(second.number()).isGreaterThan(first.number());
    }

    @Test
    void whatChangedTheLakeIsOwedUntilItIsCarriedAndWhatWasSkippedIsNot() {
        Ledger ledger = open();
        ledger.record(run("a", RunRecord.Status.DONE));
        ledger.record(done("2026-03-01", "x.nowhere", -1));
        assertThat(ledger.owesBooks()).as("nothing was written").isFalse();
        ledger.record(done("2026-03-01", "silver.x", 3));
        assertThat(open().owesBooks()).as("the process is gone").isTrue();
        ledger.fold(ledger.unfolded());
        assertThat(open().owesBooks()).isFalse();
    }

    @Test
    void eventsBehindTheStateAreReadAndThoseBeforeItAreNot() {
        Ledger ledger = open();
        ledger.record(run("a", RunRecord.Status.DONE));
        ledger.compact();
        ledger.record(run("b", RunRecord.Status.RUNNING));

        assertThat(open().runs()).extracting(RunRecord::runId).containsExactly("a", "b");
    }

    @Test
    void runsThatAreNoLongerKeptStillCount() {
        Ledger ledger = open();
        for (int i = 1; i <= 150; i++) {
            ledger.record(run("2026-03-01-" + i, RunRecord.Status.RUNNING));
            ledger.record(run("2026-03-01-" + i, RunRecord.Status.DONE));
        }
        ledger.compact();

        Ledger again = open();
        assertThat(again.runs()).hasSizeLessThan(150);
        assertThat(again.runsOf("2026-03-01")).isEqualTo(150);
        assertThat(again.runsOf("2026-03-02")).isZero();
    }

    @Test
    void aStageUsuallyTakesTheMedianOfItsLastFiveNights() {
        Ledger ledger = open();
        double[] seconds = {900, 800, 1, 2, 3, 40, 5};
        for (int night = 0; night < seconds.length; night++) {
            String date = "2026-03-0" + (night + 1);
            StageRecord done = done("score", date, "gold.score", night);
            ledger.record(new StageRecord(
                    done.runId(),
                    date,
                    done.stage(),
                    done.status(),
                    "",
                    "",
                    Map.of(),
                    done.outputs(),
                    0,
                    0,
                    0,
                    "",
                    date + "T00:00:00Z",
                    seconds[night],
                    null));
        }
        ledger.record(done("report", "2026-03-01", "x.page", 1));
        assertThat(ledger.usualSeconds()).containsOnly(Map.entry("score", 3.0), Map.entry("report", 1.5));
    }
}
