package io.millrace.nightly.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.churn.ChurnTrainer;
import io.millrace.models.churn.InProcess;
import io.millrace.models.churn.ModelKind;
import io.millrace.models.churn.TrainingSet;
import io.millrace.models.metrics.Ranking;
import io.millrace.registry.Gate;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a challenger is measured: on a later day, on customers it has not seen, beside baseline and champion. */
class ChurnChallengerTest {

    private static final ChurnRule RULE = new ChurnRule(60, 180, 4);
    private static final ChurnTrainer.Options OPTIONS = new ChurnTrainer.Options(3, 42, 2);

    private static final Gate GATE =
            new Gate(List.of(new Gate.Condition("auc", 0, 0), new Gate.Condition("log_loss", 0, 0)));

    private static Optional<ChurnChallenger> train(TrainingSet history) {
        return train(history, Optional.empty());
    }

    private static Optional<ChurnChallenger> train(TrainingSet history, Optional<Recipe> champion) {
        return ChurnChallenger.train(history, RULE, OPTIONS, new InProcess(), champion);
    }

    @Test
    void datesGoBackFromTheNewestWhoseOutcomeIsKnown() {
        LocalDate night = LocalDate.of(2026, 2, 28);

        assertThat(new ChurnRule(90, 180, 3).trainingDates(night))
                .containsExactly(night.minusDays(90), night.minusDays(120), night.minusDays(150));
    }

    @Test
    void figuresAreThoseOfTheNewestDayByAModelOfTheDaysWhoseOutcomeWasKnownThen() {
        TrainingSet history = Shoppers.history(500, 4, 1);
        long[] days = history.distinctDays();
        ChurnChallenger.Split split = ChurnChallenger.Split.of(history, 60, 42).orElseThrow();

        // Days are 30 apart: with a horizon of 60 the outcome of the third day was open on the fourth.
        assertThat(split.newest().distinctDays()).containsExactly(days[3]);
        assertThat(split.earlier().distinctDays()).containsExactly(days[0], days[1]);
        assertThat(split.isEmbargoed()).isTrue();

        ChurnChallenger challenger = train(history).orElseThrow();
        double recency = Ranking.auc(
                split.newest().column("recency_days"), split.newest().labels());
        Map<String, Double> judged = challenger.evidence().metrics(GATE, 42);
        assertThat(judged.get("baseline_auc")).isEqualTo(0.5);
        assertThat(challenger.metrics())
                .hasEntrySatisfying("auc_recency", auc -> assertThat(auc).isCloseTo(recency, within(0.02)));
        assertThat(judged.get("auc")).isEqualTo(challenger.metrics().get("auc")).isGreaterThan(recency + 0.03);
        assertThat(judged.get("gain_auc_over_baseline")).isBetween(0.1, judged.get("auc") - 0.5);
        assertThat(judged.get("gain_log_loss_over_baseline")).isPositive();
        assertThat(challenger.metrics().get("cv_auc"))
                .isCloseTo(challenger.metrics().get("auc"), within(0.05));
        assertThat(challenger.metrics())
                .containsKeys("brier", "brier_uncalibrated", "cv_brier", "cv_brier_uncalibrated");
        assertThat(challenger.params()).containsEntry("rows", "2000").containsEntry("horizon_days", "60");
    }

    @Test
    void aHistoryTooShortForThatIsMeasuredOnCustomersOfWhomNothingWasLearned() {
        ChurnChallenger.Split split =
                ChurnChallenger.Split.of(Shoppers.history(200, 2, 1), 60, 42).orElseThrow();

        assertThat(split.isEmbargoed()).isFalse();
        assertThat(split.earlier().size()).isEqualTo(100);
        assertThat(split.newest().size()).isEqualTo(100);
        assertThat(split.newest().groups()).doesNotContain(split.earlier().groups());
    }

    /** Each date by itself has enough of both, but hardly anybody stayed on all of them. */
    @Test
    void customersOfWhomNearlyAllLeftAtSomeTimeAreNoHistory() {
        assertThat(train(Shoppers.history(52, 4, 3))).isEmpty();
    }

