package io.millrace.nightly.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.evaluate.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A contact policy from logs of anybody's, and what is said of logs that do not do. */
class CampaignEvaluationTest {

    @TempDir
    private Path folder;

    private static final String HEADER = "age,city,channel,sales,chance";

    /** The young outside Oslo buy most if they are called, all others if they are mailed. Chances are logged. */
    private static List<String[]> contacts(int rows, String nobody) {
        SplittableRandom random = new SplittableRandom(3);
        List<String[]> contacts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int age = 20 + random.nextInt(50);
            String city = List.of("Rome", "Oslo", "Bern").get(random.nextInt(3));
            int channel = random.nextInt(4);
            String action = channel == 0 ? nobody : channel == 1 ? "call" : "mail";
            boolean young = age < 45 && !city.equals("Oslo");
            double sales = action.equals("call") ? (young ? 8 : 1) : action.equals("mail") ? 4 : 2;
            contacts.add(new String[] {
                "" + age, city, action, "" + (sales + random.nextGaussian()), action.equals("mail") ? "0.5" : "0.25"
            });
        }
        return contacts;
    }

    private Path file(List<String[]> rows, UnaryOperator<String> change) throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        rows.forEach(row -> text.append(String.join(",", row)).append('\n'));
        return Files.writeString(folder.resolve("log.csv"), change.apply(text.toString()));
    }

    private static EvaluationResult run(Path data, String propensity, Map<String, Double> costs, String noContact) {
        return new CampaignEvaluation(
                        data, List.of("age", "city"), "channel", "sales", propensity, costs, noContact, 42)
                .run();
    }

    private EvaluationResult run(List<String[]> rows) throws IOException {
        return run(file(rows, text -> text), "chance", Map.of(), null);
    }

    @Test
    void aPolicyIsValuedBesideItsBaselinesAndAdvisedIfItIsWorthIt() throws IOException {
        EvaluationResult result = run(contacts(1_200, "No Contact"));

        assertThat(result.task()).isEqualTo("campaign");
        assertThat(result.rows()).isEqualTo(1_200);
        assertThat(result.metrics())
                .containsKeys(
                        "dr",
                        "dr_low",
                        "dr_high",
                        "ips",
                        "snips_low",
                        "switch_dr_high",
                        "effective_rows",
                        "learned_gain_low");
        assertThat(result.baselines().keySet())
                .containsExactly("logging_policy", "best_single_action", "uniform", "no_contact", "learned_policy");
        // Half of all ages are below 45 and two thirds are not of Oslo: 8 for these, and 4 for all others.
        assertThat(result.metrics().get("dr")).isCloseTo(4 + 4 / 3.0, within(0.2));
        assertThat(result.baselines().get("no_contact").get("dr")).isCloseTo(2, within(0.2));
        assertThat(result.baselines().get("no_contact").get("policy_gain_low")).isGreaterThan(3);
        assertThat(result.metrics())
                .containsEntry("policy_is_learned", 1.0)
                .containsEntry("propensities_estimated", 0.0);
        assertThat(result.metrics()).containsKeys("mail.dr", "call.learned_share");
        assertThat(result.findings().get(0))
                .contains("more a row than the best single action, 'mail'")
                .endsWith("it is advised.");
        assertThat(result.findings().get(1)).startsWith("Propensities are those of the log");
    }

    @Test
    void costsAreDeductedFromRewards() throws IOException {
        Path data = file(contacts(1_200, "none"), text -> text);
        EvaluationResult free = run(data, "chance", Map.of(), null);
        EvaluationResult dear = run(data, "chance", Map.of("mail", 3.0, "call", 7.0), null);

        assertThat(dear.metrics().get("mail.dr")).isCloseTo(free.metrics().get("mail.dr") - 3, within(0.1));
        assertThat(dear.metrics()).containsEntry("policy_is_learned", 0.0);
        assertThat(dear.findings().get(0)).endsWith("the policy is 'none'.");
        assertThat(dear.metrics().get("dr"))
                .isEqualTo(dear.baselines().get("no_contact").get("dr"));
        assertThatThrownBy(() -> run(data, "chance", Map.of("mial", 1.0), null))
                .hasMessageContaining("'mial'")
                .hasMessageContaining("'mail'");
        assertThatThrownBy(() -> run(data, "chance", Map.of("mail", -1.0), null))
                .hasMessageContaining("give 0 or more");
    }

    @Test
    void withoutPropensitiesARandomisedLogIsRecognisedAndABiasedOneIsEstimated() throws IOException {
        List<String[]> even = contacts(900, "none");
        EvaluationResult randomised = run(file(even, text -> text), null, Map.of(), null);
        assertThat(randomised.metrics()).containsEntry("propensities_estimated", 1.0);
        assertThat(randomised.findings().get(1)).contains("counts as randomised");

        List<String[]> biased = even.stream()
                .filter(row -> !row[1].equals("Rome") || row[2].equals("call") || row[3].hashCode() % 3 == 0)
                .toList();
        EvaluationResult estimated = run(file(biased, text -> text), null, Map.of(), null);
        assertThat(estimated.findings().get(1)).contains("estimated from the context (cross-fitted, calibrated)");
    }

    @Test
    void aLogThatDidTheSameInTheSameContextIsWarnedOf() throws IOException {
        List<String[]> rows = contacts(900, "none");
        rows.forEach(row -> row[2] = Integer.parseInt(row[0]) < 45 ? "mail" : "none");
        EvaluationResult result = run(file(rows, text -> text), null, Map.of(), null);

        assertThat(result.metrics().get("unsupported")).isBetween(0.3, 0.7);
        assertThat(result.findings()).anyMatch(f -> f.startsWith("Warning: for") && f.contains("hardly ever"));
    }

    @Test
    void rowsThatCannotBeJudgedAreLeftOutAndCounted() throws IOException {
        List<String[]> rows = contacts(400, "none");
        rows.get(0)[2] = "";
        rows.get(1)[3] = "much";
        rows.get(2)[3] = "";
        rows.get(3)[4] = "0";
        rows.get(4)[4] = "1.5";
        rows.get(5)[0] = "";
        rows.get(6)[1] = "?";
        EvaluationResult result = run(rows);

        assertThat(result.metrics()).containsEntry("rows_left_out", 5.0);
        assertThat(result.remarks())
                .containsExactly(
                        "1 of 400 rows are left out, without an action: the first is record 1, ''",
                        "2 of 400 rows are left out, whose reward is no number: the first is record 2, 'much'",
                        "2 of 400 rows are left out, whose propensity is not above 0 and at most 1: the first is record 4, '0'");
    }

    @Test
    void rareActionsStayInTheLogAndAreNotChosen() throws IOException {
        List<String[]> rows = contacts(400, "none");
        rows.get(0)[2] = "visit";
        rows.get(1)[2] = "visit";
        EvaluationResult result = run(rows);

        assertThat(result.remarks())
                .containsExactly("Too rare to be judged, so no policy takes them; their rows stay: 'visit' (2 rows)");
        assertThat(result.metrics()).doesNotContainKey("visit.dr").containsEntry("rows_left_out", 0.0);
    }

    @Test
    void rewardsMayBeWords() throws IOException {
        List<String[]> rows = contacts(400, "none");
        rows.forEach(row -> row[3] = Double.parseDouble(row[3]) > 3 ? "Yes" : "no");
        assertThat(run(rows).metrics().get("dr")).isBetween(0.5, 1.0);
    }

    @Test
    void propensitiesThatAreNoneAreRefusedOrDoubted() throws IOException {
        List<String[]> percent = contacts(400, "none");
        percent.forEach(row -> row[4] = "" + 100 * Double.parseDouble(row[4]));
        assertThatThrownBy(() -> run(percent)).hasMessageContaining("Maybe they are percentages");

        List<String[]> zero = contacts(400, "none");
        zero.forEach(row -> row[4] = "0");
        assertThatThrownBy(() -> run(zero)).hasMessageContaining("most rows cannot be judged");

        List<String[]> ofCall = contacts(600, "none");
        ofCall.forEach(row -> row[4] = "0.25");
        assertThat(run(ofCall).findings().get(2)).startsWith("Warning: the propensities of 'mail' do not add up");
    }

    @Test
    void whatCannotBeAnsweredIsRefusedWithTheReason() throws IOException {
        Path data = file(contacts(400, "none"), text -> text);
        assertThatThrownBy(
                        () -> new CampaignEvaluation(data, List.of("agee"), "channel", "sales", null, Map.of(), null, 1)
                                .run())
                .hasMessageContaining("no column 'agee'")
                .hasMessageContaining("'age'");
        assertThatThrownBy(() -> new CampaignEvaluation(
                                data, List.of("age", "sales"), "channel", "sales", null, Map.of(), null, 1)
                        .run())
                .hasMessageContaining("'sales' is named twice");
        assertThatThrownBy(() -> run(data, "chance", Map.of(), "nobody")).hasMessageContaining("--no-contact 'nobody'");
        List<String[]> same = contacts(200, "none");
        same.forEach(row -> row[2] = "mail");
        assertThatThrownBy(() -> run(same)).hasMessageContaining("fewer than two actions with 50 rows");
        List<String[]> known = contacts(200, "none");
        known.forEach(row -> {
            row[0] = "30";
            row[1] = "Rome";
        });
        assertThatThrownBy(() -> run(known)).hasMessageContaining("no context to learn from");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "MILLRACE_DATA", matches = ".+")
    void hillstromKeepsTheBestArmUnlessMoreIsSupported() {
        Path data = Path.of(System.getenv("MILLRACE_DATA"), "campaign", "hillstrom", "hillstrom_data.csv.gz");
        EvaluationResult result = new CampaignEvaluation(
                        data,
                        List.of("recency", "history", "mens", "womens", "zip_code", "newbie", "channel"),
                        "segment",
                        "visit",
                        null,
                        Map.of(),
                        null,
                        42)
                .run();

        assertThat(result.findings().get(1)).contains("counts as randomised");
        assertThat(result.metrics().get("dr"))
                .isGreaterThanOrEqualTo(
                        result.baselines().get("best_single_action").get("dr"));
        assertThat(result.baselines().get("no_contact").get("policy_gain_low")).isGreaterThan(0.06);
    }
}
