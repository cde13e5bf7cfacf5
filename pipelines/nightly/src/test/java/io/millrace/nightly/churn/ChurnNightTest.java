package io.millrace.nightly.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.TableContract;
import io.millrace.features.FeatureView;
import io.millrace.features.FeatureViews;
import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.models.churn.ChurnFit;
import io.millrace.models.churn.ChurnModel;
import io.millrace.models.churn.ChurnTrainer;
import io.millrace.models.churn.InProcess;
import io.millrace.models.churn.ModelKind;
import io.millrace.models.churn.TrainingSet;
import io.millrace.nightly.features.FeaturesStage;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.score.ScoreStage;
import io.millrace.nightly.settings.SettingsReader;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.train.SparkFitting;
import io.millrace.nightly.train.TrainStage;
import io.millrace.registry.ModelVersion;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The churn model on Spark: labels and leaks, the same models as in process, and the two stages of the night. */
class ChurnNightTest {

    private static final LocalDate NIGHT = LocalDate.of(2026, 6, 30);
    private static final int DAYS = 720;
    private static final int CUSTOMERS = 300;
    /** Spark jobs of a training on six dates with three folds: more means a lost cache or a stray count. */
    private static final int MOST_TRAINING_JOBS = 85;

    private static final ChurnRule RULE = new ChurnRule(60, 90, 6);

    private final Lake lake = TestLake.get();
    private final ContractCatalog contracts = ContractCatalog.load();
    private final FeatureView view = FeatureViews.load(contracts).get(ChurnHistory.VIEW);

    private static LocalDate day(Shoppers.Purchase purchase) {
        return NIGHT.minusDays(DAYS - 1L - purchase.day());
    }

    /** A row of sales that is known since a day. */
    private Row line(int order, String customer, LocalDate on, LocalDate known, String quantity, String status) {
        Map<String, Object> values = Map.of(
                "order_no",
                "o" + order,
                "line_no",
                "1",
                "order_date",
                Date.valueOf(on),
                "customer_code",
                customer,
                "product_code",
                "p" + order % 7,
                "quantity",
                new BigDecimal(quantity),
                "amount",
                new BigDecimal(quantity).multiply(BigDecimal.TEN),
                "status",
                status,
                "_known_on",
                Date.valueOf(known));
        return RowFactory.create(contracts.get("silver.sales_line").columns().stream()
                .map(c -> values.getOrDefault(c.name(), filler(c)))
                .toArray());
    }

    private static Object filler(ColumnContract column) {
        return switch (column.name()) {
            case "source", "_extract_id" -> "test";
            case "_line" -> 1L;
            case "_business_date" -> Date.valueOf(NIGHT);
            default -> null;
        };
    }

    private List<Row> sales() {
        List<Row> rows = new ArrayList<>();
        for (Shoppers.Purchase p : Shoppers.purchases(CUSTOMERS, DAYS, 11)) {
            rows.add(line(rows.size(), p.customer(), day(p), day(p), "2.000", "done"));
        }
        return rows;
    }

    private Dataset<Row> frame(String table, List<Row> rows) {
        StructType schema = new StructType();
        TableContract contract = contracts.get(table);
        for (ColumnContract column : contract.columns()) {
            schema = schema.add(column.name(), DataType.fromDDL(column.type()));
        }
        return lake.spark().createDataFrame(rows, schema).coalesce(1);
    }

    private TrainingSet history(Lake own, List<Row> more, int delivery) {
        own.append("silver.sales_line", frame("silver.sales_line", more), new Once("delivery", delivery));
        List<String> tables = new ArrayList<>(view.tables());
        tables.add("silver.sales_line");
        try (NightTables in = NightTables.latest(own, NIGHT, tables)) {
            return new ChurnHistory(in, view, RULE).rows().rows();
        }
    }

