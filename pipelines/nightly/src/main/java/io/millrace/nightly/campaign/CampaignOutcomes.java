package io.millrace.nightly.campaign;

import io.millrace.nightly.decide.AcceptedDecisions;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What came of the actions of earlier nights. Each customer about whom a night decided, contacted or not, bought or did not from the day of
 * the contact on until the response window closed. A contact counts if the ERP accepted it or reports it; one that it rejected, or never
 * answered, is none.
 */
final class CampaignOutcomes {

    static final String TABLE = "gold.campaign_outcome";

    private CampaignOutcomes() {}

    /** Outcomes of actions whose window has closed by the night and that no night has told before; nothing to keep before the first of all. */
    static Map<String, Dataset<Row>> closed(NightTables in, Settings.Campaign campaign) {
        return in.table("gold.campaign_target").isEmpty() ? Map.of() : Map.of(TABLE, due(in, campaign));
    }

    private static Dataset<Row> due(NightTables in, Settings.Campaign campaign) {
        Map<String, Dataset<Row>> more = Map.of("accepted", AcceptedDecisions.of(in, "gold.campaign_target"));
        return in.sql(
                """
                WITH due AS (
                  SELECT t.* FROM {gold.campaign_target} t
                  WHERE t.business_date < DATE'%1$s' AND date_add(t.send_on, %2$d) <= DATE'%1$s' AND NOT EXISTS (
                    SELECT 1 FROM {gold.campaign_outcome} o WHERE o.decision_id = t.decision_id)),
                made AS (
                  SELECT decision_id FROM {accepted} WHERE channel <> 'none'
                  UNION
                  SELECT d.decision_id FROM due d JOIN {silver.campaign_contact} c
                    ON c.customer_code = d.customer_code AND c.campaign_code = d.campaign_code AND c.channel = d.channel
                    AND CAST(c.contacted_at AS date) BETWEEN d.business_date AND date_add(d.send_on, %2$d)),
                sold AS (
                  SELECT d.decision_id, count(DISTINCT struct(s.source, s.order_no)) AS orders, sum(s.amount) AS revenue
                  FROM due d JOIN {silver.sales_line} s
                    ON s.customer_code = d.customer_code AND s.order_date >= d.send_on
                    AND s.order_date < date_add(d.send_on, %2$d) AND coalesce(s.status, 'done') <> 'cancelled'
                  GROUP BY d.decision_id)
                SELECT DATE'%1$s' AS business_date, d.decision_id, d.business_date AS decided_for, d.campaign_code, d.customer_code,
                       IF(m.decision_id IS NULL, 'none', d.channel) AS channel,
                       IF(m.decision_id IS NULL, NULL, d.offer) AS offer,
                       IF(d.channel <> 'none' AND m.decision_id IS NULL, 1.0D, d.propensity) AS propensity,
                       d.is_explored, d.channel = 'none' OR m.decision_id IS NOT NULL AS is_made,
                       CAST(IF(m.decision_id IS NULL, 0, coalesce(d.cost, %3$s)) AS decimal(18,4)) AS cost,
                       coalesce(s.orders, 0L) AS orders, CAST(coalesce(s.revenue, 0) AS decimal(18,2)) AS revenue
                FROM due d LEFT JOIN made m ON m.decision_id = d.decision_id LEFT JOIN sold s ON s.decision_id = d.decision_id""".formatted(
                                in.date(),
                                campaign.responseWindow().toDays(),
                                campaign.contactCost().toPlainString()),
                more);
    }
}
