package io.millrace.nightly.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.contracts.Failure;
import io.millrace.features.FeatureStore;
import io.millrace.features.FeatureView;
import io.millrace.features.FeatureViews;
import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.models.text.SentenceEncoder;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.score.ScoreStage;
import io.millrace.nightly.train.TrainStage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polarity and intent on nights: what is learned from, what is told of which text, and that nothing is told twice. */
class SentimentTest {

    private static final LocalDate NIGHT = LocalDate.parse("2026-03-01");

    @TempDir
    private Path home;

    private NightFixture shop;
    private Lake lake;
    private int written;

    @BeforeEach
    void aLake() {
        TestLake.get();
        shop = new NightFixture(home);
        lake = shop.night(NIGHT.toString()).lake();
    }

    private Row feedback(String id, LocalDate on, Integer rating, String text) {
        Map<String, Object> values = new HashMap<>();
        values.put("source", "shop");
        values.put("feedback_id", id);
        values.put("created_at", Timestamp.valueOf(on.atTime(12, 0)));
        values.put("customer_code", "C" + written++ % 40);
        values.put("rating", rating);
        values.put("text", text);
        values.put("_extract_id", "test");
        values.put("_line", 1L);
        values.put("_business_date", Date.valueOf(on));
        values.put("_known_on", Date.valueOf(on));
        return RowFactory.create(lake.contracts().get("silver.feedback").columns().stream()
                .map(column -> values.get(column.name()))
                .toArray());
    }

    private List<Row> rated() {
        String[][] said = {
            {"The %s broke after a week.", "Never again, the %s is junk.", "I hate this %s."},
            {"The %s is okay.", "An average %s.", "I have used the %s twice."},
            {"I love the %s!", "The %s is wonderful.", "Great %s, thank you."}
        };
        List<Row> rows = new ArrayList<>();
        for (String thing : List.of("lamp", "chair", "phone", "pan", "knife", "coat", "book", "kettle")) {
            for (int polarity = 0; polarity < 3; polarity++) {
                for (String sentence : said[polarity]) {
                    rows.add(feedback(
                            "R" + rows.size(), NIGHT.minusDays(400), 1 + 2 * polarity, sentence.formatted(thing)));
                }
            }
        }
        return rows;
    }

    private void deliver(int ordinal, List<Row> rows) {
        lake.appendRows("silver.feedback", rows, new Once("test", ordinal));
    }

    private Map<String, Row> told(Night night) {
        Map<String, Row> told = new HashMap<>();
        night.lake()
                .read("gold.feedback_sentiment")
                .filter("business_date = DATE'" + night.date() + "'")
                .collectAsList()
                .forEach(row -> told.put(row.getAs("feedback_id"), row));
        return told;
    }

    private static Stage.Outcome train(Night night) {
        return new TrainStage(new Sentiment()).run(night);
    }

    private static Stage.Outcome score(Night night) {
        return new ScoreStage(new Sentiment()).run(night);
    }

    @Test
    void everyTextHasADefinedOutcomeAndIsToldOnce() throws IOException {
        List<Row> texts = rated();
        LocalDate on = NIGHT.minusDays(3);
        texts.add(feedback("GOOD", on, null, "What a lovely teapot, I am delighted."));
        texts.add(feedback("BAD", on, null, "<p>The teapot <b>leaks</b> &amp; stinks, I am so angry!</p>"));
        texts.add(feedback("ASKS", on, null, "Does the teapot come in red?"));
        texts.add(feedback("LEAVES", on, null, "Please cancel my contract and delete my account."));
        texts.add(feedback("EMPTY", on, null, "<br/> &nbsp; ..."));
        texts.add(feedback("FOREIGN", on, 1, "Die Kanne ist nicht dicht und ich bin sehr enttäuscht."));
        texts.add(feedback("HUGE", on, null, "I love it. " + "It is a very good teapot. ".repeat(50_000)));
        texts.add(feedback("OLD", NIGHT.minusDays(380), null, "Lovely."));
        deliver(1, texts);

        Night night = shop.night(NIGHT.toString());
        assertThat(train(night).note()).contains("72 texts with stars", "is champion");
        assertThat(score(night).note()).contains("7 scores");
        Map<String, Row> told = told(night);

        assertThat(told).containsOnlyKeys("GOOD", "BAD", "ASKS", "LEAVES", "EMPTY", "FOREIGN", "HUGE");
        assertThat(told.get("GOOD").<String>getAs("polarity")).isEqualTo("positive");
        assertThat(told.get("BAD").<String>getAs("polarity")).isEqualTo("negative");
        assertThat(told.get("HUGE").<String>getAs("polarity")).isEqualTo("positive");
        assertThat(told.get("BAD").<Double>getAs("sentiment")).isNegative();
        assertThat(told.get("GOOD").<String>getAs("intent")).isEqualTo("praise");
        assertThat(told.get("BAD").<String>getAs("intent")).isEqualTo("complaint");
        assertThat(told.get("ASKS").<String>getAs("intent")).isEqualTo("question");
        assertThat(told.get("LEAVES").<String>getAs("intent")).isEqualTo("cancellation");
        assertThat(told.get("EMPTY").<String>getAs("outcome")).isEqualTo("empty");
        assertThat(told.get("FOREIGN").<String>getAs("outcome")).isEqualTo("foreign");
        assertThat(told.get("FOREIGN").<String>getAs("language")).isEqualTo("de");
        for (String unread : List.of("EMPTY", "FOREIGN")) {
            assertThat(told.get(unread).<Object>getAs("polarity")).isNull();
            assertThat(told.get(unread).<Object>getAs("sentiment")).isNull();
            assertThat(told.get(unread).<Object>getAs("intent_probability")).isNull();
        }

        score(night);
        assertThat(told(night)).as("the same night again").isEqualTo(told);
        whatIsToldIsKnownSinceThen(night, told);

        LocalDate next = NIGHT.plusDays(1);
        deliver(2, List.of(feedback("NEW", next, null, "Works perfectly.")));
        Night second = shop.night(next.toString());
        assertThat(train(second).note()).contains("not due before");
        score(second);
        assertThat(told(second)).containsOnlyKeys("NEW");
        assertThat(told(night)).isEqualTo(told);
    }

