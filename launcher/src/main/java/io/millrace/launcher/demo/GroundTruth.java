package io.millrace.launcher.demo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What the simulation knows and no extract tells, for evaluation: {@code customer.csv} (loyalty, buying rate, churn
 * day), {@code feedback.csv} (sentiment), {@code campaign_contact.csv} (probabilities with and without the contact),
 * {@code product.csv} (demand a day, lost sales), {@code supplier.csv} (lateness), {@code anomaly.csv} (planted ones).
 * {@code company.txt} is written last and says which company it is.
 */
final class GroundTruth implements Closeable {

    private static final String MARKER = "company.txt";

    private final DemoOptions options;
    private final Path folder;
    private final CsvFile feedback;

    GroundTruth(DemoOptions options, Path folder) throws IOException {
        this.options = options;
        this.folder = folder;
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(MARKER));
        this.feedback = new CsvFile(folder.resolve("feedback.csv"), "feedback_id", "sentiment");
    }

    /** Whether the truth about the company of these options lies complete in a folder. */
    static boolean isComplete(DemoOptions options, Path folder) throws IOException {
        Path marker = folder.resolve(MARKER);
        return Files.exists(marker) && Files.readString(marker).equals(options + "\n");
    }

    void write(Feedback written) {
        feedback.row(written.id(), sentiment(written.sentiment()));
    }

    private static String sentiment(int sign) {
        return sign < 0 ? "negative" : sign > 0 ? "positive" : "neutral";
    }

    void finish(Company company, Sensors sensors) throws IOException {
        feedback.finish();
        customers(company);
        contacts(company);
        products(company);
        suppliers(company);
        anomalies(sensors);
        Path hidden = folder.resolve("." + MARKER + ".tmp");
        Files.writeString(hidden, options + "\n");
        Files.move(hidden, folder.resolve(MARKER), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void customers(Company company) throws IOException {
        String[] header = {"customer_code", "loyalty", "orders_per_day", "persuadability", "fades_from", "churned_on"};
        try (CsvFile file = new CsvFile(folder.resolve("customer.csv"), header)) {
            List<Customer> customers = company.market().customers();
            for (int i = 0; i < customers.size(); i++) {
                Customer.Habits habits = customers.get(i).habits();
                file.row(
                        customers.get(i).code(),
                        Texts.number(habits.loyalty(), 4),
                        Texts.number(habits.ordersPerDay(), 6),
                        Texts.number(habits.persuadability(), 4),
                        date(company.loyalty().fadesFrom(i, options.lastDay())),
                        date(company.loyalty().goneFrom(i, options.lastDay())));
            }
            file.finish();
        }
    }

    private String date(int day) {
        return day < 0 ? null : options.day(day).toString();
    }

    private void contacts(Company company) throws IOException {
        String[] header = {
            "campaign_code",
            "customer_code",
            "channel",
            "content",
            "untreated_probability",
            "treated_probability",
            "uplift"
        };
        try (CsvFile file = new CsvFile(folder.resolve("campaign_contact.csv"), header)) {
            for (CampaignContact contact : company.contacts()) {
                file.row(
                        contact.campaign(),
                        company.market().customerCode(contact.customer()),
                        contact.means().code(),
                        contact.content(),
                        Texts.number(contact.untreated(), 6),
                        Texts.number(contact.treated(), 6),
                        Texts.number(contact.treated() - contact.untreated(), 6));
            }
            file.finish();
        }
    }

    private void products(Company company) throws IOException {
        String[] header = {
            "product_code", "site_code", "is_intermittent", "yearly_growth", "quality", "demand_per_day", "lost_per_day"
        };
        try (CsvFile file = new CsvFile(folder.resolve("product.csv"), header)) {
            for (ReorderRule rule : company.rules()) {
                Product product = company.market().products().get(rule.product());
                file.row(
                        product.code(),
                        company.market().siteCode(rule.site()),
                        Boolean.toString(product.demand().intermittent()),
                        Texts.number(product.demand().yearlyGrowth(), 4),
                        Texts.number(product.quality(), 4),
                        perDay(company.demand().asked(rule.product(), rule.site())),
                        perDay(company.demand().lost(rule.product(), rule.site())));
            }
            file.finish();
        }
    }

    private static String perDay(long units) {
        return Texts.number(units / (double) DemandLedger.DAYS, 6);
    }

    private void suppliers(Company company) throws IOException {
        try (CsvFile file = new CsvFile(folder.resolve("supplier.csv"), "supplier_code", "lateness", "steadiness")) {
            for (Supplier supplier : company.suppliers()) {
                file.row(supplier.code(), Texts.number(supplier.lateness(), 4), Texts.number(supplier.steadiness(), 4));
            }
            file.finish();
        }
    }

    private void anomalies(Sensors sensors) throws IOException {
        String[] header = {"sensor_code", "metric", "kind", "starts_at", "ends_before"};
        try (CsvFile file = new CsvFile(folder.resolve("anomaly.csv"), header)) {
            for (Sensors.Anomaly anomaly : sensors.planted()) {
                file.row(
                        anomaly.sensor().code(),
                        anomaly.metric().name(),
                        anomaly.kind(),
                        hour(anomaly.fromHour()),
                        hour(anomaly.toHour()));
            }
            file.finish();
        }
    }

    private String hour(int hour) {
        return Texts.timestamp(options.date().minusDays(Sensors.DAYS - 1L), hour * 60);
    }

    @Override
    public void close() throws IOException {
        feedback.close();
    }
}
