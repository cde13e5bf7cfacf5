package io.millrace.nightly.campaign;

import io.millrace.nightly.report.Block;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Command;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whom to contact, at what cost, and what is expected of it. */
final class CampaignSection implements Section {

    private static final String TARGETS = "gold.campaign_target";

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
        return List.of(TARGETS);
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.campaign();
    }

    @Override
    public List<Block> blocks(ReportNight night) {
        Map<String, Dataset<Row>> tonight = Map.of("tonight", tonight(night));
        List<Row> groups = night.has(TARGETS) ? segments(night, tonight) : List.of();
        if (groups.isEmpty()) {
            return List.of(new Text(
                    "Nobody is to be contacted tonight. " + night.state().missing("decide-campaign")));
        }
        Settings.Campaign campaign = night.settings().campaign();
        long contacts = sum(groups, 1);
        BigDecimal cost = total(groups, 5);
        BigDecimal gain = total(groups, 4);
        List<Block> blocks = new ArrayList<>();
        blocks.add(Figures.of(
                new Figure("Contacts", night.formats().count(contacts), "campaign " + campaign.code()),
                new Figure(
                        "Cost",
                        night.formats().amount(cost),
                        "of a budget of " + night.formats().amount(campaign.budget())),
                new Figure("Expected gain", night.formats().amount(gain), "after the cost of the contacts"),
                new Figure("Left alone by chance", night.formats().count(sum(groups, 2)), "to learn from")));
        blocks.add(bySegment(groups));
        blocks.add(first(night, contacts, tonight));
        blocks.add(new Command(
                "What a contact rests on, down to the delivered line:",
                "./millrace explain campaign --customer CUSTOMER --date " + night.date()));
        return blocks;
    }

    /** Read once, asked twice. */
    private static Dataset<Row> tonight(ReportNight night) {
        return night.tables()
                .cached(night.tables().table(TARGETS).filter("business_date = DATE'" + night.date() + "'"));
    }

    private static BigDecimal total(List<Row> groups, int column) {
        return groups.stream().map(row -> row.getDecimal(column)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static long sum(List<Row> groups, int column) {
        return groups.stream().mapToLong(row -> row.getLong(column)).sum();
    }

    /** Rows of segment, contacts, left alone by chance, mean risk of whoever is contacted or was drawn, expected gain, cost. */
    private static List<Row> segments(ReportNight night, Map<String, Dataset<Row>> tonight) {
        String contactCost = night.settings().campaign().contactCost().toPlainString();
        return night.rows("""
                        SELECT coalesce(segment, 'no segment') AS segment, count_if(NOT is_control) AS contacts,
                               count_if(is_control) AS controls, avg(churn_probability) AS risk,
                               coalesce(sum(IF(is_control, 0, expected_value)), 0) AS gain,
                               CAST(sum(IF(is_control, 0, coalesce(cost, %s))) AS decimal(18,4)) AS cost
                        FROM {tonight} WHERE NOT is_control OR coalesce(is_explored, true) GROUP BY 1""".formatted(contactCost), tonight).stream()
                .sorted(Comparator.comparing((Row row) -> row.getDecimal(4).negate())
                        .thenComparing(row -> row.getString(0)))
                .toList();
    }

    private static Table bySegment(List<Row> segments) {
        Lines lines = Table.of(
                "By segment",
                new Column("Segment", Kind.TEXT),
                new Column("Contacts", Kind.COUNT),
                new Column("Left alone by chance", Kind.COUNT),
                new Column("Mean risk of leaving", Kind.SHARE),
                new Column("Expected gain", Kind.MONEY));
        segments.forEach(r -> lines.add(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4)));
        return lines.all();
    }

    private static Table first(ReportNight night, long all, Map<String, Dataset<Row>> tonight) {
        String order = " ORDER BY expected_value DESC, campaign_code, customer_code";
        Lines lines = Table.of(
                "The contacts, the most valuable first",
                new Column("Customer", Kind.TEXT),
                new Column("Channel", Kind.TEXT),
                new Column("Content", Kind.TEXT),
                new Column("Send on", Kind.DATE),
                new Column("Risk", Kind.SHARE),
                new Column("Expected gain", Kind.MONEY),
                new Column("Segment", Kind.TEXT),
                new Column("Why", Kind.SENTENCE));
        night.rows(
                        "SELECT customer_code, channel, content, send_on, churn_probability, expected_value, segment, reason"
                                + " FROM {tonight} WHERE NOT is_control" + order + " LIMIT " + ReportNight.MOST,
                        tonight)
                .forEach(
                        r -> lines.add(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(5), r.get(6), r.get(7)));
        return lines.of(
                all,
                night.query("SELECT * FROM {gold.campaign_target} WHERE business_date = :night AND NOT is_control"
                        + order));
    }
}
