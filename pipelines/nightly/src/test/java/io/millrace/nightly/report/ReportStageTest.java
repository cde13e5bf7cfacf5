package io.millrace.nightly.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.JobCounter;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.NightlyPlan;
import io.millrace.nightly.plan.Events;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.PlanRunner;
import io.millrace.nightly.plan.RunRecord;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.plan.StageRecord;
import io.millrace.nightly.report.Block.Text;
import io.millrace.nightly.simulate.ReplayClaim;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as whoever opens it in the morning finds it. */
class ReportStageTest {

    private static final LocalDate NIGHT = LocalDate.of(2026, 3, 1);
    private static final LocalDate BEFORE = NIGHT.minusDays(7);
    /** Scored so long ago that it is known who left. */
    private static final LocalDate LONG_BEFORE = NIGHT.minusDays(91);
    /** Spark jobs of a page with something in each section: more means a table is read again; fewer is welcome, then lower it. */
    private static final int MOST_JOBS = 42;

    /** Three nights with something in each section. */
    @TempDir
    private static Path full;

    @TempDir
    private Path home;

    private NightFixture shop;

    @BeforeAll
    static void threeNights() {
        TestLake.get();
        Night night = new NightFixture(full).night(NIGHT.toString());
        Morning morning = new Morning(night);
        morning.product(LONG_BEFORE);
        morning.decided(LONG_BEFORE, 5);
        morning.decided(BEFORE, 5);
        morning.decided(NIGHT, 40);
        morning.sold(BEFORE.plusDays(2), "C-001", 9);
        morning.sold(LONG_BEFORE.plusDays(2), "C-001", 12);
        morning.quarantined(NIGHT, 17);
        morning.quarantined(NIGHT, 18);
        night.ledger().record(begun(NIGHT + "-1").ended(RunRecord.Status.DONE, 60, 1, 0, Map.of(), 0, null));
    }

    @BeforeEach
    void aHome() {
        shop = new NightFixture(home);
    }