    private void wholeCustomersAreDrawn(Lake own, TrainingSet all) {
        List<String> tables = new ArrayList<>(view.tables());
        tables.add("silver.sales_line");
        ChurnHistory.Drawn half;
        try (NightTables in = NightTables.latest(own, NIGHT, tables)) {
            half = new ChurnHistory(in, view, RULE).rows(all.size() / 2);
        }
        assertThat(half.of()).isEqualTo(all.size());
        assertThat(half.rows().size()).isBetween(all.size() / 3, all.size() * 2 / 3);
        Set<String> drawn = groups(half.rows()).collect(Collectors.toSet());
        assertThat(groups(half.rows()))
                .containsExactlyElementsOf(groups(all).filter(drawn::contains).toList());
    }

    private static Stream<String> groups(TrainingSet rows) {
        return IntStream.range(0, rows.size()).mapToObj(rows::group);
    }

    @Test
    void labelsFollowTheRuleAndNothingThatComesLaterMovesAFeature(@TempDir Path home) {
        Lake own = night(home, NIGHT).lake();
        TrainingSet history = history(own, sales(), 1);

        List<String> expected = expected();
        assertThat(IntStream.range(0, history.size()).mapToObj(i -> history.group(i) + " " + history.label(i)))
                .containsExactlyElementsOf(expected);
        assertThat(history.positives()).isBetween(history.size() / 10, history.size() / 2);
        wholeCustomersAreDrawn(own, history);

        List<Row> sales = new ArrayList<>();
        // After the night; before the training dates but learned of only now; and no purchases at all.
        List<LocalDate> dates = RULE.trainingDates(NIGHT);
        for (int i = 0; i < CUSTOMERS; i++) {
            sales.add(line(90_000 + i, "c" + i, NIGHT.plusDays(1 + i % 5), NIGHT, "5.000", "done"));
            sales.add(line(91_000 + i, "c" + i, dates.get(5).minusDays(3), NIGHT, "5.000", "done"));
            sales.add(line(92_000 + i, "c" + i, NIGHT.minusDays(2), NIGHT.plusDays(1), "5.000", "done"));
            sales.add(line(93_000 + i, "c" + i, dates.get(0).plusDays(9), NIGHT, "5.000", "cancelled"));
            sales.add(line(94_000 + i, "c" + i, dates.get(0).plusDays(9), NIGHT, "-5.000", "done"));
        }
        TrainingSet later = history(own, sales, 2);
        assertThat(later.labels()).isEqualTo(history.labels());
        assertThat(Arrays.deepToString(later.rows())).isEqualTo(Arrays.deepToString(history.rows()));

        // Whom we contacted within the horizon of a date is marked on that date; a control that was held back is not.
        assertThat(history.column(ChurnHistory.CONTACTED)).containsOnly(0);
        own.append(
                "silver.campaign_contact",
                frame(
                        "silver.campaign_contact",
                        List.of(
                                contact("c3", dates.get(0).plusDays(9), "email"),
                                contact("c4", dates.get(0).plusDays(9), "none"))),
                new Once("contacts", 1));
        TrainingSet marked = history(own, List.of(), 3);
        double[] contacted = marked.column(ChurnHistory.CONTACTED);
        long newest = dates.get(0).toEpochDay();
        assertThat(IntStream.range(0, marked.size())
                        .filter(i -> contacted[i] == 1)
                        .mapToObj(marked::group))
                .isNotEmpty()
                .containsOnly("c3")
                .hasSize((int) dates.stream()
                        .filter(d -> d.plusDays(RULE.horizon()).toEpochDay() >= newest + 9)
                        .filter(d -> expected.contains("c3 0") || expected.contains("c3 1"))
                        .count());
        assertThat(marked.labels()).isEqualTo(history.labels());
    }

    private Row contact(String customer, LocalDate on, String channel) {
        Map<String, Object> values = Map.of(
                "campaign_code",
                "spring",
                "customer_code",
                customer,
                "contacted_at",
                java.sql.Timestamp.valueOf(on.atTime(9, 0)),
                "channel",
                channel,
                "_known_on",
                Date.valueOf(on));
        return RowFactory.create(contracts.get("silver.campaign_contact").columns().stream()
                .map(c -> values.getOrDefault(c.name(), filler(c)))
                .toArray());
    }

