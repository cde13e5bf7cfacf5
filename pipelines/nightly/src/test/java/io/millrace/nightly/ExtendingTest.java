package io.millrace.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on extending shows is what works. */
class ExtendingTest {

    private static final Path PAGE = Path.of("../../docs/extending.md");

    @TempDir
    private Path conf;

    /** What stands in the page between fences and begins so. */
    private static String shown(String beginning) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(beginning);
        return page.substring(from, page.indexOf("```", from));
    }

    private Path write(String file, String text) throws IOException {
        Path path = conf.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    @Test
    void aSourceIsDescribedByItsTablesAndAQuery() throws IOException {
        write("sources/till/source.yaml", shown("about: Receipts"));
        write("sources/till/sales_line.sql", shown("SELECT _row, receipt"));
        Settings settings = SettingsReader.read(
                null, List.of("home=" + conf, "sources.shop.system=till", "sources.shop.drop=" + conf.resolve("drop")));
        SourceSystem till =
                Night.systems(settings, conf, ContractCatalog.load()).get("shop");
        assertThat(till.fills().get("sales_line").from()).isEqualTo("receipts");
        assertThat(till.sql().get("sales_line")).contains("pieces AS quantity");
    }

    @Test
    void aFeatureViewOfTheUsersIsAStageOfTheNight() throws IOException {
        write("features/article_returns.yaml", shown("view: article_returns"));

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
    void aSectionIsTheOneThatATestOfThePageRuns() throws IOException {
        assertThat(Files.readString(Path.of("src/test/java/io/millrace/nightly/report/SlowSellersSection.java")))
                .contains(shown("final class SlowSellersSection"));
    }

    @Test
    void aViewWithAProblemIsRefusedWithItsFileAndTheProblem() throws IOException {
        write("features/odd.yaml", shown("view: article_returns").replace("sum", "summ"));
        assertThatThrownBy(
                        () -> NightlyPlan.stages(conf).stream().map(Stage::name).toList())
                .hasMessageContaining("odd.yaml")
                .hasMessageContaining("summ");
    }
}
