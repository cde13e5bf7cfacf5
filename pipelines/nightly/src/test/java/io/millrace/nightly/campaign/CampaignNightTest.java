package io.millrace.nightly.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.Failure;
import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.decide.DecideStage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several offers in a night, and what the log tells of everybody afterwards. */
class CampaignNightTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final int CUSTOMERS = 60;

    @TempDir
    private Path home;

    private NightFixture shop;
    private Lake lake;
    private long writes;

    @BeforeEach
    void aLake() {
        TestLake.get();
        shop = new NightFixture(
                home,
                "campaign.contact-cap=9",
                "campaign.control-share=0.3",
                "campaign.budget=120",
                "campaign.response-window=7d",
                "campaign.capacity.phone=10",
                "campaign.offers.mail.channel=email",
                "campaign.offers.mail.content=Welcome back",
                "campaign.offers.mail.contact-cost=1.00",
                "campaign.offers.mail.assumed-response=0.10",
                "campaign.offers.talk.channel=phone",
                "campaign.offers.talk.content=A call",
                "campaign.offers.talk.contact-cost=6.00",
                "campaign.offers.talk.assumed-response=0.25");
        lake = shop.night(FIRST.toString()).lake();
        append(
                "silver.customer",
                IntStream.range(0, CUSTOMERS)
                        .mapToObj(i -> row(
                                "silver.customer",
                                Map.of(
                                        "customer_code",
                                        code(i),
                                        "email",
                                        code(i) + "@example.com",
                                        "phone",
                                        "0" + i,
                                        "valid_from",
                                        Date.valueOf(FIRST),
                                        "is_current",
                                        true)))
                        .toList());
    }

    private static String code(int i) {
        return "C%02d".formatted(i);
    }

    private void append(String table, List<Row> rows) {
        lake.appendRows(table, rows, new Once("test", ++writes));
    }

    private Row row(String table, Map<String, Object> values) {
        return RowFactory.create(lake.contracts().get(table).columns().stream()
                .map(c -> values.getOrDefault(c.name(), filler(c)))
                .toArray());
    }

    private static Object filler(ColumnContract column) {
        return switch (column.name()) {
            case "source",
                    "_extract_id",
                    "model_name",
                    "model_version",
                    "reason",
                    "reasons",
                    "batch_id",
                    "product_code",
                    "line_no" -> column.type().equals("int") ? (Object) 1 : "test";
            case "_line" -> 1L;
            case "quantity" -> BigDecimal.ONE;
            case "_business_date", "_known_on" -> Date.valueOf(FIRST);
            default -> null;
        };
    }

    /** The targets of a night, by customer. */
    private Map<String, Row> decide(LocalDate night) {
        lake.replaceDate(
                "gold.churn_score",
                night,
                lake.rows(
                        "gold.churn_score",
                        IntStream.range(0, CUSTOMERS)
                                .mapToObj(i -> row(
                                        "gold.churn_score",
                                        Map.of(
                                                "business_date",
                                                Date.valueOf(night),
                                                "customer_code",
                                                code(i),
                                                "churn_probability",
                                                0.5,
                                                "risk_band",
                                                "high",
                                                "value_at_risk",
                                                new BigDecimal(10 * i + ".00"))))
                                .toList()));
        new DecideStage(new Campaign()).run(shop.night(night.toString()));
        return of("gold.campaign_target", night);
    }

    private Map<String, Row> of(String table, LocalDate night) {
        return lake.read(table).filter("business_date = DATE'" + night + "'").collectAsList().stream()
                .collect(Collectors.toMap(r -> r.getAs("customer_code"), Function.identity()));
    }

    private static Set<String> explored(Map<String, Row> targets) {
        return targets.values().stream()
                .filter(r -> r.<Boolean>getAs("is_explored"))
                .map(r -> r.<String>getAs("customer_code"))
                .collect(Collectors.toSet());
    }

    private void sold(String customer, String order, LocalDate day, String amount, String status) {
        append(
                "silver.sales_line",
                List.of(row(
                        "silver.sales_line",
                        Map.of(
                                "order_no", order,
                                "order_date", Date.valueOf(day),
                                "customer_code", customer,
                                "amount", new BigDecimal(amount),
                                "status", status))));
    }

    private void answered(Row target, String state) {
        Row answer =
                NightFixture.answer(lake, "campaign_target", target.getAs("decision_id"), state, FIRST.plusDays(1));
        append("ops.decision_feedback", List.of(answer));
    }

    @Test
    void everybodyWhoCouldBeContactedHasAnActionWithItsPropensityAndEachNightDrawsOthers() {
        Map<String, Row> first = decide(FIRST);

        assertThat(first).hasSize(CUSTOMERS);
        assertThat(first.values()).allSatisfy(r -> {
            boolean none = r.getAs("channel").equals("none");
            assertThat(r.<Boolean>getAs("is_control")).isEqualTo(none);
            assertThat(r.<String>getAs("offer") == null).isEqualTo(none);
            assertThat(r.<Double>getAs("propensity")).isBetween(0.001, 1.0);
        });
        assertThat(first.values().stream().map(r -> r.<String>getAs("offer")).distinct())
                .contains("mail", "talk", null);
        double cost = first.values().stream()
                .mapToDouble(r -> r.<BigDecimal>getAs("cost").doubleValue())
                .sum();
        long calls = first.values().stream()
                .filter(r -> r.getAs("channel").equals("phone"))
                .count();
        assertThat(cost).isBetween(80.0, 120.0);
        assertThat(calls).isBetween(1L, 10L);

        Set<String> tonight = explored(first);
        assertThat(tonight).isNotEmpty();
        assertThat(explored(decide(FIRST.plusDays(1)))).isNotEqualTo(tonight);
        assertThat(explored(decide(FIRST))).isEqualTo(tonight);
    }

    @Test
    void whoWasNotContactedHasAnOutcomeTooAndARejectedContactIsNone() {
        Map<String, Row> first = decide(FIRST);
        List<Row> contacts = first.values().stream()
                .filter(r -> !r.<Boolean>getAs("is_control"))
                .toList();
        Row accepted = contacts.get(0);
        Row rejected = contacts.get(1);
        Row alone = first.values().stream()
                .filter(r -> r.<Boolean>getAs("is_control"))
                .findFirst()
                .orElseThrow();
        answered(accepted, "ACCEPTED");
        answered(rejected, "REJECTED");
        LocalDate sent = FIRST.plusDays(1);
        sold(accepted.getAs("customer_code"), "1", sent, "30.00", "done");
        sold(accepted.getAs("customer_code"), "2", sent.plusDays(6), "-5.00", "done");
        sold(accepted.getAs("customer_code"), "3", sent.plusDays(7), "900.00", "done");
        sold(alone.getAs("customer_code"), "4", sent.plusDays(2), "12.50", "done");
        sold(alone.getAs("customer_code"), "5", sent.plusDays(2), "70.00", "cancelled");
        sold(rejected.getAs("customer_code"), "6", FIRST, "8.00", "done");

        decide(FIRST.plusDays(7));
        assertThat(of(CampaignOutcomes.TABLE, FIRST.plusDays(7)))
                .as("the window is open")
                .isEmpty();
        decide(FIRST.plusDays(8));
        Map<String, Row> outcomes = of(CampaignOutcomes.TABLE, FIRST.plusDays(8));

        assertThat(outcomes).hasSize(CUSTOMERS);
        Row made = outcomes.get(accepted.<String>getAs("customer_code"));
        assertThat(made.<BigDecimal>getAs("revenue")).isEqualByComparingTo("25");
        assertThat(made.<Long>getAs("orders")).isEqualTo(2);
        assertThat(made.<String>getAs("channel")).isEqualTo(accepted.getAs("channel"));
        assertThat(made.<Double>getAs("propensity")).isEqualTo(accepted.<Double>getAs("propensity"));
        assertThat(made.<BigDecimal>getAs("cost")).isEqualByComparingTo(accepted.<BigDecimal>getAs("cost"));
        Row none = outcomes.get(rejected.<String>getAs("customer_code"));
        assertThat(none.<String>getAs("channel")).isEqualTo("none");
        assertThat(none.<Boolean>getAs("is_made")).isFalse();
        assertThat(none.<Double>getAs("propensity")).isEqualTo(1);
        assertThat(none.<BigDecimal>getAs("revenue")).isZero();
        Row left = outcomes.get(alone.<String>getAs("customer_code"));
        assertThat(left.<BigDecimal>getAs("revenue")).isEqualByComparingTo("12.50");
        assertThat(left.<Double>getAs("propensity")).isCloseTo(alone.<Double>getAs("propensity"), within(1e-12));
        assertThat(left.<Boolean>getAs("is_made")).isTrue();

        decide(FIRST.plusDays(9));
        assertThat(of(CampaignOutcomes.TABLE, FIRST.plusDays(9)))
                .as("told once")
                .isEmpty();
    }

    @Test
    void anOfferOnAChannelThatIsNoneIsRefused() {
        NightFixture other = new NightFixture(home, "campaign.channel=pigeon");
        assertThatThrownBy(() -> new DecideStage(new Campaign()).run(other.night(FIRST.toString())))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'pigeon' must be one of [email, phone, post]");
    }
}