    /** The label rule by a slow and obvious way: date, customer, label in the order of a history. */
    private List<String> expected() {
        List<Shoppers.Purchase> purchases = Shoppers.purchases(CUSTOMERS, DAYS, 11);
        List<String> expected = new ArrayList<>();
        List<LocalDate> dates = new ArrayList<>(RULE.trainingDates(NIGHT));
        java.util.Collections.reverse(dates);
        for (LocalDate date : dates) {
            IntStream.range(0, CUSTOMERS).mapToObj(c -> "c" + c).sorted().forEach(customer -> {
                boolean active = bought(purchases, customer, date.minusDays(RULE.active() - 1L), date);
                boolean stayed = bought(purchases, customer, date.plusDays(1), date.plusDays(RULE.horizon()));
                if (active) {
                    expected.add(customer + " " + (stayed ? 0 : 1));
                }
            });
        }
        return expected;
    }

    private static boolean bought(List<Shoppers.Purchase> purchases, String customer, LocalDate first, LocalDate last) {
        return purchases.stream()
                .anyMatch(p -> p.customer().equals(customer) && !day(p).isBefore(first) && !day(p).isAfter(last));
    }

    @Test
    void sparkFitsTheModelsThatAreFittedInProcessAndTheSameBytesEachTime() {
        TrainingSet set = Shoppers.history(400, 2, 4);
        ChurnTrainer.Options options = new ChurnTrainer.Options(3, 42, 2);
        ChurnFit local = new ChurnTrainer(options, new InProcess()).fit(set);
        ChurnFit spark = new ChurnTrainer(options, new SparkFitting(lake.spark())).fit(set);
        ChurnFit again = new ChurnTrainer(options, new SparkFitting(lake.spark())).fit(set);

        assertThat(spark.models().get(ModelKind.XGBOOST).probabilities(set.rows()))
                .containsExactly(local.models().get(ModelKind.XGBOOST).probabilities(set.rows()), within(1e-6));
        assertThat(spark.models().get(ModelKind.LOGISTIC_REGRESSION).probabilities(set.rows()))
                .containsExactly(
                        local.models().get(ModelKind.LOGISTIC_REGRESSION).probabilities(set.rows()), within(1e-3));
        assertThat(spark.models().get(ModelKind.BLEND).probabilities(set.rows()))
                .containsExactly(local.models().get(ModelKind.BLEND).probabilities(set.rows()), within(1e-2));
        assertThat(again.models().get(ModelKind.BLEND).toBytes())
                .isEqualTo(spark.models().get(ModelKind.BLEND).toBytes());
    }

    private Night night(Path home, LocalDate date) {
        List<String> sets = new ArrayList<>(List.of(
                "home=" + home,
                "churn.horizon=60d",
                "churn.active-window=90d",
                "churn.training-dates=6",
                "churn.folds=3"));
        var settings = SettingsReader.read(null, sets);
        Ledger ledger = Ledger.open(settings.lake().root(), new Configuration());
        return new Night(settings, home, date, "run-" + date, Instant.parse("2026-07-01T00:00:00Z"), ledger);
    }