    @Test
    void oneDayOrOneClassIsNoHistory() {
        TrainingSet oneDay = Shoppers.history(500, 1, 1);
        TrainingSet twoDays = Shoppers.history(500, 2, 1);
        TrainingSet stayed = twoDays.select(IntStream.range(0, twoDays.size())
                .filter(i -> twoDays.label(i) == 0)
                .toArray());

        assertThat(train(oneDay)).isEmpty();
        assertThat(train(stayed)).isEmpty();
    }

    @Test
    void theChampionsRecipeIsLearnedFromTheSameRowsAndMeasuredOnTheSame() {
        TrainingSet history = Shoppers.history(300, 4, 1);
        Recipe recipe = recipe(train(history).orElseThrow());

        ChurnChallenger same = train(history, Optional.of(recipe)).orElseThrow();
        assertThat(recipe(same)).isEqualTo(recipe);
        assertThat(same.evidence().champion()).hasValue(same.evidence().ours());
        assertThat(same.evidence().metrics(GATE, 42)).containsEntry("gain_auc_over_champion", 0.0);

        // Recency alone misses what decides here.
        Map<String, Double> better = train(history, Optional.of(Recipe.RECENCY))
                .orElseThrow()
                .evidence()
                .metrics(GATE, 42);
        assertThat(better.get("gain_auc_over_champion")).isPositive();
        assertThat(better.get("gain_log_loss_over_champion")).isPositive();
    }

    @Test
    void anotherRecipeThatIsNotSurelyBetterDoesNotReplaceTheChampions() {
        TrainingSet few = Shoppers.history(160, 2, 1);
        for (ModelKind kind : List.of(ModelKind.XGBOOST, ModelKind.BLEND)) {
            Recipe standing = new Recipe(kind, Recipe.Learns.EVERYTHING);
            assertThat(recipe(train(few, Optional.of(standing)).orElseThrow())).isEqualTo(standing);
        }
    }

    @Test
    void aCompanyOfWhichNothingElseShowsIsScoredByRecencyAlone() {
        TrainingSet few = Shoppers.history(160, 2, 1);
        ChurnChallenger challenger = train(few).orElseThrow();

        assertThat(recipe(challenger)).isEqualTo(Recipe.RECENCY);
        assertThat(challenger.model().features()).containsExactly("recency_days");
        assertThat(challenger.params()).containsEntry("features", String.join(",", few.features()));
        assertThat(challenger.metrics())
                .hasEntrySatisfying(
                        "auc_recency",
                        auc -> assertThat(auc).isEqualTo(challenger.metrics().get("auc")));
    }

    @Test
    void aVersionOfBeforeThereWereRecipesLearnedFromEverything() {
        assertThat(Recipe.of(Map.of("kind", "average")))
                .isEqualTo(new Recipe(ModelKind.BLEND, Recipe.Learns.EVERYTHING));
        assertThat(Recipe.of(Recipe.RECENCY.params())).isEqualTo(Recipe.RECENCY);
    }

    @Test
    void judgedOnFiftyCustomersOfWhomNothingCanBeLearnedNoModelIsSurelyBetter() {
        TrainingSet few = Shoppers.history(104, 2, 3);
        Random random = new Random(5);
        double[][] noise = IntStream.range(0, few.size())
                .mapToObj(i -> new double[] {random.nextInt(180), random.nextGaussian()})
                .toArray(double[][]::new);
        TrainingSet history =
                new TrainingSet(List.of("recency_days", "noise"), noise, few.labels(), few.groups(), days(few));

        Map<String, Double> judged =
                train(history, Optional.empty()).orElseThrow().evidence().metrics(GATE, 42);
        assertThat(judged.get("gain_auc_over_baseline")).isNotPositive();
        assertThat(judged.get("gain_log_loss_over_baseline")).isNotPositive();
    }

    private static long[] days(TrainingSet set) {
        long[] distinct = set.distinctDays();
        long[] days = new long[set.size()];
        Arrays.setAll(days, i -> distinct[i / (set.size() / distinct.length)]);
        return days;
    }

    private static Recipe recipe(ChurnChallenger challenger) {
        return Recipe.of(challenger.params());
    }
}
