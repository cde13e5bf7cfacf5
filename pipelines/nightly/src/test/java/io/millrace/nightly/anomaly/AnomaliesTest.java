package io.millrace.nightly.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.decide.DecideStage;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.score.ScoreStage;
import io.millrace.nightly.tables.RowMaker;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomaliesTest {

    private static final String READINGS = "silver.sensor_reading";

    @TempDir
    private Path home;

    /** Ten days of a cold store by the hour, with a door left open for five hours of the eighth. */
    private List<Row> readings(RowMaker maker) {
        SplittableRandom random = new SplittableRandom(3);
        List<Row> rows = new ArrayList<>();
        Instant start = Instant.parse("2026-02-20T00:00:00Z");
        for (int hour = 0; hour < 240; hour++) {
            double value = 4 + Math.sin(hour * Math.PI / 12) + 0.2 * random.nextGaussian();
            rows.add(maker.row()
                    .put("sensor_code", "COLD")
                    .put("metric", "temperature")
                    .put("measured_at", start.plusSeconds(3600L * hour))
                    .put("value", hour >= 180 && hour < 185 ? value + 9 : value)
                    .put("source", "test")
                    .put("_extract_id", "test")
                    .put("_line", (long) hour)
                    .put("_business_date", LocalDate.parse("2026-03-01"))
                    .put("_known_on", LocalDate.parse("2026-03-01"))
                    .done());
        }
        return rows;
    }

    private static List<Row> found(Night night) {
        new ScoreStage(new Anomalies()).run(night);
        return night.lake()
                .read("gold.anomaly")
                .filter("business_date = DATE'" + night.date() + "'")
                .collectAsList();
    }

    @Test
    void oneAnomalyIsOneRowFromNightToNightWithWhatCarriesIt() {
        TestLake.get();
        Night first = new NightFixture(home, "anomaly.false-alarms=0.05").night("2026-03-01");
        Lake lake = first.lake();
        lake.append(
                READINGS,
                lake.rows(READINGS, readings(RowMaker.of(lake, READINGS, first.date()))),
                new Once("test", 1));

        assertThat(found(first)).singleElement().satisfies(row -> {
            assertThat(row.<String>getAs("subject_code")).isEqualTo("COLD");
            assertThat(row.getTimestamp(row.fieldIndex("started_at")).toInstant())
                    .isBetween(Instant.parse("2026-02-27T12:00:00Z"), Instant.parse("2026-02-27T16:00:00Z"));
            assertThat(row.isNullAt(row.fieldIndex("ended_at"))).isFalse();
            assertThat(row.<Double>getAs("observed")).isGreaterThan(row.<Double>getAs("expected") + 2);
            assertThat(row.<String>getAs("audience")).isEqualTo("maintenance");
            assertThat(row.<String>getAs("reason")).startsWith("COLD, temperature: the ");
        });
        assertThat(told(first)).hasSize(1);
        assertThat(told(first)).as("the same night again").hasSize(1);
        Night second = new NightFixture(home, "anomaly.false-alarms=0.05").night("2026-03-02");
        assertThat(found(second))
                .singleElement()
                .satisfies(row -> assertThat(
                                row.getDate(row.fieldIndex("first_seen")).toLocalDate())
                        .isEqualTo(first.date()));
        assertThat(told(second)).as("told of before").isEmpty();

        // Somebody thought less of it then: it has become more severe.
        lake.update(
                "gold.alert",
                lake.read("gold.alert").select("decision_id"),
                "true",
                java.util.Map.of("severity", "'none'"));
        assertThat(told(new NightFixture(home).night("2026-03-02"))).hasSize(1);
    }

    private static List<String> told(Night night) {
        new DecideStage(new Alerts()).run(night);
        return NightFixture.sorted(night.lake()
                .read("gold.alert")
                .filter("business_date = DATE'" + night.date() + "'")
                .select("decision_id", "severity", "reason"));
    }
}
