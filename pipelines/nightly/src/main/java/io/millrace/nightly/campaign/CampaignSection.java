package io.millrace.nightly.campaign;

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
import io.millrace.nightly.settings.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/** Whom to contact, at what cost, and what is expected of it. */
final class CampaignSection implements Section {

    private static final String TARGETS = "gold.campaign_target";
    private static final String SCORES = "gold.churn_score";

    @Override
    public String name() {
        return "contacts";
    }

    @Override
    public String title() {
        return "Whom to contact";
    }

    @Override
    public List<String> reads() {
        return List.of(TARGETS, SCORES);
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.campaign();
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        List<Row> groups = night.has(TARGETS) ? groups(night) : List.of();
        if (groups.isEmpty()) {
            return List.of(new Text(
                    "Nobody is to be contacted tonight. " + night.state().missing("decide-campaign")));
        }
        Settings.Campaign campaign = night.settings().campaign();
        long contacts = sum(groups, 2);
        BigDecimal cost = campaign.contactCost().multiply(BigDecimal.valueOf(contacts));
        BigDecimal gain = groups.stream().map(r -> r.getDecimal(4)).reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Block> blocks = new ArrayList<>();
        blocks.add(Figures.of(
                new Figure("Contacts", night.formats().count(contacts), "campaign " + campaign.code()),
                new Figure(
                        "Cost",
                        night.formats().amount(cost),
                        "of a budget of " + night.formats().amount(campaign.budget())),
                new Figure("Expected gain", night.formats().amount(gain), "after the cost of the contacts"),
                new Figure("Held back", night.formats().count(sum(groups, 3)), "the control group, to learn from")));
        blocks.add(byGroup(groups));
        blocks.add(first(night, contacts));
        return blocks;
    }

    private static long sum(List<Row> groups, int column) {
        return groups.stream().mapToLong(row -> row.getLong(column)).sum();
    }

    private static List<Row> groups(ReportNight night) {
        return night.rows("""
                SELECT coalesce(t.segment, 'no segment') AS segment, coalesce(s.risk_band, 'no score') AS band,
                       count_if(NOT t.is_control) AS contacts, count_if(t.is_control) AS controls,
                       coalesce(sum(IF(t.is_control, 0, t.expected_value)), 0) AS gain
                FROM {gold.campaign_target} t
                LEFT JOIN {gold.churn_score} s ON s.business_date = t.business_date AND s.customer_code = t.customer_code
                WHERE t.business_date = :night
                GROUP BY 1, 2 ORDER BY gain DESC, segment, band""");
    }

    private static Table byGroup(List<Row> groups) {
        Lines lines = Table.of(
                "By segment and risk of leaving",
                new Column("Segment", Kind.TEXT),
                new Column("Risk", Kind.STATE),
                new Column("Contacts", Kind.COUNT),
                new Column("Held back", Kind.COUNT),
                new Column("Expected gain", Kind.MONEY));
        groups.forEach(r -> lines.add(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4)));
        return lines.all();
    }

    private static Table first(ReportNight night, long all) {
        String from = " FROM {gold.campaign_target} WHERE business_date = :night AND NOT is_control"
                + " ORDER BY expected_value DESC, campaign_code, customer_code";
        Lines lines = Table.of(
                "The contacts, the most valuable first",
                new Column("Customer", Kind.TEXT),
                new Column("Channel", Kind.TEXT),
                new Column("Send on", Kind.DATE),
                new Column("Risk", Kind.SHARE),
                new Column("Expected gain", Kind.MONEY),
                new Column("Segment", Kind.TEXT),
                new Column("Why", Kind.SENTENCE));
        night.rows("SELECT customer_code, channel, send_on, churn_probability, expected_value, segment, reason" + from
                        + " LIMIT " + ReportNight.MOST)
                .forEach(r -> lines.add(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(5), r.get(6)));
        return lines.of(all, night.query("SELECT *" + from));
    }
}
