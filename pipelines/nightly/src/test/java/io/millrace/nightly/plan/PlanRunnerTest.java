package io.millrace.nightly.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.contracts.Failure;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.NightlyPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRunnerTest {

    @TempDir
    private Path home;

    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    private Step step(String name, String reads, String writes) {
        return new Step(
                name,
                reads.isEmpty() ? List.of() : List.of(reads.split(" ")),
                List.of(writes.split(" ")),
                "",
                ran::add);
    }

    private PlanRunner runner(List<Stage> stages, boolean force) {
        Events silent = new Events(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Events.Format.TEXT);
        return new PlanRunner(stages, new NightFixture(home).night("2026-03-01"), silent, force);
    }

    @Test
    void theOrderComesFromWhatIsReadAndWritten() {
        List<Stage> stages =
                List.of(step("c", "silver.b", "gold.c"), step("b", "bronze.*", "silver.b"), step("a", "", "bronze.a"));
        assertThat(PlanRunner.ordered(stages)).extracting(Stage::name).containsExactly("a", "b", "c");
    }

    @Test
    void aCircleIsNamed() {
        assertThatThrownBy(() -> PlanRunner.ordered(List.of(step("a", "x.b", "x.a"), step("b", "x.a", "x.b"))))
                .hasMessageContaining("[a, b]");
    }

    @Test
    void everyTableOfTheNightIsWrittenBeforeItIsRead() {
        List<Stage> night = PlanRunner.ordered(NightlyPlan.stages(home));
        assertThat(night.get(0).name()).isEqualTo("ingest");
        assertThat(night.subList(night.size() - 2, night.size()))
                .extracting(Stage::name)
                .containsExactly("maintain", "report");
        assertThat(PlanRunner.named(night, List.of("publish")))
                .extracting(Stage::name)
                .containsExactly("publish-reorder", "publish-campaign", "publish-routes", "publish-alerts");
    }

    @Test
    void whatIsUpToDateIsSkippedAndSaysSo() {
        List<Stage> stages = List.of(step("a", "", "x.a"), step("b", "x.a", "x.b"));
        assertThat(counts(runner(stages, false))).containsExactly(2, 0);
        assertThat(counts(runner(stages, false))).containsExactly(0, 2);
        assertThat(runner(stages, false).plan())
                .allSatisfy(p -> assertThat(p.why()).startsWith("up to date since run"));
        assertThat(counts(runner(stages, true))).containsExactly(2, 0);
        assertThat(ran).containsExactly("a", "b", "a", "b");
    }

    private void commit(String table) {
        try {
            Path log =
                    Files.createDirectories(home.resolve("lake").resolve(table).resolve("_delta_log"));
            try (Stream<Path> commits = Files.list(log)) {
                Files.createFile(log.resolve("%020d.json".formatted(commits.count())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStageThatReadsWhatItWroteBeforeIsNotMadeDueByItself() {
        List<Stage> own = List.of(new Step("a", List.of("x.a"), List.of("x.a"), "", n -> commit("x/a")));
        assertThat(runner(own, false).run().ran()).isEqualTo(1);
        assertThat(runner(own, false).run().ran()).isZero();
    }

    @Test
    void whatAnotherWritesMakesAStageDue() {
        List<Stage> reader = List.of(step("b", "x.a", "x.b"));
        commit("x/a");
        assertThat(runner(reader, false).run().ran()).isEqualTo(1);
        assertThat(runner(reader, false).run().ran()).isZero();
        commit("x/a");
        assertThat(runner(reader, false).plan())
                .singleElement()
                .satisfies(p -> assertThat(p.why()).isEqualTo("x.a moved from version 0 to 1"));
    }

    @Test
    void whatAStageHeedsMakesItRunAgain() {
        runner(List.of(step("a", "", "x.a")), false).run();
        Stage changed = new Step("a", List.of(), List.of("x.a"), "another setting", ran::add);
        assertThat(runner(List.of(changed), false).plan())
                .singleElement()
                .satisfies(p -> assertThat(p.runs()).isTrue());
    }

    /** Stages that ran and stages that were skipped; the run met no failure. */
    private static List<Integer> counts(PlanRunner runner) {
        PlanRunner.Result result = runner.run();
        assertThat(result.failure()).isNull();
        assertThat(result.blocked()).isEmpty();
        return List.of(result.ran(), result.skipped());
    }

    private static Step failing(String name, String reads, String writes) {
        return new Step(name, List.of(reads.split(" ")), List.of(writes), "", n -> {
            throw Failure.data(n + " is refused");
        });
    }

    @Test
    void aFailureStopsWhatNeedsItAndNothingElse() {
        List<Stage> broken = List.of(
                step("a", "", "x.a"),
                failing("train", "x.a", "model.m"),
                step("score", "model.m x.a", "x.score"),
                step("decide", "x.score", "x.plan"),
                step("other", "x.a", "x.other"));

        PlanRunner.Result stopped = runner(broken, false).run();

        assertThat(stopped.failure()).hasMessage("train is refused");
        assertThat(ran).containsExactly("a", "other");
        assertThat(stopped.blocked()).containsExactly(entry("score", "train failed"), entry("decide", "train failed"));
        assertThat(stopped.reachedAnEnd()).as("other is waited for by none").isTrue();
        assertThat(Ledger.open(home.resolve("lake").toString(), new Configuration())
                        .stagesOf("2026-03-01-1"))
                .filteredOn(s -> s.status() == StageRecord.Status.BLOCKED)
                .extracting(StageRecord::stage, StageRecord::error)
                .containsExactly(
                        tuple("score", "not started: train failed"), tuple("decide", "not started: train failed"));

        List<Stage> mended = List.of(
                step("a", "", "x.a"),
                step("train", "x.a", "model.m"),
                step("score", "model.m x.a", "x.score"),
                step("decide", "x.score", "x.plan"),
                step("other", "x.a", "x.other"));
        assertThat(counts(runner(mended, false))).as("what was missing alone").containsExactly(3, 2);
    }

    @Test
    void theFirstFailureIsTheRunsAndLaterOnesAreKept() {
        List<Stage> broken =
                List.of(failing("a", "x.z", "x.a"), failing("b", "x.y", "x.b"), step("c", "x.a x.b", "x.c"));
        PlanRunner.Result stopped = runner(broken, false).run();
        assertThat(stopped.failure().getSuppressed()).hasSize(1);
        assertThat(stopped.blocked()).containsOnlyKeys("c");
        assertThat(stopped.reachedAnEnd()).isFalse();
    }

    /** Takes in tables of a database, one of which it refuses. */
    private Stage refusing(String name, String refused) {
        return new Extended(step(name, "", "bronze.*"), Set.of(refused), false);
    }

    @Test
    void whatAStageRefusesCostsOnlyWhatRestsOnIt() {
        // Goes table by table: silver.t is filled from bronze.t.
        Stage refine = new Extended(step("refine", "bronze.*", "silver.*"), Set.of(), true);
        List<Stage> stages = List.of(
                refusing("ingest", "bronze.sales"),
                refine,
                step("forecast", "silver.sales", "x.forecast"),
                step("plan", "x.forecast silver.stock", "x.plan"),
                step("contacts", "silver.customer", "x.contacts"));

        PlanRunner.Result result = runner(stages, false).run();

        assertThat(result.failure()).hasMessage("bronze.sales is refused");
        assertThat(ran).containsExactly("ingest", "refine", "contacts");
        assertThat(result.blocked())
                .containsExactly(
                        entry("forecast", "ingest refused bronze.sales"), entry("plan", "ingest refused bronze.sales"));
        ran.clear();
        runner(stages, false).run();
        assertThat(ran)
                .as("again: what is there is not done anew, and the same is held")
                .containsExactly("ingest");
    }

    @Test
    void trainingThatFailsCostsTheCampaignAndNotTheOrders() {
        List<Stage> night = NightlyPlan.stages(home).stream()
                .map(stage -> (Stage)
                        (stage.name().equals("train-churn")
                                ? failing(
                                        stage.name(),
                                        String.join(" ", stage.reads()),
                                        stage.writes().get(0))
                                : new Step(stage.name(), stage.reads(), stage.writes(), "", ran::add)))
                .toList();

        PlanRunner.Result result = runner(night, false).run();

        assertThat(ran).contains("decide-reorder", "publish-reorder", "score-segments");
        assertThat(result.blocked()).containsOnlyKeys("score-churn", "decide-campaign", "publish-campaign");
        assertThat(result.reachedAnEnd()).isTrue();
    }

    /**
     * A step with more of a stage to it.
     *
     * @param refused      tables that it refuses while it does the rest, or none
     * @param tableByTable whether silver.t rests on bronze.t alone
     */
    private record Extended(Stage step, Set<String> refused, boolean tableByTable) implements Stage {
        @Override
        public String name() {
            return step.name();
        }

        @Override
        public String about() {
            return step.about();
        }

        @Override
        public List<String> reads() {
            return step.reads();
        }

        @Override
        public List<String> writes() {
            return step.writes();
        }

        @Override
        public String heeds(Night night) {
            return step.heeds(night);
        }

        @Override
        public Set<String> lacks(Night night, Set<String> missing) {
            return tableByTable
                    ? missing.stream().map(t -> t.replace("bronze.", "silver.")).collect(Collectors.toSet())
                    : step.lacks(night, missing);
        }

        @Override
        public Outcome run(Night night) {
            Outcome outcome = step.run(night);
            return refused.isEmpty()
                    ? outcome
                    : outcome.but(new Refused(Failure.data(String.join(", ", refused) + " is refused"), refused));
        }
    }

    @Test
    void aPhaseNamesItsStagesAndAnUnknownOneTheNearest() {
        List<Stage> stages = NightlyPlan.stages(home);
        assertThat(PlanRunner.named(stages, List.of("features")))
                .extracting(Stage::name)
                .contains("features-customer-behaviour", "features-customer-segment", "features-item-demand")
                .allMatch(name -> name.startsWith("features-"));
        assertThatThrownBy(() -> PlanRunner.named(stages, List.of("refin")))
                .hasMessageContaining("did you mean 'refine'?");
    }
}
