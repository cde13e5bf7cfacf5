package io.millrace.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import io.millrace.lake.JobCounter;
import io.millrace.lake.Lake;
import io.millrace.lake.TestLake;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a model of its own; the lake is one, because commits are dear. */
class ModelRegistryTest {

    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
    private static final Gate GATE = new Gate(List.of(new Gate.Condition("auc", 0.02, 0.005)));

    @TempDir
    Path artefacts;

    private final Lake lake = TestLake.get();
    private ModelRegistry registry;

    @BeforeEach
    void open() {
        registry = opened();
    }

    private ModelRegistry opened() {
        return new ModelRegistry(
                lake, artefacts.toString(), InstantSource.fixed(Instant.parse("2026-06-01T02:03:04.5Z")));
    }

    private static Candidate candidate(String name, int day, String artefact, Map<String, Double> metrics) {
        return new Candidate(
                name,
                Map.of("depth", "6", "eta", "0.1"),
                metrics,
                new Artefact.Bytes(artefact.getBytes(UTF_8)),
                new Provenance(
                        DAY.plusDays(day), "run-" + day, "0.1.0", 42, Map.of("features.customer_behaviour", 7L)));
    }

    private static Map<String, Double> auc(double auc, double overChampion) {
        return Map.of(
                "auc", auc,
                "baseline_auc", 0.70,
                "gain_auc_over_baseline", 0.08,
                "champion_auc", 0.80,
                "gain_auc_over_champion", overChampion);
    }

    private long commits() {
        return lake.versions().latest("ops.model_version") + lake.versions().latest("ops.model_alias");
    }

    @Test
    void challengersBecomeChampionOnlyThroughTheGateAndTheLogKnowsWhoWasChampionWhen() throws InterruptedException {
        assertThat(registry.champion("churn")).isEmpty();
        ModelVersion first = registry.register(candidate(
                "churn", 0, "first", Map.of("auc", 0.80, "baseline_auc", 0.70, "gain_auc_over_baseline", 0.08)));
        assertThat(registry.promote(first, GATE, false).isChampion()).isTrue();

        Candidate worse = candidate("churn", 10, "worse", auc(0.79, -0.01));
        ModelVersion second = registry.register(worse);
        Promotion refused = registry.promote(second, GATE, true);
        assertThat(refused.isChampion()).isFalse();
        assertThat(refused.reason())
                .contains("the champion's is 0.8000: at least -0.0100 better, 0.0050 asked for")
                .endsWith("(champion: version 1)");
        assertThat(registry.champion("churn")).contains(first);

        ModelVersion third = registry.register(candidate("churn", 20, "better", auc(0.81, 0.005)));
        registry.promote(third, GATE, true);

        // The night again: nothing is committed, by an instance that has to read everything anew.
        long commits = commits();
        ModelRegistry again = opened();
        assertThat(again.register(worse)).isEqualTo(second);
        assertThat(again.promote(second, GATE, true)).isEqualTo(refused);
        assertThat(again.promote(third, GATE, true))
                .isEqualTo(registry.history("churn").get(2));
        assertThat(commits()).isEqualTo(commits);

        JobCounter counter = JobCounter.on(lake.spark());
        assertThat(again.versions("churn"))
                .containsExactly(first, second, third)
                .isEqualTo(registry.versions("churn"));
        assertThat(again.list()).containsAll(again.versions("churn"));
        assertThat(again.history("churn"))
                .isEqualTo(registry.history("churn"))
                .extracting(p -> p.version() + " " + p.action().text())
                .containsExactly("1 promoted", "2 refused", "3 promoted");
        assertThat(again.championAt("churn", DAY.minusDays(1))).isEmpty();
        assertThat(again.championAt("churn", DAY)).contains(first);
        assertThat(again.championAt("churn", DAY.plusDays(19))).contains(first);
        assertThat(again.championAt("churn", DAY.plusDays(20))).contains(third);
        assertThat(again.champion("churn")).contains(third);
        Thread.sleep(300);
        assertThat(counter.jobs())
                .as("Spark jobs of questions to a registry that has read its tables")
                .isZero();

        assertThat(again.artefact(third)).asString(UTF_8).isEqualTo("better");
        assertThat(lake.spark()
                        .sql(
                                "SELECT artefact_bytes, get_json_object(metrics, '$.auc'), from_json(data_versions, 'map<string,bigint>')['features.customer_behaviour'] FROM ops.model_version WHERE model_name = 'churn' AND version = 3")
                        .first()
                        .mkString(" "))
                .isEqualTo("6 0.81 7");
    }

    @Test
    void aRollbackWalksBackOneChampionAtATime() {
        for (int version = 1; version <= 2; version++) {
            registry.register(candidate("demand", version, "v" + version, Map.of()));
            registry.promote("demand", version, DAY.plusDays(version), "by-hand", "looks good");
        }
        assertThatThrownBy(() -> registry.rollback("demand", DAY, "by-hand", "too early"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("decided for 2026-06-03, and a decision for 2026-06-01");

        Promotion back = registry.rollback("demand", DAY.plusDays(5), "by-hand", "forecasts explode");

        assertThat(back.version()).isEqualTo(1);
        assertThat(registry.champion("demand")).map(ModelVersion::version).contains(1);
        assertThat(registry.championAt("demand", DAY.plusDays(4)))
                .map(ModelVersion::version)
                .contains(2);
        assertThatThrownBy(() -> registry.rollback("demand", DAY.plusDays(6), "by-hand", "again"))
                .hasMessageContaining("'demand' has had no champion before version 1");
        assertThat(registry.promote("demand", 1, DAY.plusDays(6), "by-hand", "is already"))
                .isEqualTo(back);
    }

    @Test
    void twoThatRegisterAtOnceCannotBothHaveTheNumber() {
        ModelRegistry other = opened();
        assertThat(other.versions("routes")).isEmpty();
        registry.register(candidate("routes", 0, "mine", Map.of()));

        assertThatThrownBy(() -> other.register(candidate("routes", 0, "yours", Map.of())))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.LOCKED));
        assertThat(other.register(candidate("routes", 0, "yours", Map.of())).version())
                .isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsNamedBesideWhatIs() {
        assertThatThrownBy(() -> registry.version("nothing", 3))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no version 3 of model 'nothing'");
        assertThatThrownBy(() -> registry.rollback("nothing", DAY, "r", "x"))
                .hasMessageContaining("no champion of 'nothing'");
        ModelVersion unmeasured = new ModelVersion(
                "new",
                1,
                Instant.EPOCH,
                Map.of(),
                Map.of("auc", 0.9),
                "00",
                1,
                candidate("new", 0, "x", Map.of()).provenance());
        assertThatThrownBy(() -> registry.promote(unmeasured, GATE, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("new/1 has no metric 'gain_auc_over_baseline' but [auc]");
        assertThatThrownBy(() -> candidate("drop table", 0, "x", Map.of()))
                .hasMessageContaining("is not an identifier");
        assertThatThrownBy(() -> candidate("new", 0, "", Map.of())).hasMessageContaining("is empty");
    }
}
