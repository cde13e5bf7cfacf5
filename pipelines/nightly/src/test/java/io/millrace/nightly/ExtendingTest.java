package io.millrace.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.nightly.plan.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on extending shows is what works. */
class ExtendingTest {

    private static final Path PAGE = Path.of("../../docs/extending.md");

    @TempDir
    private Path conf;

    private static String yaml() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("```yaml\n") + "```yaml\n".length();
        return page.substring(from, page.indexOf("```", from));
    }

    @Test
    void aFeatureViewOfTheUsersIsAStageOfTheNight() throws IOException {
        Files.createDirectories(conf.resolve("features"));
        Files.writeString(conf.resolve("features/article_returns.yaml"), yaml());

        assertThat(NightlyPlan.stages(conf))
                .filteredOn(stage -> stage.name().equals("features-article-returns"))
                .singleElement()
                .satisfies(stage -> {
                    assertThat(stage.reads()).containsExactly("silver.sales_line");
                    assertThat(stage.writes()).containsExactly("features.article_returns");
                });
        Files.createDirectories(conf.resolve("home"));
        assertThat(new NightFixture(conf.resolve("home"))
                        .night("2026-03-01")
                        .contracts()
                        .find("features.article_returns"))
                .as("another configuration does not have it")
                .isEmpty();
    }

    @Test
    void aViewWithAProblemIsRefusedWithItsFileAndTheProblem() throws IOException {
        Files.createDirectories(conf.resolve("features"));
        Files.writeString(conf.resolve("features/odd.yaml"), yaml().replace("sum", "summ"));
        assertThatThrownBy(
                        () -> NightlyPlan.stages(conf).stream().map(Stage::name).toList())
                .hasMessageContaining("odd.yaml")
                .hasMessageContaining("summ");
    }
}
