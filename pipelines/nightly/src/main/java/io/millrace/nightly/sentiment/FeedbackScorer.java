package io.millrace.nightly.sentiment;

import io.millrace.nightly.model.Champion;
import io.millrace.nightly.tables.RowMaker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Tells what texts mean. Takes rows of source, number, customer, text, its hash and when it was written; gives rows of {@code gold.feedback_sentiment}. The encoder is
 * loaded once a process, and by a process that has a text to read.
 */
record FeedbackScorer(
        RowMaker out, String modelName, int modelVersion, EncoderChoice.Source encoder, boolean anyLanguage)
        implements Champion.Scorer<FeedbackModel> {

    private static final int TEXT = 3;

    @Override
    public List<Row> score(FeedbackModel model, List<Row> batch) {
        List<Reading> readings = batch.stream()
                .map(row -> Reading.of(row.getString(TEXT), anyLanguage))
                .toList();
        List<String> texts =
                readings.stream().filter(Reading::isTold).map(Reading::text).toList();
        Iterator<FeedbackModel.Meaning> meanings =
                (texts.isEmpty() ? List.<FeedbackModel.Meaning>of() : model.of(texts, encoder.get())).iterator();
        List<Row> rows = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Row text = batch.get(i);
            Reading reading = readings.get(i);
            RowMaker.Draft row = out.row()
                    .put("source", text.getString(0))
                    .put("feedback_id", text.getString(1))
                    .put("customer_code", text.getString(2))
                    .put("text_hash", text.getLong(4))
                    .put("written_at", text.getTimestamp(5).toInstant())
                    .put("outcome", reading.outcome().label())
                    .put("language", reading.language().code())
                    .put("model_name", modelName)
                    .put("model_version", modelVersion);
            if (reading.isTold()) {
                FeedbackModel.Meaning meaning = meanings.next();
                row.put("polarity", meaning.polarity().name())
                        .put("polarity_probability", rounded(meaning.polarity().probability()))
                        .put("sentiment", rounded(meaning.sentiment()))
                        .put("intent", meaning.intent().name())
                        .put("intent_probability", rounded(meaning.intent().probability()));
            }
            rows.add(row.done());
        }
        return rows;
    }

    /** To four digits: the ones behind them may depend on which texts were encoded together, and so on where a partition ends. */
    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
