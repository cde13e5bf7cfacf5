package io.millrace.nightly.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.decisions.StableHash;
import io.millrace.decisions.reorder.LeadTime;
import io.millrace.decisions.reorder.LineCosts;
import io.millrace.decisions.reorder.LotTerms;
import io.millrace.decisions.reorder.ReorderDecision;
import io.millrace.decisions.reorder.ReorderLine;
import io.millrace.decisions.reorder.ReorderOptions;
import io.millrace.decisions.reorder.ReorderPlan;
import io.millrace.decisions.reorder.ReorderPlanner;
import io.millrace.decisions.reorder.ReorderProblem;
import io.millrace.decisions.reorder.SharedLimits;
import io.millrace.decisions.reorder.StockPosition;
import io.millrace.decisions.reorder.WeeklyDemand;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.tables.NightTables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan on executors beside the plan in one place. */
class PlanTasksTest {

    private static final ReorderOptions OPTIONS = ReorderOptions.defaults(7).withSimulatedYears(2);
    private static final StructType FACT =
            StructType.fromDDL("product_code STRING, site_code STRING, supplier_code STRING, number INT");
    private static final StructType DECIDED = StructType.fromDDL("decision STRING");

    @TempDir
    private static Path home;

    /** A line of its number: five suppliers, three sites, demand from scarce to brisk, shelves from empty to full. */
    private static ReorderLine line(int number) {
        SplittableRandom random = StableHash.random(3, "line" + number);
        double mean = Math.exp(4 * random.nextDouble());
        double[] history = new double[40];
        Arrays.setAll(history, week -> Math.rint(2 * mean * random.nextDouble()));
        double[] weeks = new double[13];
        Arrays.fill(weeks, mean);
        double[] most = new double[13];
        Arrays.fill(most, 2 * mean);
        return new ReorderLine(
                "P%03d".formatted(number),
                "S" + number % 3,
                "V" + number % 5,
                "pc",
                number % 11 == 0
                        ? StockPosition.UNKNOWN
                        : new StockPosition(Math.rint(4 * mean * random.nextDouble()), 0, 0),
                new WeeklyDemand(weeks, new double[13], weeks, most, history),
                new LeadTime(3 + random.nextInt(12), 1),
                new LineCosts(Math.exp(3 * random.nextDouble()), 20, 0.2, OptionalDouble.of(5)),
                new LotTerms(random.nextInt(9), 1 + random.nextInt(3)),
                Optional.empty(),
                random.nextDouble());
    }

    private static List<String> onExecutors(List<ReorderLine> lines, SharedLimits limits) {
        List<Row> facts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            ReorderLine line = lines.get(i);
            facts.add(RowFactory.create(line.product(), line.site(), line.supplier(), i));
        }
        try (NightTables in = NightTables.latest(
                new NightFixture(home).night("2026-03-01").lake(), LocalDate.parse("2026-03-01"), List.of())) {
            return new PlanTasks(in, OPTIONS, limits)
                            .decide(
                                    in.spark().createDataFrame(facts, FACT),
                                    fact -> line(fact.getInt(3)),
                                    DECIDED,
                                    (fact, decision) -> RowFactory.create(fact.getString(0) + text(decision)))
                            .collectAsList()
                            .stream()
                            .map(row -> row.getString(0))
                            .sorted()
                            .toList();
        }
    }

    private static String text(ReorderDecision d) {
        return " %s %s %s %s %s %s"
                .formatted(d.orderQuantity(), d.reorderPoint(), d.orderUpTo(), d.priced(), d.baseline(), d.reason());
    }

    @Test
    void isThePlanInOnePlaceLineByLine() {
        TestLake.get();
        List<ReorderLine> lines =
                IntStream.range(0, 60).mapToObj(PlanTasksTest::line).toList();
        ReorderPlan free = new ReorderPlanner(OPTIONS).plan(new ReorderProblem(lines, SharedLimits.NONE));
        double volume = free.decisions().stream()
                .filter(d -> d.line().site().equals("S1"))
                .mapToDouble(d -> d.orderQuantity() * d.line().volume())
                .sum();
        OptionalDouble half = OptionalDouble.of(free.orderValue() / 2);
        for (SharedLimits limits : List.of(
                SharedLimits.NONE,
                SharedLimits.ofBudget(half),
                new SharedLimits(half, Map.of("V2", free.orderValue() / 4), Map.of("S1", volume / 2)))) {
            ReorderPlan here = new ReorderPlanner(OPTIONS).plan(new ReorderProblem(lines, limits));
            assertThat(onExecutors(lines, limits))
                    .isEqualTo(here.decisions().stream()
                            .map(d -> d.line().product() + text(d))
                            .sorted()
                            .toList());
        }
    }
}
