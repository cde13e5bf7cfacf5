package io.millrace.nightly.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a person at a terminal sees of a run, and what nobody else is given. */
class EventsTest {

    private static final List<Stage> STAGES = List.of(
            new Step("refine", List.of(), List.of("silver.product"), "", ignored -> {}),
            new Step("decide", List.of("silver.product"), List.of("gold.plan"), "", ignored -> {}));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A run until its first stage has ended, and a look at the line meanwhile. */
    private String told(Events.Format format, int columns, BooleanSupplier seen) throws InterruptedException {
        Events events = new Events(new PrintStream(bytes, true, StandardCharsets.UTF_8), format, columns);
        events.planned("2026-03-01-1", STAGES, Map.of("refine", 100.0, "decide", 60.0));
        events.stageStarted("2026-03-01-1", "refine", "never ran");
        events.working("Delta: refine: silver.product: Filtering files for query");
        Instant last = Instant.now().plus(Duration.ofSeconds(20));
        while (!seen.getAsBoolean() && Instant.now().isBefore(last)) {
            Thread.sleep(20);
        }
        events.stageEnded(new StageRecord(
                "2026-03-01-1",
                "2026-03-01",
                "refine",
                StageRecord.Status.DONE,
                "never ran",
                "",
                Map.of(),
                Map.of(),
                3,
                2,
                0,
                "",
                "2026-03-01T00:00:00Z",
                1.5,
                null));
        events.noLine();
        return said();
    }

    @Test
    void aTerminalHasALineWithTheTableAndTheTimeThatEarlierNightsTook() throws InterruptedException {
        String said = told(Events.Format.TEXT, 120, () -> said().contains("silver.product"));

        assertThat(said.split("\r\u001b\\[2K"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("2026-03-01-1")
                        .contains("0/2")
                        .containsPattern("0:02:[34]\\d")
                        .contains("refine: silver.product")
                        .doesNotContain("Delta:")
                        .hasSizeLessThan(120));
        assertThat(said)
                .as("events stand in lines of their own, and nothing is left of the other")
                .containsPattern("\r\u001b\\[2Krefine +1\\.5 s  3 rows in, 2 out\n")
                .endsWith("\r\u001b[2K");
    }

    @Test
    void whatIsNoTerminalIsGivenTheEventsAndNoByteMore() throws InterruptedException {
        assertThat(told(Events.Format.TEXT, 0, () -> true))
                .isEqualToNormalizingNewlines("%-30s            never ran%n%-30s     1.5 s  3 rows in, 2 out%n"
                        .formatted("refine", "refine"));
    }

    @Test
    void aNarrowTerminalAndJsonHaveNoLineEither() throws InterruptedException {
        told(Events.Format.TEXT, 40, () -> true);
        told(Events.Format.JSON, 120, () -> true);
        assertThat(said()).doesNotContain("\r", "\u001b", "0/2").hasLineCount(4);
    }
}
