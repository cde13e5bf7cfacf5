package io.millrace.nightly.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.models.evaluate.EvaluationResult;
import io.millrace.nightly.evaluate.ColumnRole;
import io.millrace.nightly.evaluate.TableEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The models on tables of anybody's, and what is said of tables that do not do. */
class ChurnEvaluationTest {

    @TempDir
    private Path folder;

    private final List<String> remarks = new ArrayList<>();

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** Leaving depends on the plan and on months; totals are blank for new customers. */
    private static String customers(int rows) {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder("id,no,plan,months,total,country,left\n");
        for (int i = 0; i < rows; i++) {
            int months = random.nextInt(60);
            String plan = List.of("monthly", "\"two, years\"", "yearly").get(random.nextInt(3));
            double logOdds = (plan.equals("monthly") ? 1.5 : -1.5) - (months - 30) / 15.0;
            boolean left = random.nextDouble() < 1 / (1 + Math.exp(-logOdds));
            text.append("u%d,%d,%s,%d,%s,NL,%s%n"
                    .formatted(i, 1000 - i, plan, months, months == 0 ? " " : months * 20.5, left ? "Yes" : "No"));
        }
        return text.toString();
    }

    private ChurnEvaluation evaluation(Path data, String label, String positive, String id) {
        return new ChurnEvaluation(data, label, positive, id, 3, 42);
    }

    @Test
    void modelsAreMeasuredBesideTheirBaselines() throws IOException {
        EvaluationResult result = evaluation(file("c.csv.gz", customers(600)), "left", "Yes", "id")
                .run(remarks::add);

        assertThat(result.task()).isEqualTo("churn");
        assertThat(result.rows()).isEqualTo(600);
        assertThat(result.metrics()).containsKeys("accuracy", "precision", "recall", "f1", "auc", "log_loss", "brier");
        assertThat(result.metrics().get("auc")).isGreaterThan(0.8);
        assertThat(result.baselines()).containsOnlyKeys("logistic_regression", "xgboost", "majority");
        assertThat(result.baselines().get("majority").get("auc")).isEqualTo(0.5);
        assertThat(result.metrics().get("log_loss"))
                .isLessThan(result.baselines().get("majority").get("log_loss") - 0.1);
        assertThat(remarks)
                .containsExactly(
                        "no is left out: it is different in every row",
                        "country is left out: it is the same in every row");
    }

    @Test
    void columnsOfTextBecomeFeaturesOfTheirFrequentValues() {
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(new String[] {
                i < 200 ? "often" : i < 298 ? "less" : "rare" + i, i % 2 == 0 ? "Yes" : "No", i == 7 ? "?" : "" + i
            });
        }
        TableEncoder encoder = new TableEncoder(
                List.of("word", "flag", "number"),
                List.of(ColumnRole.CATEGORY, ColumnRole.CATEGORY, ColumnRole.NUMBER),
                rows);

