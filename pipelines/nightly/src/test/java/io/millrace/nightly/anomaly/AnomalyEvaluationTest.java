package io.millrace.nightly.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.models.evaluate.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class AnomalyEvaluationTest {

    @TempDir
    private Path folder;

    private Path write(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    /** So many rows, of which every twentieth is far out and has label 1. */
    private Path table(String name, long seed, boolean isLabelled) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder(isLabelled ? "a,note,b,bad\n" : "b,a\n");
        IntStream.range(0, 400).forEach(i -> {
            boolean bad = isLabelled && i % 20 == 0;
            double a = random.nextGaussian() + (bad ? 7 : 0);
            double b = random.nextGaussian() - (bad ? 7 : 0);
            text.append(isLabelled ? a + ",x" + i + "," + b + "," + (bad ? 1 : 0) : b + "," + a)
                    .append('\n');
        });
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void theLabelIsNoColumnAndTextIsLeftOutByName() throws IOException {
        EvaluationResult result = new AnomalyEvaluation(table("d.csv", 1, true), "bad", null, 42).run();
        assertThat(result.metrics()).containsOnlyKeys("auc", "average_precision", "precision_at_rate");
        assertThat(result.metrics().get("auc")).isGreaterThan(0.99);
        assertThat(result.metrics().get("precision_at_rate")).isGreaterThanOrEqualTo(0.75);
        assertThat(result.baselines()).containsOnlyKeys("isolation_forest", "distance_to_mean");
        assertThat(result.remarks()).containsExactly("note is left out: 'x0' in record 1 is no number");
    }

    @Test
    void rowsThatAreKnownMayStandInAFileOfTheirOwnWithoutTheLabelAndInAnotherOrder() throws IOException {
        EvaluationResult result =
                new AnomalyEvaluation(table("d.csv", 1, true), "bad", table("known.csv", 2, false), 42).run();
        assertThat(result.metrics().get("auc")).isGreaterThan(0.99);
        Path other = write("other.csv", "a", "1", "2");
        assertThatThrownBy(() -> new AnomalyEvaluation(folder.resolve("d.csv"), "bad", other, 42).run())
                .hasMessageContaining("other.csv has no column of numbers 'b'");
    }

    @Test
    void labelsThatAreNoneAreRefusedByPlace() throws IOException {
        Path odd = write("odd.csv", "a,bad", "1,0", "2,maybe");
        assertThatThrownBy(() -> new AnomalyEvaluation(odd, "bad", null, 1).run())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'maybe' in record 2; 1 is an anomaly, 0 is none");
        Path none = write("none.csv", "a,bad", "1,0", "2,0.0");
        assertThatThrownBy(() -> new AnomalyEvaluation(none, "bad", null, 1).run())
                .hasMessageContaining("no row has bad = 1");
        assertThatThrownBy(() -> new AnomalyEvaluation(none, "baad", null, 1).run())
                .hasMessageContaining("did you mean 'bad'?");
        Path text = write("text.csv", "a,bad", "x,0", "y,1");
        assertThatThrownBy(() -> new AnomalyEvaluation(text, "bad", null, 1).run())
                .hasMessageContaining("no column of numbers");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "MILLRACE_DATA", matches = ".+")
    void onLabelledTablesItIsBetterThanAnIsolationForest() {
        String data = System.getenv("MILLRACE_DATA");
        double ours = 0;
        double forest = 0;
        for (String table : new String[] {"30_satellite", "44_Wilt", "27_PageBlocks", "7_Cardiotocography"}) {
            Path file = Path.of(data, "anomaly", "adbench", table + ".csv.gz");
            EvaluationResult result = new AnomalyEvaluation(file, "label", null, 42).run();
            ours += result.metrics().get("auc") / 4;
            forest += result.baselines().get("isolation_forest").get("auc") / 4;
        }
        assertThat(ours).isGreaterThan(0.74).isGreaterThan(forest + 0.04);
    }
}
