package io.millrace.nightly.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.FeatureView;
import io.millrace.lake.Lake;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.features.FeaturesStage;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.score.ScoreStage;
import io.millrace.nightly.tables.RowMaker;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerSegmentsTest {

    private static final String BEHAVIOUR = "features.customer_behaviour";
    private static final int CUSTOMERS = 150;

    @TempDir
    private Path home;

    /** Three kinds of customers, by turns; the first so many of the kind that buys lately and much have stopped. */
    private Night night(String date, int stopped) {
        Night night = new NightFixture(home).night(date);
        Lake lake = night.lake();
        RowMaker maker = RowMaker.of(lake, BEHAVIOUR, LocalDate.parse(date));
        SplittableRandom random = new SplittableRandom(date.hashCode());
        List<Row> rows = IntStream.range(0, CUSTOMERS)
                .mapToObj(i -> {
                    int kind = i % 3 == 0 && i / 3 < stopped ? 2 : i % 3;
                    double noise = 0.9 + 0.2 * random.nextDouble();
                    return maker.row()
                            .put("customer_code", "C%03d".formatted(i))
                            .put("recency_days", (int) (new int[] {10, 60, 250}[kind] * noise))
                            .put("frequency_365d", (long) (new int[] {40, 8, 1}[kind] * noise))
                            .put("monetary_365d", new double[] {9000, 700, 60}[kind] * noise)
                            .done();
                })
                .toList();
        lake.replaceDate(BEHAVIOUR, night.date(), lake.rows(BEHAVIOUR, rows));
        return night;
    }

    private Map<String, Row> segments(Night night) {
        Map<String, Row> byCustomer = new HashMap<>();
        night.lake()
                .read("gold.customer_segment")
                .filter("business_date = DATE'" + night.date() + "'")
                .collectAsList()
                .forEach(row -> byCustomer.put(row.getAs("customer_code"), row));
        return byCustomer;
    }

    @Test
    void aSegmentKeepsItsNumberAndItsNameAndWhoMovesIsCounted() {
        TestLake.get();
        Night first = night("2026-03-01", 0);
        Stage.Outcome outcome = new ScoreStage(new CustomerSegments()).run(first);
        Map<String, Row> before = segments(first);
        assertThat(outcome.note()).contains("3 segments by", "0 customers moved");
        assertThat(before).hasSize(CUSTOMERS);
        assertThat(before.get("C000").<String>getAs("segment_name")).isEqualTo("active frequent big spenders");
        assertThat(before.get("C002").<String>getAs("segment_name")).isEqualTo("lapsed rare small spenders");
        assertThat(before.get("C000").isNullAt(before.get("C000").fieldIndex("previous_segment_id")))
                .isTrue();

        Night second = night("2026-03-02", 5);
        Stage.Outcome later = new ScoreStage(new CustomerSegments()).run(second);
        Map<String, Row> after = segments(second);
        assertThat(later.note()).contains("5 customers moved");
        for (String stayed : List.of("C001", "C002", "C030")) {
            assertThat(after.get(stayed).<Integer>getAs("segment_id"))
                    .as(stayed)
                    .isEqualTo(before.get(stayed).<Integer>getAs("segment_id"))
                    .isEqualTo(after.get(stayed).<Integer>getAs("previous_segment_id"));
        }
        assertThat(after.get("C000").<Integer>getAs("segment_id"))
                .isEqualTo(before.get("C002").<Integer>getAs("segment_id"));
        assertThat(after.get("C000").<Integer>getAs("previous_segment_id"))
                .isEqualTo(before.get("C000").<Integer>getAs("segment_id"));
        assertThat(second.lake()
                        .read("gold.segment_profile")
                        .filter("business_date = DATE'2026-03-02'")
                        .collectAsList())
                .hasSize(3)
                .extracting(r -> r.<Integer>getAs("customers"))
                .containsExactlyInAnyOrder(45, 50, 55);
    }

    /** Names of segments, of those for whom one is known, by the rows of the view. */
    private static Map<String, String> features(Dataset<Row> rows) {
        Map<String, String> byCustomer = new HashMap<>();
        rows.collectAsList().forEach(row -> byCustomer.put(row.getAs("customer_code"), row.getAs("segment")));
        return byCustomer;
    }

    @Test
    void theSegmentIsAFeatureAsTheNightOfTheDateHadGrouped() {
        TestLake.get();
        String table = "gold.customer_segment";
        Lake lake = new NightFixture(home).night("2026-03-01").lake();
        String[][] nights = {
            {"2026-01-20", "GONE", "lapsed"},
            {"2026-03-01", "MOVES", "big"},
            {"2026-03-02", "MOVES", "small"},
            {"2026-03-02", "ODD", null},
            {"2026-03-03", "MOVES", "of a later night"}
        };
        for (String date : List.of("2026-01-20", "2026-03-01", "2026-03-02", "2026-03-03")) {
            RowMaker maker = RowMaker.of(lake, table, LocalDate.parse(date));
            List<Row> rows = Arrays.stream(nights)
                    .filter(n -> n[0].equals(date))
                    .map(n -> maker.row()
                            .put("customer_code", n[1])
                            .put("segment_name", n[2])
                            .put("reason", "test")
                            .put("model_version", "test")
                            .done())
                    .toList();
            lake.replaceDate(table, LocalDate.parse(date), lake.rows(table, rows));
        }
        Night night = new NightFixture(home).night("2026-03-02");
        FeatureView view = night.views().get("customer_segment");
        FeaturesStage stage = new FeaturesStage(view);
        stage.run(night);
        assertThat(features(night.features().serving(view, night.date())))
                .containsAllEntriesOf(Map.of("MOVES", "small", "ODD", "none"))
                .doesNotContainValue("lapsed");
        assertThat(features(night.features().at(view, LocalDate.parse("2026-03-01"))))
                .as("as known on a past date")
                .containsEntry("MOVES", "big")
                .doesNotContainKey("ODD");

        ScoreStage scores = new ScoreStage(new CustomerSegments());
        assertThat(stage.reads())
                .containsExactlyElementsOf(List.of(scores.writes().get(0)));
        assertThat(scores.reads()).as("no circle").doesNotContainAnyElementsOf(stage.writes());
    }
}
