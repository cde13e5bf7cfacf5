package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.decisions.replay.Money;
import io.millrace.decisions.replay.ReplayPolicy;
import io.millrace.decisions.replay.Saving;
import io.millrace.nightly.simulate.ItemLine;
import io.millrace.nightly.simulate.PolicyTotals;
import io.millrace.nightly.simulate.ReplayResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay is told as: text, JSON, CSV and a plot. */
class ReplayReportTest {

    private static final LocalDate FIRST = LocalDate.parse("2011-06-01");

    @TempDir
    private Path folder;

    private static PolicyTotals totals(ReplayPolicy policy, double cost, Money modelPrice) {
        Money money = new Money(cost / 2, cost / 4, cost / 4);
        return new PolicyTotals(
                policy,
                money,
                modelPrice,
                0.925,
                7,
                1000,
                900,
                50,
                new double[] {cost / 3, cost * 2 / 3},
                new double[2]);
    }

    private static ItemLine line(ReplayPolicy policy, long seen) {
        return new ItemLine(
                "A,1",
                "S",
                policy,
                FIRST,
                2,
                new Money(1, 2, 3),
                Money.NONE,
                80,
                6,
                2,
                90,
                5,
                9,
                0,
                false,
                false,
                seen,
                1,
                8);
    }

    private static ReplayResult result(long seen) {
        return new ReplayResult(
                List.of(FIRST, FIRST.plusDays(7)),
                FIRST.plusDays(14),
                1,
                List.of(
                        totals(ReplayPolicy.MOVING_AVERAGE, 200, new Money(100, 50, 10)),
                        totals(ReplayPolicy.CLASSICAL, 120, new Money(60, 40, 20)),
                        totals(ReplayPolicy.PERFECT_FORESIGHT, 30, Money.NONE)),
                Map.of(ReplayPolicy.MOVING_AVERAGE, new Saving(80, 60, 95, 0.4, 0.31, 0.46)),
                List.of(line(ReplayPolicy.MOVING_AVERAGE, seen), line(ReplayPolicy.CLASSICAL, seen)));
    }

    private static String text(ReplayResult result) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ReplayReport(result, "week").print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theTextClaimsWhatTheReplaySaysAndNoMore() {
        assertThat(text(result(4)))
                .contains(
                        "against the moving average recomputed on each date (the ERP has no rule): 80 (95 % interval over items 60 to 95), 40.0 % (31.0 to 46.0)",
                        "Model price of classical: 120 (holding 60, shortage 40, ordering 20), 1.00 of what happened",
                        "On 1 of 4 item-days on which the real shelf was seen it was empty; sales of these days (10.00 % of all units) are censored")
                .doesNotContain("ERP's rule");
        assertThat(text(result(0))).contains("The real shelf was never seen");
    }

    @Test
    void theJsonHoldsTheSameFigures() throws IOException {
        JsonNode json = new ObjectMapper().readTree(new ReplayReport(result(4), "week").json());
        assertThat(json.get("policies").fieldNames())
                .toIterable()
                .containsExactly("moving-average", "classical", "perfect-foresight");
        assertThat(json.get("policies")
                        .get("classical")
                        .get("model_price")
                        .get("cost")
                        .asDouble())
                .isEqualTo(120);
        assertThat(json.get("policies").get("perfect-foresight").has("model_price"))
                .isFalse();
        assertThat(json.get("savings").get("moving-average").get("share_low").asDouble())
                .isEqualTo(0.31);
        assertThat(json.get("censored_share").asDouble()).isEqualTo(0.1);
    }

    @Test
    void itemsAreLinesAndThePlotIsADrawing() throws IOException {
        Path csv = folder.resolve("items.csv");
        ReplayCsv.write(csv, result(4).lines());
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("\"A,1\",S,moving-average,2011-06-01,2.0000,6.00,1.00,2.00,3.00,");
        assertThat(lines.get(1).replace("A,1", "A").split(","))
                .hasSameSizeAs(lines.get(0).split(","));
        Path plot = folder.resolve("plot.svg");
        ReplayPlot.write(plot, result(4));
        assertThat(Files.readString(plot)).contains("<svg", "</svg>");
    }
}