    @Test
    void aNightTrainsPromotesAndScoresAndTheNextOneOnlyScores(@TempDir Path home) throws InterruptedException {
        // Nothing closes these nights: their session is the one of the whole test run.
        Night night = night(home, NIGHT);
        night.lake().append("silver.sales_line", frame("silver.sales_line", sales()), new Once("test", 1));

        Stage.Outcome early =
                new TrainStage(new Churn(FeatureViews.load(contracts))).run(night(home, NIGHT.minusDays(DAYS - 70)));
        assertThat(early.note()).startsWith("not enough history");
        assertThat(new ScoreStage(new Churn(FeatureViews.load(contracts)))
                        .run(night)
                        .note())
                .startsWith("no champion yet");

        long before = sparkJobs(night);
        Stage.Outcome trained = new TrainStage(new Churn(FeatureViews.load(contracts))).run(night);
        assertThat(sparkJobs(night) - before).isPositive().isLessThanOrEqualTo(MOST_TRAINING_JOBS);
        assertThat(trained.note())
                .startsWith("churn/1 (")
                .contains("is champion")
                .contains("the baseline's is");
        ModelVersion champion = night.registry().champion("churn").orElseThrow();
        assertThat(champion.provenance().dataVersions()).containsKey("silver.sales_line");

        assertThat(new TrainStage(new Churn(FeatureViews.load(contracts)))
                        .run(night)
                        .note())
                .startsWith("churn/1 (");
        assertThat(night.registry().versions("churn")).hasSize(1);

        new FeaturesStage(night.views().get(ChurnHistory.VIEW)).run(night);
        Stage.Outcome scored = new ScoreStage(new Churn(FeatureViews.load(contracts))).run(night);
        requireScores(night, champion, scored.rowsOut());

        Night next = night(home, NIGHT.plusDays(1));
        assertThat(new TrainStage(new Churn(FeatureViews.load(contracts)))
                        .run(next)
                        .note())
                .startsWith("not due before " + NIGHT.plusDays(28));
    }

    /** The listener is told a moment after the job. */
    private static long sparkJobs(Night night) throws InterruptedException {
        Thread.sleep(500);
        return night.sparkJobs();
    }

    private void requireScores(Night night, ModelVersion champion, long rows) {
        List<Row> scores = night.lake().read("gold.churn_score").collectAsList();
        List<String> active = IntStream.range(0, CUSTOMERS)
                .mapToObj(c -> "c" + c)
                .filter(c ->
                        bought(Shoppers.purchases(CUSTOMERS, DAYS, 11), c, NIGHT.minusDays(RULE.active() - 1L), NIGHT))
                .toList();
        assertThat(rows).isEqualTo(active.size());
        assertThat(scores.stream().map(r -> r.<String>getAs("customer_code")))
                .containsExactlyInAnyOrderElementsOf(active);

        ChurnModel model = ChurnModel.ofBytes(night.registry().artefact(champion));
        assertThat(meanProbability(scores, true)).isGreaterThan(meanProbability(scores, false) + 0.3);
        assertThat(scores).allSatisfy(row -> {
            assertThat(row.<Integer>getAs("model_version")).isEqualTo(1);
            assertThat(row.<BigDecimal>getAs("value_at_risk")).isGreaterThanOrEqualTo(BigDecimal.ZERO);
            assertThat(row.<String>getAs("reasons"))
                    .startsWith("[{\"feature\":\"")
                    .endsWith("}]");
            double p = row.<Double>getAs("churn_probability");
            assertThat(row.<String>getAs("risk_band").equals("low")).isEqualTo(p < model.baseRate());
        });
        assertThat(Arrays.asList("low", "medium", "high"))
                .containsAll(scores.stream()
                        .map(r -> r.<String>getAs("risk_band"))
                        .distinct()
                        .toList());
    }

    /** Of customers who are later than twice their usual gap, or of the others. */
    private static double meanProbability(List<Row> scores, boolean late) {
        return scores.stream()
                .filter(row -> isLate(row.getAs("customer_code")) == late)
                .mapToDouble(row -> row.<Double>getAs("churn_probability"))
                .average()
                .orElseThrow();
    }

    private static boolean isLate(String customer) {
        int[] days = Shoppers.purchases(CUSTOMERS, DAYS, 11).stream()
                .filter(p -> p.customer().equals(customer))
                .mapToInt(Shoppers.Purchase::day)
                .toArray();
        double gap = (days[days.length - 1] - days[0]) / Math.max(1.0, days.length - 1);
        return DAYS - 1 - days[days.length - 1] > 2 * gap;
    }
}
