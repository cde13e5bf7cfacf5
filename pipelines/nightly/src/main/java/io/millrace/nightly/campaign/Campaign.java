package io.millrace.nightly.campaign;

import io.millrace.contracts.Failure;
import io.millrace.decisions.targeting.CampaignTargeting;
import io.millrace.decisions.targeting.Candidate;
import io.millrace.decisions.targeting.Channel;
import io.millrace.decisions.targeting.Offer;
import io.millrace.decisions.targeting.Target;
import io.millrace.decisions.targeting.TargetingOptions;
import io.millrace.decisions.targeting.TargetingPlan;
import io.millrace.decisions.targeting.TargetingProblem;
import io.millrace.nightly.decide.AcceptedDecisions;
import io.millrace.nightly.decide.Decided;
import io.millrace.nightly.decide.Decision;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Chooses whom to contact and how, under a budget and capacities, lets chance decide about some from whom the next nights learn, and keeps what came of
 * earlier nights.
 */
public final class Campaign implements Decision {

    @Override
    public String name() {
        return "campaign";
    }

    @Override
    public String about() {
        return "choose customers to contact";
    }

    @Override
    public List<String> decidesFrom() {
        return List.of(
                "gold.churn_score",
                "gold.customer_segment",
                "silver.customer",
                Consent.OF_EACH_SOURCE,
                "silver.campaign_contact",
                "silver.sales_line",
                "gold.campaign_target",
                CampaignOutcomes.TABLE,
                "ops.decision_feedback",
                "ops.quarantine");
    }

    @Override
    public String decides() {
        return "gold.campaign_target";
    }

    @Override
    public List<String> key() {
        return List.of("campaign_code", "customer_code");
    }

    @Override
    public List<String> keeps() {
        return List.of(CampaignOutcomes.TABLE);
    }

    @Override
    public Object heeds(Settings settings) {
        return settings.campaign();
    }

    @Override
    public Optional<Section> section() {
        return Optional.of(new CampaignSection());
    }

    @Override
    public Decided decide(NightTables in, Settings settings, RowMaker out) {
        Settings.Campaign campaign = settings.campaign();
        // Whoever opted out yesterday in a row that could not be read did opt out.
        Set<String> unread = in.quarantined(List.of("silver.customer")).stream()
                .flatMap(row -> row.code("customer_code").stream())
                .collect(Collectors.toSet());
        Map<Boolean, List<Row>> byKnown = scored(
                        in, (int) campaign.contactWindow().toDays())
                .stream()
                .collect(Collectors.partitioningBy(
                        row -> row.<Boolean>getAs("unknown") && !row.<Boolean>getAs("opted_out")));
        List<Row> scored = byKnown.get(false);
        int unknown = byKnown.get(true).size();
        String models =
                (scored.isEmpty() ? "" : scored.get(0).getAs("model")) + ", targeting-priced " + CodeVersion.get();
        TargetingPlan plan = new CampaignTargeting(options(campaign, settings.seed()))
                .plan(new TargetingProblem(
                        campaign.code(),
                        in.date(),
                        scored.stream()
                                .map(Campaign::candidate)
                                .filter(c -> !unread.contains(c.customer()))
                                .toList()));
        List<Row> rows = plan.targets().stream()
                .map(target -> row(out, in.date(), campaign, models, target))
                .toList();
        Map<String, Dataset<Row>> outcomes = CampaignOutcomes.closed(in, campaign);
        String note =
                "%,d contacts for %,.2f, expected value %,.2f; %.1f %% drawn at random, of whom %,d are left alone; left out: %s"
                        .formatted(
                                plan.contacts().size(),
                                plan.cost(),
                                plan.expectedValue(),
                                100 * plan.explorationShare(),
                                plan.heldBack().size(),
                                leftOut(plan, unread.size(), unknown));
        return Decided.of(in, decides(), scored.size() + unknown, rows, outcomes, note);
    }

    private static String leftOut(TargetingPlan plan, int unread, int unknown) {
        List<String> reasons = new ArrayList<>();
        plan.leftOut().forEach((why, customers) -> reasons.add("%,d %s".formatted(customers, why.words())));
        if (unread > 0) {
            reasons.add("%,d in quarantine".formatted(unread));
        }
        if (unknown > 0) {
            reasons.add("%,d of whom it is not known whether they may be contacted".formatted(unknown));
        }
        return reasons.isEmpty() ? "nobody" : String.join(", ", reasons);
    }