    private Stage report() {
        return NightlyPlan.stages(home.resolve("conf")).stream()
                .filter(ReportStage.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static String html(NightFixture shop) throws IOException {
        return Files.readString(
                Path.of(ReportStage.page(shop.settings(), NIGHT).toUri().getPath()));
    }

    private static HtmlPage valid(String html) {
        HtmlPage page = new HtmlPage(html);
        assertThat(page.errors()).as("parse errors").isEmpty();
        List<String> ids = page.values("id");
        assertThat(new HashSet<>(ids)).as("ids are unique").hasSameSizeAs(ids);
        assertThat(page.values("href"))
                .as("links lead somewhere")
                .isNotEmpty()
                .allSatisfy(link -> assertThat(ids).contains(link.replaceFirst("^#", "")));
        assertThat(page.values("aria-labelledby"))
                .allSatisfy(id -> assertThat(ids).contains(id));
        assertThat(page.values("clip-path"))
                .allSatisfy(clip -> assertThat(ids).contains(clip.replaceAll("url\\(#|\\)", "")));
        assertThat(page.all("script")).isEmpty();
        assertThat(page.values("src")).as("nothing is loaded").isEmpty();
        assertThat(html.replaceAll("xmlns(:\\w+)?=\"[^\"]*\"", ""))
                .doesNotContain("http:", "https:", "url(http", "@import");
        return page;
    }

    @Test
    void aPageOfANightIsValidAndWhatComesFromTheTablesIsText() throws IOException {
        shop = new NightFixture(full);
        Night night = shop.night(NIGHT.toString());
        JobCounter jobs = JobCounter.on(night.lake().spark());

        Stage.Outcome outcome = report().run(night);

        assertThat(jobs.jobs()).isPositive().isLessThan(MOST_JOBS);
        assertThat(outcome.note()).contains("index.html").doesNotContain("not written");
        HtmlPage page = valid(html(shop));
        assertThat(page.text("orders"))
                .contains(Morning.NAME, Morning.REASON)
                .contains("100 of 130 lines. All of them: ./millrace sql \"SELECT * FROM gold.reorder_plan")
                .contains("What changed since Feb 22, 2026")
                .contains("P-007 S 5 40 3,500.00 The policy stands; the position moved");
        assertThat(page.text("safety"))
                .contains("1 held order, 2 rows set aside", "product.csv line 17", "P-003 S 10 1,000.00 held");
        assertThat(page.text("contacts"))
                .contains("Contacts 108", "Left alone by chance 12", "Expected gain 1,350", Morning.REASON);
        assertThat(page.text("money")).contains("Saved, by the model 1,965 60% of the baseline");
        assertThat(page.text("demand"))
                .contains(Morning.NAME + ", Lamp & \"Shade\" at S")
                .contains("Error a week ahead 11.1%")
                .contains("Forecasts a week ahead");
        assertThat(page.text("churn"))
                .contains("Customers at high risk 20", "Did they leave? Scores of Nov 30, 2025", "1 12 ");
        assertThat(page.text("segments")).contains(Morning.NAME);
        assertThat(page.text("alerts")).contains("critical maintenance " + Morning.NAME);
        assertThat(page.text("routes")).contains("Kilometres 80", "20% shorter", "one shipment is on no route");

        String first = html(shop);
        report().run(shop.night(NIGHT.toString()));
        assertThat(html(shop)).as("the same night gives the same page").isEqualTo(first);
    }

    @Test
    void aReplayOnRecordIsToldWithItsInterval() throws IOException {
        NightFixture kept = new NightFixture(full, "report.folder=" + home.resolve("kept"));
        String before = report().heeds(kept.night(NIGHT.toString()));
        new ReplayClaim("2025-06-01", "2025-12-09", 77, "erp-before", 1234.5, 900, 1500, 0.25).keep(kept.settings());
        assertThat(report().heeds(kept.night(NIGHT.toString())))
                .as("the page is due again")
                .isNotEqualTo(before);
        new ReportStage(List.of(new MoneySection())).run(kept.night(NIGHT.toString()));
        assertThat(valid(html(kept)).text("money"))
                .contains(
                        "Saved on days that happened 1,235 900.00 to 1,500 in 95 of 100 draws of the items, 25% of what"
                                + " erp-before cost; 77 items from Jun 1, 2025 to Dec 9, 2025");
    }

    @Test
    void anEmptyNightHasAPage() throws IOException {
        report().run(shop.night(NIGHT.toString()));
        HtmlPage page = valid(html(shop));
        assertThat(page.text("orders")).contains("No plan was made tonight. decide-reorder has not run");
        assertThat(page.text("contacts")).contains("Nobody is to be contacted tonight.");
        assertThat(page.text("demand")).contains("Nothing was forecast tonight.");
        assertThat(page.text("churn")).contains("Nobody was scored tonight.", "No model of churn was ever champion.");
        assertThat(page.text("trends")).contains("This is the first night");
        assertThat(page.all("section")).hasSizeGreaterThan(8);
    }

    @Test
    void aSectionOfANewcomerIsOnThePage() throws IOException {
        NightFixture kept = new NightFixture(full, "report.folder=" + home.resolve("kept"));
        new ReportStage(List.of(new SlowSellersSection())).run(kept.night(NIGHT.toString()));
        assertThat(valid(html(kept)).text("slow-sellers"))
                .contains("What hardly sells", "Days without a sale", Morning.NAME);
        new ReportStage(List.of(new SlowSellersSection())).run(shop.night(NIGHT.toString()));
        assertThat(valid(html(shop)).text("slow-sellers")).contains("Everything sells.");
    }

    @Test
    void aSectionThatFailsCostsItself() throws IOException {
        ReportStage stage = new ReportStage(List.of(
                section("first", night -> List.of(new Text("Here."))),
                section("odd", night -> {
                    throw new IllegalStateException("no such <thing>");
                }),
                section("query", night -> {
                    night.rows("SELECT nothing FROM {gold.alert}");
                    return List.of();
                }),
                section("last", night -> List.of(new Text("And here.")))));

        Stage.Outcome outcome = stage.run(shop.night(NIGHT.toString()));

        assertThat(outcome.note()).contains("not written: odd (", "no such <thing>", "query (");
        assertThat(outcome.refused()).isEmpty();
        HtmlPage page = valid(html(shop));
        assertThat(page.text("odd")).contains("This section could not be written", "no such <thing>");
        assertThat(page.text("first")).contains("Here.");
        assertThat(page.text("last")).contains("And here.");
    }

    private interface Blocks {
        List<Block> of(ReportNight night);
    }

    private static Section section(String name, Blocks blocks) {
        return new Section() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String title() {
                return "About " + name;
            }

            @Override
            public List<String> reads() {
                return List.of("gold.alert");
            }

            @Override
            public List<Block> blocks(ReportNight night) {
                return blocks.of(night);
            }
        };
    }

    @Test
    void numbersAndDatesAreThoseOfTheLocale() throws IOException {
        NightFixture german =
                new NightFixture(full, "report.locale=de", "currency=EUR", "report.folder=" + home.resolve("de"));
        new ReportStage(List.of(new SafetySection(), new MoneySection())).run(german.night(NIGHT.toString()));
        HtmlPage page = valid(html(german));
        assertThat(page.all("h1").get(0).getTextContent()).isEqualTo("Sonntag, 1. März 2026");
        assertThat(page.text("safety")).contains("P-003 S 10 1.000,00 €");
        assertThat(page.text("money")).contains("1.965 €").contains("60 % of the baseline");
    }

    @Test
    void aBadNightHasItsPageInTheWordsOfStatusAndAGoodOneIsNotWrittenAgain() throws IOException {
        shop.deliver(
                NIGHT.toString(), "supplier.csv", "supplier_code\nS1\n".getBytes(StandardCharsets.UTF_8), 5, "delta");
        assertThat(run().failure()).hasMessageContaining("it holds 1 rows and the manifest says 5");

        assertThat(valid(html(shop)).text("safety"))
                .contains("A part of this night is missing.")
                .contains("it holds 1 rows and the manifest says 5")
                .contains("Not started: decide-reorder (ingest refused ")
                .contains("Extracts that were not taken in", "shop supplier supplier.csv");
        assertThat(run().failure()).as("still refused").isNotNull();
        assertThat(statusOfTheLastReport()).isEqualTo(StageRecord.Status.SKIPPED);

        Files.delete(home.resolve("drop/shop/" + NIGHT + "/_manifest.json"));
        shop.deliver(NIGHT.toString(), "supplier.csv", "supplier_code\nS1\n");
        assertThat(run().failure()).isNull();
        assertThat(statusOfTheLastReport()).isEqualTo(StageRecord.Status.DONE);
        assertThat(valid(html(shop)).text("safety"))
                .contains("Safe to use.")
                .doesNotContain("A part of this night is missing", "manifest says 5");
        assertThat(run().failure()).isNull();
        assertThat(statusOfTheLastReport()).isEqualTo(StageRecord.Status.SKIPPED);
    }

    private static RunRecord begun(String id) {
        return new RunRecord(
                id,
                NIGHT.toString(),
                "nightly",
                RunRecord.Status.RUNNING,
                "2026-03-02T01:00:00Z",
                0,
                0,
                0,
                0,
                0,
                "test",
                null,
                Map.of());
    }

    /** A run as the command line makes it, of a few stages and in this session. @return what it ended with */
    private PlanRunner.Result run() {
        Ledger ledger = Ledger.open(shop.settings().lake().root(), new Configuration());
        RunRecord begun = begun(NIGHT + "-" + (ledger.runsOf(NIGHT.toString()) + 1));
        ledger.record(begun);
        Night night = new Night(
                shop.settings(), home.resolve("conf"), NIGHT, begun.runId(), Instant.parse(begun.startedAt()), ledger);
        Events quiet = new Events(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Events.Format.TEXT);
        List<Stage> stages = PlanRunner.named(
                NightlyPlan.stages(home.resolve("conf")), List.of("ingest", "refine", "decide-reorder", "report"));
        PlanRunner.Result result = new PlanRunner(stages, night, quiet, false).run();
        RuntimeException failure = result.failure();
        ledger.record(begun.ended(
                failure == null ? RunRecord.Status.DONE : RunRecord.Status.REFUSED,
                1,
                result.ran(),
                result.skipped(),
                result.blocked(),
                0,
                failure == null ? null : failure.getMessage()));
        return result;
    }

    private StageRecord.Status statusOfTheLastReport() {
        Ledger ledger = Ledger.open(shop.settings().lake().root(), new Configuration());
        List<RunRecord> runs = ledger.runs();
        return ledger.stagesOf(runs.get(runs.size() - 1).runId()).stream()
                .filter(s -> s.stage().equals("report"))
                .findFirst()
                .orElseThrow()
                .status();
    }
}
