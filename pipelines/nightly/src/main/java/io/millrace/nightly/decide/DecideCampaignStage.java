package io.millrace.nightly.decide;

import io.millrace.contracts.Failure;
import io.millrace.decisions.targeting.Candidate;
import io.millrace.decisions.targeting.Channel;
import io.millrace.decisions.targeting.ChannelTerms;
import io.millrace.decisions.targeting.GreedyTargeting;
import io.millrace.decisions.targeting.LeftOut;
import io.millrace.decisions.targeting.Target;
import io.millrace.decisions.targeting.TargetingOptions;
import io.millrace.decisions.targeting.TargetingPlan;
import io.millrace.decisions.targeting.TargetingProblem;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.settings.Settings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Chooses whom to contact, under a budget, and draws the control group from which the next nights learn. */
public final class DecideCampaignStage implements Stage {

    @Override
    public String name() {
        return "decide-campaign";
    }

    @Override
    public String about() {
        return "choose customers to contact";
    }

    @Override
    public List<String> reads() {
        return List.of("gold.churn_score", "silver.customer", "silver.campaign_contact");
    }

    @Override
    public List<String> writes() {
        return List.of("gold.campaign_target");
    }

    @Override
    public String heeds(Night night) {
        return night.settings().campaign().toString();
    }

    @Override
    public Outcome run(Night night) {
        Settings.Campaign campaign = night.settings().campaign();
        List<Row> scored = scored(night);
        String models = scored.isEmpty() ? "" : scored.get(0).getAs("model");
        TargetingPlan plan = new GreedyTargeting(
                        options(campaign, night.settings().seed()))
                .plan(new TargetingProblem(
                        campaign.code(),
                        scored.stream().map(DecideCampaignStage::candidate).toList()));
        List<Row> rows = plan.targets().stream()
                .map(t -> row(night.date(), campaign, models, t))
                .toList();
        night.lake()
                .replaceDate("gold.campaign_target", night.date(), night.lake().rows("gold.campaign_target", rows));
        return Outcome.of(
                scored.size(),
                rows.size(),
                "%d contacts for %,.2f, expected value %,.2f; %d held back%s"
                        .formatted(
                                plan.contacts().size(),
                                plan.cost(),
                                plan.expectedValue(),
                                plan.controls().size(),
                                leftOut(plan.leftOut())));
    }

    private static String leftOut(Map<LeftOut, Integer> counts) {
        StringJoiner reasons = new StringJoiner(", ", "; left out: ", "").setEmptyValue("");
        counts.forEach((why, customers) ->
                reasons.add(why.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + customers));
        return reasons.toString();
    }

    private static List<Row> scored(Night night) {
        for (String table : List.of("gold.churn_score", "silver.customer", "silver.campaign_contact")) {
            night.lake().read(table).createOrReplaceTempView("campaign_" + table.substring(table.indexOf('.') + 1));
        }
        return night.lake()
                .spark()
                .sql("""
                SELECT s.customer_code, s.churn_probability, CAST(s.value_at_risk AS double) AS value_at_risk,
                       coalesce(c.is_opted_out, false) OR NOT coalesce(c.is_active, true) AS opted_out,
                       coalesce(k.contacts, 0) AS contacts,
                       c.email IS NOT NULL AS has_email, c.phone IS NOT NULL AS has_phone, c.street IS NOT NULL AS has_address,
                       s.risk_band, concat(s.model_name, ' ', s.model_version) AS model
                FROM campaign_churn_score s
                LEFT JOIN campaign_customer c ON c.customer_code = s.customer_code AND c.is_current
                LEFT JOIN (SELECT customer_code, CAST(count(*) AS int) AS contacts FROM campaign_campaign_contact
                           WHERE channel <> 'none' AND CAST(contacted_at AS date) <= DATE'%1$s'
                             AND CAST(contacted_at AS date) > date_sub(DATE'%1$s', %2$d)
                           GROUP BY 1) k ON k.customer_code = s.customer_code
                WHERE s.business_date = DATE'%1$s' ORDER BY s.customer_code""".formatted(
                                night.date(),
                                night.settings().campaign().contactWindow().toDays()))
                .collectAsList();
    }

    private static Candidate candidate(Row row) {
        Set<Channel> reachable = EnumSet.noneOf(Channel.class);
        if (row.<Boolean>getAs("has_email")) {
            reachable.add(Channel.EMAIL);
        }
        if (row.<Boolean>getAs("has_phone")) {
            reachable.add(Channel.PHONE);
        }
        if (row.<Boolean>getAs("has_address")) {
            reachable.add(Channel.POST);
        }
        return new Candidate(
                row.getAs("customer_code"),
                row.getAs("churn_probability"),
                row.getAs("value_at_risk"),
                row.getAs("opted_out"),
                row.getAs("contacts"),
                reachable,
                row.getAs("risk_band"));
    }

    private static TargetingOptions options(Settings.Campaign campaign, long seed) {
        Channel channel = Arrays.stream(Channel.values())
                .filter(c -> c.code().equals(campaign.channel()))
                .findFirst()
                .orElseThrow(() -> Failure.configuration("campaign.channel '%s' must be one of %s"
                        .formatted(
                                campaign.channel(),
                                Arrays.stream(Channel.values())
                                        .map(Channel::code)
                                        .toList())));
        ChannelTerms terms = new ChannelTerms(campaign.contactCost().doubleValue(), campaign.assumedResponse());
        return new TargetingOptions(
                Map.of(channel, terms),
                campaign.budget().doubleValue(),
                campaign.contactCap(),
                (int) campaign.contactWindow().toDays(),
                campaign.controlShare(),
                0,
                seed);
    }

    private static Row row(LocalDate date, Settings.Campaign campaign, String models, Target t) {
        return RowFactory.create(
                DecisionId.of("campaign_target", date, campaign.code(), t.customer()),
                Date.valueOf(date),
                campaign.code(),
                t.customer(),
                t.channel().map(Channel::code).orElse("none"),
                t.isControl() ? null : campaign.content(),
                Date.valueOf(date.plusDays(1)),
                decimal(t.expectedValue()),
                decimal(t.baselineValue()),
                t.propensity(),
                t.isControl(),
                t.churnProbability(),
                t.segment(),
                models + ", targeting-greedy " + CodeVersion.get(),
                t.reason());
    }

    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP);
    }
}