        assertThat(encoder.features()).containsExactly("word=often", "word=less", "flag=Yes", "number");
        double[][] encoded =
                encoder.encode(List.of(new String[] {"never seen", "Yes", " "}, new String[] {"less", "No", "4.5"}));
        assertThat(encoded[0]).containsExactly(0, 0, 1, Double.NaN);
        assertThat(encoded[1]).containsExactly(0, 1, 0, 4.5);
    }

    @Test
    void wrongUsageIsAnsweredWithWhatIsThere() throws IOException {
        Path data = file("c.csv", customers(60));

        assertThatThrownBy(() -> evaluation(data, "lefft", "Yes", null).run(remarks::add))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no column 'lefft' (did you mean 'left'?)")
                .hasMessageContaining("--label");
        assertThatThrownBy(() -> evaluation(data, "left", "yes", null).run(remarks::add))
                .hasMessageContaining("No row")
                .hasMessageContaining("(did you mean 'Yes'?)")
                .hasMessageContaining("'No', 'Yes'");
        assertThatThrownBy(() -> evaluation(data, "left", "Yes", "customer").run(remarks::add))
                .hasMessageContaining("no column 'customer'")
                .hasMessageContaining("--id");
        assertThatThrownBy(() -> evaluation(folder.resolve("none.csv"), "left", "Yes", null)
                        .run(remarks::add))
                .hasMessageContaining("none.csv cannot be read");
        assertThatThrownBy(() -> new ChurnEvaluation(data, "left", "Yes", null, 1, 42))
                .hasMessageContaining("--folds is 1");
    }

    @Test
    void tablesThatCannotBeLearnedFromAreRefusedWithTheReason() throws IOException {
        assertThatThrownBy(() ->
                        evaluation(file("empty.csv", ""), "left", "Yes", null).run(remarks::add))
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> evaluation(file("r.csv", "a,left\n1,Yes\n2,No,3\n"), "left", "Yes", null)
                        .run(remarks::add))
                .hasMessageContaining("3 fields in record 2 and 2 in its header");
        assertThatThrownBy(() -> evaluation(file("b.csv", "a,left\n1,Yes\n2,\n"), "left", "Yes", null)
                        .run(remarks::add))
                .hasMessageContaining("without a 'left', the first in record 2");
        assertThatThrownBy(() -> evaluation(file("o.csv", "a,left\n1,Yes\n2,Yes\n"), "left", "Yes", null)
                        .run(remarks::add))
                .hasMessageContaining("Every row of");
        assertThatThrownBy(() -> evaluation(file("f.csv", customers(30)), "left", "Yes", null)
                        .run(remarks::add))
                .hasMessageContaining("at least 20 of each are needed for 3 folds");
    }

    @Test
    void aColumnThatAloneSeparatesTheLabelStopsIt() throws IOException {
        StringBuilder reasons = new StringBuilder("months,reason,left\n");
        for (int i = 0; i < 80; i++) {
            reasons.append("%d,%s%n"
                    .formatted(
                            i % 7,
                            i % 2 == 0 ? ",No" : List.of("price", "moved").get(i % 3 / 2) + ",Yes"));
        }

        assertThatThrownBy(() -> evaluation(file("reason.csv", reasons.toString()), "left", "Yes", null)
                        .run(remarks::add))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'reason=(missing)' alone tells every row with left = 'Yes' from all others")
                .hasMessageContaining("known only afterwards");
    }

    @Test
    void filesThatAreNoTableOfThisKindAreRefusedWithTheReason() throws IOException {
        assertThatThrownBy(() -> evaluation(file("s.csv", "a;left\n1;Yes\n"), "left", "Yes", null)
                        .run(remarks::add))
                .hasMessageContaining("has one column, 'a;left'; its fields have to be separated by commas");
        assertThatThrownBy(() -> evaluation(file("t.csv", "left,a,left\nNo,1,Yes\n"), "left", "Yes", null)
                        .run(remarks::add))
                .hasMessageContaining("several columns named 'left'");
        assertThatThrownBy(() -> evaluation(file("h.csv", "a,left\n"), "left", "Yes", null)
                        .run(remarks::add))
                .hasMessageContaining("a header and no rows");
        assertThatThrownBy(() -> evaluation(file("i.csv", "a,left\n1,Yes\n"), "left", "Yes", "left")
                        .run(remarks::add))
                .hasMessageContaining("--label and --id both name the column 'left'");
        Path latin = folder.resolve("l.csv");
        Files.write(latin, "a,left\nM\u00fcller,Yes\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> evaluation(latin, "left", "Yes", null).run(remarks::add))
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "MILLRACE_DATA", matches = ".+")
    void telcoIsRankedAtLeastAsDefaultBoostingDoes() {
        assertThat(auc("telco_ibm/Telco-Customer-Churn.csv.gz", "Churn", "Yes")).isGreaterThanOrEqualTo(0.846);
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "MILLRACE_DATA", matches = ".+")
    void bankIsRankedAtLeastAsDefaultBoostingDoes() {
        assertThat(auc("bank_churn_modelling/Churn_Modelling.csv.gz", "Exited", "1"))
                .isGreaterThanOrEqualTo(0.867);
    }

    private double auc(String file, String label, String positive) {
        Path data = Path.of(System.getenv("MILLRACE_DATA"), "churn", file);
        return new ChurnEvaluation(data, label, positive, null, 5, 42)
                .run(remarks::add)
                .metrics()
                .get("auc");
    }
}
