package io.millrace.nightly.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.models.evaluate.EvaluationResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The classifier on texts of anybody's, and what is said of files that do not do. */
class SentimentEvaluationTest {

    private static final List<String> PRAISE =
            List.of("I love this %s.", "The %s is wonderful!", "What a great %s", "Best %s ever, thank you");
    private static final List<String> BLAME =
            List.of("I hate this %s.", "The %s is dreadful!", "What a waste, this %s", "Worst %s ever, never again");
    private static final List<String> THINGS = List.of("lamp", "chair", "phone", "film", "hotel", "knife", "coat");

    @TempDir
    private Path folder;

    private final List<String> remarks = new ArrayList<>();

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Rows of praise and blame about the things from one place on. */
    private static String opinions(int from, int to) {
        StringBuilder text = new StringBuilder("id,text,label\n");
        for (int t = from; t < to; t++) {
            for (int k = 0; k < PRAISE.size(); k++) {
                text.append("%d,\"%s\",good%n".formatted(t, PRAISE.get(k).formatted(THINGS.get(t))));
                text.append("%d,\"%s\",bad%n".formatted(t, BLAME.get(k).formatted(THINGS.get(t))));
            }
        }
        return text.toString();
    }

    private SentimentEvaluation evaluation(Path train, Path test) {
        return new SentimentEvaluation(train, test, "text", "label", 3, 42);
    }

    @Test
    void aFileIsJudgedByWhatAnotherTeaches() throws IOException {
        EvaluationResult result = evaluation(file("a.csv", opinions(0, 5)), file("b.csv", opinions(5, 7)))
                .run(remarks::add);

        assertThat(result.task()).isEqualTo("sentiment");
        assertThat(result.rows()).isEqualTo(16);
        assertThat(result.metrics())
                .containsOnlyKeys("accuracy", "precision", "recall", "macro_f1", "texts_per_second", "rows_left_out");
        assertThat(result.metrics().get("accuracy")).isEqualTo(1);
        assertThat(result.baselines()).containsOnlyKeys("encoder", "bag_of_words", "majority", "one_at_a_time");
        assertThat(result.baselines().get("majority").get("accuracy")).isEqualTo(0.5);
        assertThat(result.baselines().get("one_at_a_time").get("texts_per_second"))
                .isPositive();
        assertThat(remarks).isEmpty();
    }

    @Test
    void foldsJudgeEveryTextOnceAndTheSameAgain() throws IOException {
        Path data = file("a.csv", opinions(0, 7));

        EvaluationResult result = evaluation(data, null).run(remarks::add);

        assertThat(result.rows()).isEqualTo(56);
        assertThat(result.metrics().get("accuracy")).isGreaterThan(0.9);
        EvaluationResult again = evaluation(data, null).run(remarks::add);
        for (String metric : List.of("accuracy", "precision", "recall", "macro_f1")) {
            assertThat(again.metrics().get(metric)).isEqualTo(result.metrics().get(metric));
        }
    }

    @Test
    void whatCannotBeReadIsLeftOutCountedAndTold() throws IOException {
        String messy = opinions(5, 7)
                + "7,,good\n8,\" \t\",bad\n9,No label at all,\n10,one,field,too,many\n11,too few\n"
                + "12,\"Quotes \"\"inside\"\", a comma,\nand a line: I love it\",good\n"
                + "13,# <b>I hate it</b> &amp; it stinks 😡,bad\n";

        EvaluationResult result =
                evaluation(file("a.csv", opinions(0, 5)), file("b.csv", messy)).run(remarks::add);

        assertThat(result.rows()).isEqualTo(18);
        assertThat(result.metrics().get("rows_left_out")).isEqualTo(5);
        assertThat(result.metrics().get("accuracy")).isEqualTo(1);
        assertThat(remarks)
                .hasSize(3)
                .anyMatch(r -> r.startsWith("b.csv: 2 rows without a text"))
                .anyMatch(r -> r.startsWith("b.csv: 1 rows without a label"))
                .anyMatch(r -> r.startsWith("b.csv: 2 rows with more or fewer fields"));
    }

