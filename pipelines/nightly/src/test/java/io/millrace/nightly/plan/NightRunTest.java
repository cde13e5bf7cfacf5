package io.millrace.nightly.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.contracts.Failure;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.settings.Settings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightRunTest {

    private static final LocalDate DATE = LocalDate.parse("2026-03-01");

    @TempDir
    private Path home;

    private Settings settings;
    private NightRun nights;

    @BeforeEach
    void aLake() {
        settings = new NightFixture(home).settings();
        Events silent = new Events(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Events.Format.TEXT);
        nights = new NightRun(settings, home.resolve("conf"), silent);
    }

    private Ledger ledger() {
        return Ledger.open(settings.lake().root(), new Configuration());
    }

    private Map<String, RunRecord.Status> statuses() {
        return ledger().runs().stream().collect(java.util.stream.Collectors.toMap(RunRecord::runId, RunRecord::status));
    }

    private static Step step(String name) {
        return new Step(name, List.of(), List.of("x." + name), "", n -> {});
    }

    @Test
    void aRunThatWasKilledIsTakenUpByItsOwnCommand() {
        ledger().record(RunRecord.begun("2026-03-01-1", DATE.toString(), "nightly"));

        RunRecord run = nights.run(DATE, List.of(step("a")), "nightly", false);

        assertThat(run.runId()).isEqualTo("2026-03-01-1");
        assertThat(run.resumed()).isEqualTo(1);
        assertThat(statuses()).containsOnly(Map.entry("2026-03-01-1", RunRecord.Status.DONE));
    }

    @Test
    void aRunThatWasKilledIsClosedByAnyOther() {
        ledger().record(RunRecord.begun("2026-03-01-1", DATE.toString(), "nightly"));

        nights.run(DATE, List.of(step("a")), "ingest", false);

        assertThat(statuses())
                .containsOnly(
                        Map.entry("2026-03-01-1", RunRecord.Status.INTERRUPTED),
                        Map.entry("2026-03-01-2", RunRecord.Status.DONE));
    }

    @Test
    void aRunThatIsRefusedKeepsWhatItDid() {
        Step refusing = new Step("b", List.of("x.a"), List.of("x.b"), "", n -> {
            throw Failure.data("not acceptable");
        });

        assertThatThrownBy(() -> nights.run(DATE, List.of(step("a"), refusing), "nightly", false))
                .hasMessage("not acceptable");

        assertThat(ledger().runs()).singleElement().satisfies(run -> {
            assertThat(run.status()).isEqualTo(RunRecord.Status.REFUSED);
            assertThat(run.stagesRun()).isEqualTo(1);
            assertThat(run.error()).isEqualTo("not acceptable");
        });
    }

    @Test
    void whatARunCouldNotStartIsKeptWithItsReasonWhenTheBooksAreClosed() {
        Step refusing = new Step("train", List.of(), List.of("x.t"), "", n -> {
            throw Failure.data("not acceptable");
        });
        Step waiting = new Step("decide", List.of("x.t"), List.of("x.d"), "", n -> {});

        assertThatThrownBy(() -> nights.run(DATE, List.of(step("a"), refusing, waiting), "nightly", false))
                .hasMessage("not acceptable");

        assertThat(ledger().runs().get(0).missing()).isEqualTo("decide (train failed)");
        assertThat(ledger().stagesOf("2026-03-01-1"))
                .extracting(StageRecord::stage, StageRecord::status)
                .containsExactlyInAnyOrder(
                        tuple("a", StageRecord.Status.DONE),
                        tuple("train", StageRecord.Status.FAILED),
                        tuple("decide", StageRecord.Status.BLOCKED));
    }
}
