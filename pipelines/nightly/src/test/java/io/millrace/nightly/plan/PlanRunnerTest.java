package io.millrace.nightly.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.stream.Stream;
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
        List<Stage> night = PlanRunner.ordered(NightlyPlan.stages());
        assertThat(night.get(0).name()).isEqualTo("ingest");
        assertThat(night.get(night.size() - 1).name()).isEqualTo("publish");
    }

    @Test
    void whatIsUpToDateIsSkippedAndSaysSo() {
        List<Stage> stages = List.of(step("a", "", "x.a"), step("b", "x.a", "x.b"));
        assertThat(runner(stages, false).run()).isEqualTo(new PlanRunner.Result(2, 0, null));
        assertThat(runner(stages, false).run()).isEqualTo(new PlanRunner.Result(0, 2, null));
        assertThat(runner(stages, false).plan())
                .allSatisfy(p -> assertThat(p.why()).startsWith("up to date since run"));
        assertThat(runner(stages, true).run()).isEqualTo(new PlanRunner.Result(2, 0, null));
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

    @Test
    void aFailureStopsWhatComesAfterAndIsTakenUpAgain() {
        Step failing = new Step("b", List.of("x.a"), List.of("x.b"), "", name -> {
            throw Failure.data("refused");
        });
        List<Stage> broken = List.of(step("a", "", "x.a"), failing, step("c", "x.b", "x.c"));
        PlanRunner.Result stopped = runner(broken, false).run();
        assertThat(stopped.failure()).hasMessage("refused");
        assertThat(stopped.ran()).isEqualTo(1);
        assertThat(ran).containsExactly("a");

        List<Stage> mended = List.of(step("a", "", "x.a"), step("b", "x.a", "x.b"), step("c", "x.b", "x.c"));
        assertThat(runner(mended, false).run()).isEqualTo(new PlanRunner.Result(2, 1, null));
    }

    @Test
    void aPhaseNamesItsStagesAndAnUnknownOneTheNearest() {
        List<Stage> stages = NightlyPlan.stages();
        assertThat(PlanRunner.named(stages, List.of("features"))).hasSize(3);
        assertThatThrownBy(() -> PlanRunner.named(stages, List.of("refin")))
                .hasMessageContaining("did you mean 'refine'?");
    }
}
