package io.millrace.decisions.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.decisions.inventory.StockPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryEvaluationTest {

    private static final String HEADER =
            "item,lead_time,demand_mean,demand_sd,holding,shortage,order_cost,unit_cost,review";

    private static InventoryEvaluation.Result evaluate(String header, String... rows) {
        List<String> lines = new java.util.ArrayList<>(List.of(header));
        lines.addAll(List.of(rows));
        return new InventoryEvaluation(42).evaluate("test.csv", InventoryCsv.parse(String.join("\n", lines)));
    }

    /** Worked examples of Snyder and Shen, Fundamentals of Supply Chain Theory, 2nd edition. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "3.1,0,1300,0,0.225,0,8,0.75,0 : eoq : 68.41052550594827",
                "3.8,0,1300,0,0.225,5,8,0.75,0 : eoq_backorders : 66.92136355097325",
                "4.3,0,50,8,0.18,0.7,0,1,1 : base_stock_normal : 1.997605193176645",
                "4.4,4,50,8,0.18,0.7,0,1,1 : base_stock_normal : 4.466781004149578",
                "4.7a,0,6,2.449489742783178,1,4,0,1,1 : base_stock_poisson : 3.570106945770946",
                "4.7b,0,6,2.449489742783178,1,4,5,1,1 : ss_poisson : 8.034111561471644",
                "5.8,2,1.5,1.224744871391589,20,150,100,1,0 : rq_poisson : 107.9235806331498"
            })
    void textbookExamplesComeOutExact(String row, String model, double cost) {
        InventoryEvaluation.Result result = evaluate(HEADER, row);
        assertThat(result.items().get(0).model()).isEqualTo(model);
        assertThat(result.metrics().get("expected_cost")).isCloseTo(cost, Percentage.withPercentage(1e-6));
        assertThat(result.metrics()).containsEntry("exact_items", 1.0);
    }

    /** Example 5.1: the exact optimum lies just below the best approximation in the book, 78.0712. */
    @Test
    void normalContinuousReviewIsExact() {
        InventoryEvaluation.Result result = evaluate(HEADER, "5.1,0.08333333333333333,1300,150,0.225,7.5,8,0.75,0");
        assertThat(result.items().get(0).model()).isEqualTo("rq_normal");
        assertThat(result.metrics().get("expected_cost")).isBetween(78.0, 78.0711463);
        assertThat(result.metrics().get("purchase_cost")).isEqualTo(975);
        assertThat(result.baselines().get("eoq_normal_safety_stock").get("expected_cost"))
                .as("example 5.5, priced exactly")
                .isCloseTo(87.04, within(0.01));
    }

    @Test
    void theResultHasTheSharedShape() {
        InventoryEvaluation.Result result =
                evaluate(HEADER + ",min,max", "a,3,6,2.449,1,4,5,2,1,20,30", "b,3,6,2.449,1,4,5,2,1,,");
        assertThat(result.task()).isEqualTo("inventory");
        assertThat(result.data()).isEqualTo("test.csv");
        assertThat(result.rows()).isEqualTo(2);
        assertThat(result.seed()).isEqualTo(42);
        assertThat(result.seconds()).isPositive();
        assertThat(result.metrics())
                .containsOnlyKeys(
                        "expected_cost",
                        "holding_cost",
                        "shortage_cost",
                        "ordering_cost",
                        "purchase_cost",
                        "items",
                        "exact_items");
        assertThat(result.baselines()).containsOnlyKeys("eoq_normal_safety_stock", "min_max");
        double half = result.metrics().get("expected_cost") / 2;
        assertThat(result.baselines().get("min_max")).containsEntry("items", 1.0);
        assertThat(result.baselines().get("min_max").get("expected_cost_of_best_on_same_items"))
                .isCloseTo(half, within(1e-9));
    }

    @Property(tries = 60)
    void noBaselineBeatsAnExactOptimum(
            @ForAll @DoubleRange(min = 0.5, max = 80) double mean,
            @ForAll @DoubleRange(min = 0.1, max = 1.5) double spread,
            @ForAll @IntRange(min = 0, max = 6) int leadTime,
            @ForAll @IntRange(min = 0, max = 5) int review,
            @ForAll @DoubleRange(min = 0, max = 60) double orderCost) {
        String row = "x,%s,%s,%s,1,9,%s,1,%s,%s,%s"
                .formatted(
                        leadTime,
                        mean,
                        mean * spread,
                        orderCost,
                        review,
                        Math.rint(mean * leadTime),
                        Math.rint(mean * leadTime) + 7);
        InventoryEvaluation.ItemResult item =
                evaluate(HEADER + ",min,max", row).items().get(0);
        if (item.exact()) {
            double least = item.costs().total() * (1 - 1e-9) - 1e-9;
            assertThat(item.classic().total()).isGreaterThanOrEqualTo(least);
            assertThat(item.minMax().orElseThrow().total()).isGreaterThanOrEqualTo(least);
        }
    }

    /** A history drawn from a distribution costs about what that distribution costs, exactly and by simulation. */
    @Test
    void historyIsPricedByItsOwnDistribution() {
        SplittableRandom random = new SplittableRandom(1);
        String history = IntStream.range(0, 400)
                .mapToObj(i -> String.valueOf(random.nextInt(9)))
                .collect(Collectors.joining(";"));
        String header = HEADER + ",demand_history";
        InventoryEvaluation.ItemResult exact =
                evaluate(header, "h,2,,,1,9,30,1,1," + history).items().get(0);
        assertThat(exact.model()).isEqualTo("ss_empirical");
        InventoryEvaluation.ItemResult simulated =
                evaluate(header, "h,2.0000001,,,1,9,30,1,1," + history).items().get(0);
        assertThat(simulated.model()).isEqualTo("simulation");
        assertThat(simulated.costs().total()).isCloseTo(exact.costs().total(), Percentage.withPercentage(3));
    }

    @Test
    void lumpyDemandUnderContinuousReviewIsSimulated() {
        InventoryEvaluation.Result result = evaluate(HEADER, "l,3,10,25,1,9,30,1,0");
        assertThat(result.items().get(0).model()).isEqualTo("simulation");
        assertThat(result.metrics()).containsEntry("exact_items", 0.0);
        assertThat(result.metrics().get("expected_cost"))
                .isLessThan(result.baselines().get("eoq_normal_safety_stock").get("expected_cost"));
        assertThat(evaluate(HEADER, "l,3,10,25,1,9,30,1,0").metrics()).isEqualTo(result.metrics());
    }

    /** Counting a large item in lots changes its cost by little. */
    @Test
    void largeItemsAreCountedInLots() {
        double small =
                evaluate(HEADER, "s,2,400,100,0.01,0.09,200,1,1").metrics().get("expected_cost");
        double large =
                evaluate(HEADER, "l,2,4000,1000,0.001,0.009,200,1,1").metrics().get("expected_cost");
        assertThat(large).isCloseTo(small, Percentage.withPercentage(0.5));
    }

    @Test
    void minAndMaxArePricedAsGiven() {
        StockPolicy policy = evaluate(HEADER, "4.7,0,6,2.449489742783178,1,4,5,1,1")
                .items()
                .get(0)
                .policy();
        assertThat(policy).isEqualTo(new StockPolicy(4, 10));
        InventoryEvaluation.Result result = evaluate(HEADER + ",min,max", "4.7,0,6,2.449489742783178,1,4,5,1,1,6,18");
        assertThat(result.baselines().get("min_max").get("expected_cost"))
                .isCloseTo(10.193798671644046, Percentage.withPercentage(1e-6));
    }

    @Test
    void readsAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("items.csv");
        Files.writeString(file, "\uFEFF" + HEADER + ",demand_history\n\"a,b\",1,6,2,1,4,5,1,1,\"3|4|5\"\n\n");
        List<InventoryItem> items = InventoryCsv.read(file);
        assertThat(items).hasSize(1);
        assertThat(items.get(0).item()).isEqualTo("a,b");
        assertThat(items.get(0).history()).containsExactly(3.0, 4.0, 5.0);
        assertThat(items.get(0).demandMean()).isEqualTo(4);
    }

    @Test
    void nonsenseIsRefusedWithItsLine() {
        assertThatThrownBy(() -> evaluate(HEADER, "a,1,6,2,1,4,5,1,1", "b,1,6,2,x,4,5,1,1"))
                .hasMessage("line 3: holding is 'x'; it must be a number");
        assertThatThrownBy(() -> evaluate(HEADER, "b,1,6,2,1,0,5,1,1")).hasMessageContaining("shortage cost of 0");
        assertThatThrownBy(() -> evaluate(HEADER, "b,1,6,2,1,1,5,1,0.5")).hasMessageContaining("review is 0.5");
        assertThatThrownBy(() -> evaluate(HEADER, "b,1,6")).hasMessageContaining("3 fields");
        assertThatThrownBy(() -> evaluate(HEADER, "b,1,6,2,1,4,5,1,\"1", "c,1,6,2,1,4,5,1,1"))
                .hasMessage("line 2: a quote is opened and not closed");
        assertThatThrownBy(() -> evaluate(HEADER, "\"b\"b,1,6,2,1,4,5,1,1")).hasMessageContaining("line 2");
        assertThatThrownBy(() -> evaluate(HEADER + ",min", "b,1,6,2,1,1,5,1,0,3"))
                .hasMessageContaining("both or neither");
        assertThatThrownBy(() -> evaluate(HEADER + ",min,max", "b,1,6,0,1,0,5,1,0,3,9"))
                .hasMessageContaining("runs short");
        assertThatThrownBy(() -> evaluate("item,demand_mean", "b,1")).hasMessageContaining("lead_time");
        assertThatThrownBy(() -> evaluate(HEADER + ",colour", "b,1")).hasMessageContaining("colour");
    }
}
