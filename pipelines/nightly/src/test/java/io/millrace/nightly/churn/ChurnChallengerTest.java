package io.millrace.nightly.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.churn.ChurnTrainer;
import io.millrace.models.churn.InProcess;
import io.millrace.models.churn.TrainingSet;
import io.millrace.models.metrics.Ranking;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a challenger is measured: on a later day, on customers it has not seen, beside baseline and champion. */
class ChurnChallengerTest {

    private static final ChurnRule RULE = new ChurnRule(60, 180, 4);
    private static final ChurnTrainer.Options OPTIONS = new ChurnTrainer.Options(3, 42, 2);

    private static Optional<ChurnChallenger> train(TrainingSet history) {
        return ChurnChallenger.train(history, RULE, OPTIONS, new InProcess(), Optional.empty());
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
        ChurnChallenger.Split split = ChurnChallenger.Split.of(history, 60).orElseThrow();

        // Days are 30 apart: with a horizon of 60 the outcome of the third day was open on the fourth.
        assertThat(split.newest().distinctDays()).containsExactly(days[3]);
        assertThat(split.earlier().distinctDays()).containsExactly(days[0], days[1]);
        assertThat(split.isEmbargoed()).isTrue();

        ChurnChallenger challenger = train(history).orElseThrow();
        double recency = Ranking.auc(
                split.newest().column("recency_days"), split.newest().labels());
        assertThat(challenger.metrics().get("baseline_auc")).isEqualTo(recency);
        assertThat(challenger.metrics().get("auc")).isGreaterThan(recency + 0.03);
        assertThat(challenger.metrics().get("cv_auc"))
                .isCloseTo(challenger.metrics().get("auc"), within(0.05));
        assertThat(challenger.metrics())
                .containsKeys("brier", "brier_uncalibrated", "cv_brier", "cv_brier_uncalibrated");
        assertThat(challenger.params()).containsEntry("rows", "2000").containsEntry("horizon_days", "60");
    }

    @Test
    void aHistoryTooShortForThatIsMeasuredOnItsNewestDayAllTheSame() {
        ChurnChallenger.Split split =
                ChurnChallenger.Split.of(Shoppers.history(200, 2, 1), 60).orElseThrow();

        assertThat(split.isEmbargoed()).isFalse();
        assertThat(split.earlier().size()).isEqualTo(200);
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
        TrainingSet stayed = twoDays.select(java.util.stream.IntStream.range(0, twoDays.size())
                .filter(i -> twoDays.label(i) == 0)
                .toArray());

        assertThat(train(oneDay)).isEmpty();
        assertThat(train(stayed)).isEmpty();
    }

    @Test
    void theChampionIsMeasuredOnTheSameRowsWhateverTheOrderOfItsFeatures() {
        TrainingSet history = Shoppers.history(300, 3, 1);
        ChurnChallenger first = train(history).orElseThrow();
        ChurnChallenger second = ChurnChallenger.train(
                        reversed(history), RULE, OPTIONS, new InProcess(), Optional.of(first.model()))
                .orElseThrow();
        TrainingSet newest =
                ChurnChallenger.Split.of(history, RULE.horizon()).orElseThrow().newest();

        assertThat(second.metrics().get("champion_auc"))
                .isEqualTo(Ranking.auc(first.model().probabilities(newest.rows()), newest.labels()));
        assertThat(Map.of("auc", 1, "champion_auc", 1).keySet()).allMatch(second.metrics()::containsKey);
    }

    private static TrainingSet reversed(TrainingSet set) {
        java.util.List<String> features = new java.util.ArrayList<>(set.features());
        java.util.Collections.reverse(features);
        double[][] rows = java.util.Arrays.stream(set.rows())
                .map(r -> new double[] {r[3], r[2], r[1], r[0]})
                .toArray(double[][]::new);
        long[] days = new long[set.size()];
        String[] groups = new String[set.size()];
        long[] distinct = set.distinctDays();
        for (int i = 0; i < days.length; i++) {
            days[i] = distinct[i / (set.size() / distinct.length)];
            groups[i] = set.group(i);
        }
        return new TrainingSet(features, rows, set.labels(), groups, days);
    }
}
