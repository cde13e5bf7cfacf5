package io.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.lake.Lake;
import io.millrace.lake.TestLake;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Every aggregate in every kind of window, on frames full of nulls, against a nested loop. */
class PointInTimeTest {

    private static final String CONTRACT = """
            table: silver.sale
            about: Generated sales
            shape: keyed
            key: [order_no]
            columns:
              buyer: {type: string, about: Who}
              order_no: {type: string, about: The order}
              sold_on: {type: date, about: When}
              amount: {type: int, about: How much}
              code: {type: string, about: What}
              status: {type: string, about: State}
            """;

    private static final String VIEW = """
            view: generated
            about: Every aggregate
            entity: buyer
            key: [buyer]
            freshness: 1
            sources:
              rows:
                table: silver.sale
                event-time: sold_on
                where: status <> 'cancelled'
                features:
                  total: {aggregate: sum, value: amount, windows: [30, 30-60, all], otherwise: 0, about: t}
                  sales: {aggregate: count, windows: [30], otherwise: 0, about: t}
                  large: {aggregate: count, where: amount > 50, windows: [60], otherwise: 0, about: t}
                  codes: {aggregate: count-distinct, value: code, windows: [60], about: t}
                  mean: {aggregate: avg, value: amount, about: t}
                  least: {aggregate: min, value: amount, about: t}
                  most: {aggregate: max, value: amount, windows: [60], about: t}
                  sd: {aggregate: stddev, value: amount, about: t}
                  earliest: {aggregate: first, value: amount, about: t}
                  latest: {aggregate: last, value: amount, about: t}
                  since_first: {aggregate: days-since-first, about: t}
                  since_last: {aggregate: days-since-last, about: t}
              orders:
                table: silver.sale
                event-time: sold_on
                where: status <> 'cancelled'
                per: ["coalesce(order_no, 'null')"]
                columns: {amount: sum(amount)}
                features:
                  orders: {aggregate: count, windows: [30], otherwise: 0, about: t}
                  order_most: {aggregate: max, value: amount, about: t}
            derived:
              share: {sql: "total_30d / nullif(total, 0)", about: t}
              share_twice: {sql: share * 2, about: t}
            """;

    private static final LocalDate DAY = LocalDate.of(2026, 3, 10);

    private final Lake lake = TestLake.get();
    private final ContractCatalog contracts = ContractCatalog.of(Map.of("sale.yaml", CONTRACT));
    private final FeatureView view =
            FeatureViews.of(Map.of("generated.yaml", VIEW), contracts).get("generated");

    private FeatureStore store(List<Sale> sales) {
        Frames frames = new Frames(lake, contracts);
        sales.forEach(s -> s.addTo(frames));
        return frames.store();
    }

    @Test
    void aTrainingSetHasTheFeaturesOfEveryBuyerOnEveryDateAsKnownThen() {
        List<Sale> sales = Sale.generate(300, 1);
        List<LocalDate> dates =
                List.of(DAY, DAY.minusDays(33), DAY.minusDays(66), DAY.minusDays(69), DAY.minusYears(1));

        assertThat(Frames.collect(store(sales).trainingSet(view, dates)))
                .containsExactlyInAnyOrderElementsOf(expected(sales, dates));
    }

    @Test
    void aSingleDateGivesTheSameRowsWithoutTheDatesAround() {
        List<Sale> sales = Sale.generate(100, 2);

        assertThat(Frames.collect(store(sales).at(view, DAY)))
                .containsExactlyInAnyOrderElementsOf(expected(sales, List.of(DAY)));
    }

    @Test
    void aSpineKeepsItsRowsAndSeesEachAsKnownAtItsOwnDate() {
        List<Sale> sales = Sale.generate(300, 3);
        SplittableRandom random = new SplittableRandom(4);
        List<Row> spine = new ArrayList<>();
        List<Map<String, Object>> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String buyer = random.nextInt(10) == 0 ? null : "b" + random.nextInt(8);
            LocalDate asOf = DAY.minusDays(random.nextInt(70));
            LocalDate knownAt = asOf.plusDays(random.nextInt(-10, 40));
            spine.add(RowFactory.create(i % 50, buyer, Date.valueOf(asOf), Date.valueOf(knownAt)));
            Map<String, Object> row = new HashMap<>(NestedLoop.features(sales, buyer, asOf, knownAt));
            row.putAll(key(buyer, asOf));
            row.put("known_at", knownAt);
            row.put("label", i % 50);
            expected.add(row);
        }

        assertThat(Frames.collect(store(sales).asOf(view, spine(spine)))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void whatHappensOrIsLearntLaterMovesNothing() {
        List<Sale> sales = Sale.generate(100, 5);
        List<Sale> future = new ArrayList<>(sales);
        for (Sale s : Sale.generate(100, 6)) {
            future.add(new Sale(s.buyer(), s.orderNo(), DAY.plusDays(1), DAY, 1000, s.code(), "done"));
            future.add(new Sale(s.buyer(), s.orderNo(), DAY.minusDays(5), DAY.plusDays(1), 1000, s.code(), "done"));
        }

        assertThat(Frames.collect(store(future).at(view, DAY)))
                .containsExactlyInAnyOrderElementsOf(Frames.collect(store(sales).at(view, DAY)));
    }

    @Test
    void aSpineThatLacksAColumnOrComputesAFeatureItselfIsRefused() {
        Dataset<Row> spine = spine(List.of());

        assertThatThrownBy(() -> store(List.of()).asOf(view, spine.drop("known_at")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("needs the columns [buyer, as_of, known_at] and has [label, buyer, as_of]");
        assertThatThrownBy(() -> store(List.of()).asOf(view, spine.withColumnRenamed("label", "total_30d")))
                .hasMessageContaining("[total_30d]");
    }

    @Test
    void noTemporaryViewIsLeftBehind() {
        store(List.of()).at(view, DAY);

        assertThat(lake.spark().sql("SHOW VIEWS LIKE '_features*'").collectAsList())
                .isEmpty();
    }

    private Dataset<Row> spine(List<Row> rows) {
        return lake.spark()
                .createDataFrame(rows, StructType.fromDDL("label int, buyer string, as_of date, known_at date"));
    }

    private static List<Map<String, Object>> expected(List<Sale> sales, List<LocalDate> dates) {
        Set<String> buyers = new HashSet<>();
        sales.forEach(s -> buyers.add(s.buyer()));
        List<Map<String, Object>> expected = new ArrayList<>();
        for (LocalDate date : dates) {
            for (String buyer : buyers) {
                if (NestedLoop.isVisible(sales, buyer, date, date)) {
                    Map<String, Object> row = new HashMap<>(NestedLoop.features(sales, buyer, date, date));
                    row.putAll(key(buyer, date));
                    expected.add(row);
                }
            }
        }
        return expected;
    }

    private static Map<String, Object> key(String buyer, LocalDate asOf) {
        Map<String, Object> key = new HashMap<>();
        key.put("buyer", buyer);
        key.put("as_of", asOf);
        return key;
    }
}