    private static List<Row> scored(NightTables in, int window) {
        Map<String, Dataset<Row>> more =
                Map.of("accepted", AcceptedDecisions.of(in, "gold.campaign_target"), "consent", Consent.of(in));
        return in.sql("""
                WITH contact AS (
                  SELECT customer_code FROM {silver.campaign_contact}
                  WHERE channel <> 'none' AND CAST(contacted_at AS date) <= DATE'%1$s'
                    AND CAST(contacted_at AS date) > date_sub(DATE'%1$s', %2$d)
                  UNION ALL
                  -- Accepted by the ERP, and not yet among the contacts that it reports.
                  SELECT customer_code FROM {accepted} a
                  WHERE channel <> 'none' AND business_date > date_sub(DATE'%1$s', %2$d) AND NOT EXISTS (
                    SELECT 1 FROM {silver.campaign_contact} c
                    WHERE c.customer_code = a.customer_code AND c.campaign_code = a.campaign_code
                      AND CAST(c.contacted_at AS date) >= a.business_date))
                SELECT s.customer_code, s.churn_probability, CAST(s.value_at_risk AS double) AS value_at_risk,
                       coalesce(a.refused, false) AS opted_out, coalesce(a.unknown, false) AS unknown,
                       coalesce(k.contacts, 0) AS contacts,
                       c.email IS NOT NULL AS has_email, c.phone IS NOT NULL AS has_phone, c.street IS NOT NULL AS has_address,
                       g.segment_name, concat(s.model_name, ' ', s.model_version) AS model
                FROM {gold.churn_score} s
                LEFT JOIN {silver.customer} c ON c.customer_code = s.customer_code
                LEFT JOIN {consent} a ON a.customer_code = s.customer_code
                LEFT JOIN {gold.customer_segment} g
                  ON g.customer_code = s.customer_code AND g.business_date = s.business_date
                LEFT JOIN (SELECT customer_code, CAST(count(*) AS int) AS contacts FROM contact GROUP BY 1) k
                  ON k.customer_code = s.customer_code
                WHERE s.business_date = DATE'%1$s' ORDER BY s.customer_code""".formatted(in.date(), window), more).collectAsList();
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
                row.getAs("segment_name"));
    }

    private static TargetingOptions options(Settings.Campaign campaign, long seed) {
        Map<Channel, Integer> capacity = new EnumMap<>(Channel.class);
        campaign.capacity().forEach((name, most) -> capacity.put(channel("campaign.capacity", name), most));
        return new TargetingOptions(
                campaign.choices().entrySet().stream()
                        .map(choice -> offer(choice.getKey(), choice.getValue()))
                        .toList(),
                campaign.budget().doubleValue(),
                capacity,
                campaign.contactCap(),
                (int) campaign.contactWindow().toDays(),
                campaign.controlShare(),
                seed);
    }

    private static Offer offer(String name, Settings.CampaignOffer offer) {
        return new Offer(
                name,
                channel("campaign.channel", offer.channel()),
                offer.content(),
                offer.contactCost().doubleValue(),
                offer.assumedResponse());
    }

    private static Channel channel(String key, String name) {
        return Arrays.stream(Channel.values())
                .filter(c -> c.code().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.configuration("%s '%s' must be one of %s"
                        .formatted(
                                key,
                                name,
                                Arrays.stream(Channel.values())
                                        .map(Channel::code)
                                        .toList())));
    }

    private static Row row(RowMaker out, LocalDate date, Settings.Campaign campaign, String models, Target target) {
        return out.row()
                .put("campaign_code", campaign.code())
                .put("customer_code", target.customer())
                .put("channel", target.offer().map(o -> o.channel().code()).orElse("none"))
                .put("offer", target.offer().map(Offer::code).orElse(null))
                .put("content", target.offer().map(Offer::content).orElse(null))
                .put("send_on", date.plusDays(1))
                .put("expected_value", target.expectedValue())
                .put("baseline_value", target.baselineValue())
                .put("propensity", target.propensity())
                .put("cost", target.cost())
                .put("is_control", target.isControl())
                .put("is_explored", target.isExplored())
                .put("churn_probability", target.churnProbability())
                .put("segment", target.segment())
                .put("model_versions", models)
                .put("reason", target.reason())
                .done();
    }
}
