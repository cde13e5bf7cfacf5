package io.millrace.nightly.sentiment;

import io.millrace.nightly.report.Block;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Figure;
import io.millrace.nightly.report.Block.Figures;
import io.millrace.nightly.report.Block.Kind;
import io.millrace.nightly.report.Block.Lines;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import io.millrace.nightly.report.ReportNight;
import io.millrace.nightly.report.Section;
import java.util.List;
import org.apache.spark.sql.Row;

/** What customers wrote since the night before, and who should be answered first. */
final class SentimentSection implements Section {

    private static final String TOLD = "gold.feedback_sentiment";
    private static final int SHOWN = 20;

    @Override
    public String name() {
        return "sentiment";
    }

    @Override
    public String title() {
        return "What customers say";
    }

    @Override
    public List<String> reads() {
        return List.of(TOLD);
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Row> texts = night.has(TOLD) ? night.rows("""
                        SELECT outcome, coalesce(polarity, ''), coalesce(intent, ''), count(*)
                        FROM {gold.feedback_sentiment} WHERE business_date = :night GROUP BY 1, 2, 3""") : List.of();
        if (texts.isEmpty()) {
            return List.of(
                    new Text("No new text was read tonight. " + night.state().missing("score-sentiment")));
        }
        return List.of(
                Figures.of(
                        figure(night, texts, "New texts", "read tonight, of them " + unread(night, texts), null),
                        figure(night, texts, "Negative", "by what they say", FeedbackModel.NEGATIVE),
                        figure(night, texts, "Positive", "by what they say", FeedbackModel.POSITIVE)),
                first(night, count(texts, 2, "cancellation") + count(texts, 2, "complaint")));
    }

    private static Figure figure(ReportNight night, List<Row> texts, String name, String about, String polarity) {
        long count =
                polarity == null ? texts.stream().mapToLong(r -> r.getLong(3)).sum() : count(texts, 1, polarity);
        return new Figure(name, night.formats().count(count), about);
    }

    private static String unread(ReportNight night, List<Row> texts) {
        return "%s empty and %s not in English"
                .formatted(
                        night.formats().count(count(texts, 0, Reading.Outcome.EMPTY.label())),
                        night.formats().count(count(texts, 0, Reading.Outcome.FOREIGN.label())));
    }

    private static long count(List<Row> texts, int column, String value) {
        return texts.stream()
                .filter(r -> r.getString(column).equals(value))
                .mapToLong(r -> r.getLong(3))
                .sum();
    }

    private static Table first(ReportNight night, long all) {
        String query = """
                SELECT customer_code, feedback_id, intent, intent_probability, polarity, polarity_probability
                FROM {gold.feedback_sentiment}
                WHERE business_date = :night AND intent IN ('cancellation', 'complaint')
                ORDER BY intent, intent_probability DESC, source, feedback_id""";
        Lines lines = Table.of(
                "Cancellations and complaints, the surest first",
                new Column("Customer", Kind.TEXT),
                new Column("Text", Kind.TEXT),
                new Column("Wants", Kind.STATE),
                new Column("Sure", Kind.SHARE),
                new Column("Sounds", Kind.STATE),
                new Column("Sure of that", Kind.SHARE));
        night.rows(query + " LIMIT " + SHOWN)
                .forEach(r -> lines.add(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(5)));
        return lines.of(all, night.query(query));
    }
}
