package io.millrace.launcher.demo;

/**
 * The file of feedback; after each of the first {@value #IMPOSSIBLE_RATING} good rows stands one with rating 9 and an
 * id that begins with FX.
 */
final class FeedbackFile {

    static final String NAME = "feedback.csv";
    static final int IMPOSSIBLE_RATING = 3;
    static final String[] COLUMNS = {
        "feedback_id", "created_at", "customer_code", "product_code", "channel", "rating", "text"
    };

    private final DemoOptions options;
    private final CsvFile file;
    private int planted;

    FeedbackFile(DemoOptions options, CsvFile file) {
        this.options = options;
        this.file = file;
    }

    void write(Feedback feedback, Market market) {
        String rating = feedback.rating() == 0 ? null : Integer.toString(feedback.rating());
        String[] row = {
            feedback.id(),
            Texts.timestamp(options.day(feedback.day()), feedback.minute()),
            market.customerCode(feedback.customer()),
            market.productCode(feedback.product()),
            feedback.channel(),
            rating,
            feedback.text()
        };
        file.row(row);
        if (planted < IMPOSSIBLE_RATING) {
            planted++;
            row[0] = "FX" + feedback.id().substring(1);
            row[5] = "9";
            file.row(row);
        }
    }

    int planted() {
        return planted;
    }
}
