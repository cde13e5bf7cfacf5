package io.millrace.launcher;

import io.millrace.lake.LakeReader;
import io.millrace.nightly.report.ReportStage;
import io.millrace.nightly.settings.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;

/** What a night on the demo ends with: the plan, the list, the counts, the money, and where everything is. */
final class DemoSummary {

    private final PrintStream out;
    private final Settings settings;
    private final Path home;
    private final LocalDate date;

    DemoSummary(PrintStream out, Settings settings, Path home, LocalDate date) {
        this.out = out;
        this.settings = settings;
        this.home = home;
        this.date = date;
    }

    void print() {
        out.printf("%nThe night of %s%n", date);
        try (LakeReader lake = new LakeReader(settings.lake())) {
            section(
                    lake,
                    "Reorder plan: the largest orders of tonight",
                    "SELECT product_code, site_code, supplier_code, order_quantity, order_value, need_by_date FROM gold.reorder_plan WHERE business_date = DATE'%s' AND order_quantity > 0 AND state = 'planned' ORDER BY order_value DESC, product_code, site_code LIMIT 5");
            section(
                    lake,
                    "Campaign targets: the most valuable contacts",
                    "SELECT customer_code, channel, offer, round(churn_probability, 3) AS churn_probability, round(expected_value, 2) AS expected_value, round(propensity, 3) AS propensity, segment FROM gold.campaign_target WHERE business_date = DATE'%s' AND NOT is_control ORDER BY expected_value DESC LIMIT 5");
            section(
                    lake,
                    "Delivery routes of tomorrow, and what savings would draw",
                    "SELECT site_code, max(route_no) AS routes, count(shipment_code) AS shipments, count_if(state = 'left_out') AS left_out, max(planned_km) AS planned_km, max(baseline_km) AS baseline_km FROM gold.route_stop WHERE business_date = DATE'%s' GROUP BY site_code ORDER BY site_code");
            section(
                    lake,
                    "Alerts: what is newly strange",
                    "SELECT severity, audience, subject_code, metric, reason FROM gold.alert WHERE business_date = DATE'%s' ORDER BY score DESC LIMIT 5");
            section(
                    lake,
                    "The money in stock: what the policies cost in a year by the model, beside their baseline",
                    "SELECT count(*) AS policies, count_if(order_quantity > 0) AS orders_tonight, sum(expected_cost) AS cost, sum(baseline_cost) AS cost_of_baseline, sum(baseline_cost - expected_cost) AS saved FROM gold.reorder_plan WHERE business_date = DATE'%s'");
            section(
                    lake,
                    "The money in contacts: what they are expected to bring after their cost, beside the same money at random",
                    "SELECT count_if(NOT is_control) AS contacts, count_if(is_control AND is_explored) AS left_alone_by_chance, sum(IF(is_control, 0, expected_value)) AS value, sum(IF(is_control, 0, baseline_value)) AS value_at_random, sum(IF(is_control, 0, expected_value - baseline_value)) AS gained FROM gold.campaign_target WHERE business_date = DATE'%s'");
            section(
                    lake,
                    "Nothing lost: rows of tonight's extracts",
                    "SELECT source, count(*) AS extracts, sum(rows_delivered) AS delivered, sum(rows_bronze) AS bronze, sum(rows_silver) AS silver, sum(rows_merged) AS merged, sum(rows_quarantined) AS quarantined FROM ops.extract GROUP BY source ORDER BY source");
        }
        out.printf(
                "%nBusiness date  %s%nMorning page   %s%nConfiguration  %s%nTables         %s%nExtracts       %s%nGround truth   %s%nERP            PostgreSQL below %s, schemas erp and %s%n",
                date,
                ReportStage.place(settings, date),
                home.resolve("conf"),
                settings.lake().root(),
                home.resolve("drop"),
                home.resolve("truth"),
                home,
                settings.staging().schema());
        out.printf("%nTry next:%n");
        DemoCommand.next(home, date).forEach(command -> out.println("  " + command));
    }

    private void section(LakeReader lake, String title, String sql) {
        out.printf("%n%s%n", title);
        new RowPrinter(out, RowPrinter.Format.TABLE).print(lake.query(sql.formatted(date)));
    }
}