    @Test
    void whatIsNotUtf8IsReadAsUnknownAndTold() throws IOException {
        Path test = folder.resolve("b.csv");
        Files.write(
                test, "text,label\nI love the caf\u00e9,good\nI hate it,bad\n".getBytes(StandardCharsets.ISO_8859_1));

        EvaluationResult result = evaluation(
                        file("a.csv", "\uFEFF" + opinions(0, 5).replace("\n", "\r\n")), test)
                .run(remarks::add);

        assertThat(result.rows()).isEqualTo(2);
        assertThat(result.metrics().get("accuracy")).isEqualTo(1);
        assertThat(remarks)
                .containsExactly("b.csv: 1 texts have characters that are not UTF-8, which are read as unknown");
    }

    @Test
    void ofVeryManyTextsAnEvenDrawIsLearnedFrom() {
        assertThat(SentimentEvaluation.spread(3)).containsExactly(0, 1, 2);
        int[] places = SentimentEvaluation.spread(2 * SentimentEvaluation.MOST_LEARNED + 1);
        assertThat(places).hasSize(SentimentEvaluation.MOST_LEARNED).isSorted().doesNotHaveDuplicates();
        assertThat(places[places.length - 1]).isGreaterThan(2 * SentimentEvaluation.MOST_LEARNED - 3);
    }

    @Test
    void aLabelThatIsNotLearnedFromCountsAsWrong() throws IOException {
        EvaluationResult result = evaluation(
                        file("a.csv", opinions(0, 5)), file("b.csv", opinions(5, 7) + "9,So so,mixed\n"))
                .run(remarks::add);

        assertThat(result.metrics().get("accuracy")).isEqualTo(16 / 17.0);
        assertThat(result.metrics().get("macro_f1")).isLessThan(0.7);
        assertThat(remarks)
                .singleElement()
                .asString()
                .contains("1 texts have a label that is not learned from, 'mixed'");
    }

    @Test
    void textsOnBothSidesAreTold() throws IOException {
        evaluation(file("a.csv", opinions(0, 5)), file("b.csv", opinions(4, 7))).run(remarks::add);

        assertThat(remarks).containsExactly("8 of 24 texts of b.csv are learned from as well, so the figures flatter");
    }

    @Test
    void filesThatTellNothingAreRefusedWithTheReason() throws IOException {
        Path good = file("a.csv", opinions(0, 5));
        Path one = file("one.csv", "text,label\n" + "fine,1\n".repeat(20));
        Path few = file("few.csv", "text,label\na,1\nb,0\n");
        Path each = file("each.csv", "text,label\n" + "a,1\nb,2\nc,3\nd,4\ne,5\nf,6\ng,7\nh,8\ni,9\nj,10\n");
        Path empty = file("empty.csv", "text,label\n,1\nb,\n");

        assertThatThrownBy(() -> evaluation(one, good).run(remarks::add)).hasMessageContaining("Every text of");
        assertThatThrownBy(() -> evaluation(few, good).run(remarks::add)).hasMessageContaining("at least 10");
        assertThatThrownBy(() -> evaluation(each, good).run(remarks::add)).hasMessageContaining("10 different values");
        assertThatThrownBy(() -> evaluation(good, empty).run(remarks::add))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no text with a label: empty.csv: 1 rows without a text");
        assertThatThrownBy(() -> new SentimentEvaluation(good, good, "words", "label", 3, 42).run(remarks::add))
                .hasMessageContaining("no column 'words'")
                .hasMessageContaining("--text");
        assertThatThrownBy(() -> new SentimentEvaluation(good, null, "text", "label", 1, 42))
                .hasMessageContaining("--folds is 1");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "MILLRACE_DATA", matches = ".+")
    void sentencesAboutProductsAndFilms() {
        Path data = Path.of(System.getenv("MILLRACE_DATA"), "eval", "sentiment");
        assertThat(accuracy(data.resolve("uci_amazon_cells.csv"))).isGreaterThan(0.95);
        assertThat(accuracy(data.resolve("uci_imdb.csv"))).isGreaterThan(0.94);
    }

    private double accuracy(Path data) {
        return new SentimentEvaluation(data, null, "text", "label", 10, 42)
                .run(remarks::add)
                .metrics()
                .get("accuracy");
    }
}