    /** The view that the page on features shows. */
    private void whatIsToldIsKnownSinceThen(Night night, Map<String, Row> told) throws IOException {
        String page = Files.readString(Path.of("../../docs/features.md"));
        int from = page.indexOf("view: customer_voice");
        FeatureView view = FeatureViews.of(
                        Map.of("customer_voice.yaml", page.substring(from, page.indexOf("```", from))),
                        night.contracts())
                .get("customer_voice");
        FeatureStore features = new FeatureStore(night.lake());

        assertThat(features.at(view, NIGHT.minusDays(1)).collectAsList()).isEmpty();
        Map<String, Row> known = new HashMap<>();
        features.at(view, NIGHT).collectAsList().forEach(row -> known.put(row.getAs("customer_code"), row));
        assertThat(known).hasSize(5);
        Row bad = known.get(told.get("BAD").<String>getAs("customer_code"));
        assertThat(bad.<Double>getAs("sentiment_90d"))
                .isCloseTo(told.get("BAD").<Double>getAs("sentiment"), within(1e-6));
        assertThat(bad.<Long>getAs("cancellations_90d")).isZero();
        Row leaves = known.get(told.get("LEAVES").<String>getAs("customer_code"));
        assertThat(leaves.<Long>getAs("cancellations_90d")).isEqualTo(1);
    }

    @Test
    void withoutEnoughStarsThereIsNoModelAndTheReasonIsSaid() {
        deliver(
                1,
                List.of(
                        feedback("A", NIGHT, 1, "I hate it."),
                        feedback("B", NIGHT, 5, "Ich finde das sehr gut und es ist auch nicht teuer."),
                        feedback("C", NIGHT, null, "Fine.")));

        Night night = shop.night(NIGHT.toString());

        assertThat(train(night).note())
                .isEqualTo(
                        "of 2 texts with stars 1 can be read as English, 1 of them with one or two stars; at least 20 of these and 20 others are needed");
        assertThat(score(night).note()).contains("no champion yet");
    }

    /** The shipped files stand for others, of which one layer is taken. */
    @Test
    void anEncoderOfOnesOwnReadsAnyLanguageAndHasToBeTheOneThatIsNamed() throws Exception {
        Path model = copied("/e5-small-v2.onnx");
        String hash = DigestUtils.sha256Hex(Files.readAllBytes(model));
        String[] own = {
            "sentiment.any-language=true",
            "sentiment.encoder.model=" + model,
            "sentiment.encoder.tokenizer=" + copied("/e5-small-v2-tokenizer.json"),
            "sentiment.encoder.sha256=" + hash
        };
        List<Row> texts = rated();
        texts.add(feedback("FOREIGN", NIGHT, null, "Die Kanne ist nicht dicht und ich bin sehr enttäuscht."));
        deliver(1, texts);
        Night night = new NightFixture(home, own).night(NIGHT.toString());

        assertThat(train(night).note()).contains("is champion");
        score(night);

        assertThat(night.registry()
                        .championAt("sentiment", NIGHT)
                        .orElseThrow()
                        .params()
                        .get("encoder"))
                .isEqualTo(hash + ", layers [last_hidden_state], prefix ''");
        assertThat(told(night).get("FOREIGN").<String>getAs("outcome")).isEqualTo("told");
        assertThat(told(night).get("FOREIGN").<String>getAs("language")).isEqualTo("de");
        assertThat(told(night).get("FOREIGN").<String>getAs("polarity")).isNotNull();

        own[3] = "sentiment.encoder.sha256=0123";
        assertThatThrownBy(() -> train(
                        new NightFixture(home, own).night(NIGHT.plusDays(1).toString())))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("sentiment.encoder.sha256 is 0123: it is another model");
    }

    private Path copied(String resource) throws IOException {
        Path file = home.resolve(resource.substring(1));
        try (InputStream in = SentenceEncoder.class.getResourceAsStream(resource)) {
            Files.copy(in, file);
        }
        return file;
    }

    @Test
    void aModelOfAnotherEncoderIsRefused() {
        FeedbackModel model = new FeedbackModel(
                Intents.learned(SentenceEncoder.shipped(), 1), Intents.learned(SentenceEncoder.shipped(), 1));
        assertThat(FeedbackModel.ofBytes(model.toBytes()).polarity().classes())
                .containsExactly("cancellation", "complaint", "praise", "question", "remark");
        byte[] other = model.toBytes();
        int at = new String(other, StandardCharsets.ISO_8859_1)
                .indexOf(SentenceEncoder.shipped().identity());
        other[at] = (byte) (other[at] == '0' ? '1' : '0');

        assertThatThrownBy(() -> FeedbackModel.ofBytes(other).of(List.of("x"), SentenceEncoder.shipped()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another encoder");
        assertThatThrownBy(() -> FeedbackModel.ofBytes(new byte[3])).hasMessageContaining("no model of feedback");
        assertThatThrownBy(() -> FeedbackModel.ofBytes(new byte[] {9, 9, 9, 9, 9}))
                .hasMessageContaining("no model of feedback");
    }
}
