package io.millrace.nightly.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.Lake;
import io.millrace.lake.Once;
import io.millrace.lake.TestLake;
import io.millrace.lake.Upkeep;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Date;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights that changed a little each. */
class MaintainStageTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
    private static final int NIGHTS = 20;
    private static final String TABLE = "silver.stock_level";

    @TempDir
    private Path home;

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    private static Row stock(Lake lake, int product, LocalDate night) {
        return RowFactory.create(lake.contracts().get(TABLE).columns().stream()
                .map(c -> switch (c.name()) {
                    case "product_code" -> "P" + product;
                    case "site_code" -> "S";
                    case "source", "_extract_id" -> "shop";
                    case "_line" -> 1L;
                    case "snapshot_date" -> Date.valueOf(FIRST);
                    case "_business_date", "_known_on" -> Date.valueOf(night);
                    case "on_hand" -> java.math.BigDecimal.valueOf(night.toEpochDay() * 1000, 3);
                    default -> null;
                })
                .toArray());
    }

    private static StageRecord refined(LocalDate night, long version) {
        return new StageRecord(
                night + "-1",
                night.toString(),
                "refine",
                StageRecord.Status.DONE,
                "",
                "print",
                Map.of(),
                Map.of(TABLE, version),
                1,
                1,
                0,
                "",
                "2026-01-01T00:00:00Z",
                1,
                null);
    }

    /** What was written and taken out before a version seems to have been so three hours ago. */
    private static void letHoursPassBefore(Lake lake, long version) throws IOException {
        Path table = Path.of(lake.versions().path(TABLE).toUri().getPath());
        Path log = table.resolve("_delta_log");
        FileTime kept = Files.getLastModifiedTime(log.resolve("%020d.json".formatted(version)));
        FileTime old = FileTime.fromMillis(kept.toMillis() - Duration.ofHours(3).toMillis());
        try (Stream<Path> files = Files.walk(table)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                boolean isLog = file.getParent().equals(log);
                if (isLog && (name.contains("checkpoint") || name.endsWith(".json.crc"))) {
                    Files.delete(file);
                } else if (isLog && name.endsWith(".json")) {
                    if (Long.parseLong(name.substring(0, 20)) < version) {
                        Files.writeString(
                                file,
                                Pattern.compile("\"deletionTimestamp\":\\d+")
                                        .matcher(Files.readString(file))
                                        .replaceAll("\"deletionTimestamp\":" + old.toMillis()));
                        Files.setLastModifiedTime(file, old);
                    }
                } else if (Files.getLastModifiedTime(file).compareTo(kept) < 0) {
                    Files.setLastModifiedTime(file, old);
                }
            }
        }
        DeltaLog.clearCache();
    }

    @Test
    void filesAndBytesShrinkAndNoRowAndNoKeptNightIsLost() throws Exception {
        NightFixture shop = new NightFixture(home);
        LocalDate last = FIRST.plusDays(NIGHTS - 1);
        Night night = shop.night(last.toString());
        Lake lake = night.lake();
        for (int i = 0; i < NIGHTS; i++) {
            LocalDate date = FIRST.plusDays(i);
            // A product that is new, and one whose row is written anew.
            List<Row> rows = List.of(stock(lake, i, date), stock(lake, i / 2, date));
            lake.merge(
                    TABLE,
                    lake.rows(TABLE, i == 0 ? rows.subList(0, 1) : rows)
                            .withColumn("_deleted", org.apache.spark.sql.functions.lit(false)),
                    null,
                    new Once("test", i + 1));
            night.ledger().record(refined(date, lake.versions().latest(TABLE)));
        }
        long newest = lake.versions().latest(TABLE);
        LocalDate kept = last.minusDays(5);
        long pinned = night.ledger().versionSeen(TABLE, kept.toString());
        List<String> now = NightFixture.sorted(lake.read(TABLE));
        List<String> then = NightFixture.sorted(lake.readAt(TABLE, pinned));
        Path left = Files.createDirectories(home.resolve("lake/_ledger")).resolve(".lock-left-x");
        Files.writeString(left, "");
        Files.setLastModifiedTime(left, FileTime.fromMillis(0));

        letHoursPassBefore(lake, pinned);
        assertThat(lookedAfter(night, 2 * NIGHTS)).as("too few writes").doesNotContain(TABLE);
        MaintainStage stage = new MaintainStage(5, Duration.ZERO, 0);
        NightFixture.run(night, stage);

        Upkeep done = stage.upkeep().stream()
                .filter(u -> u.table().equals(TABLE))
                .findFirst()
                .orElseThrow();
        assertThat(done.filesBefore()).isGreaterThan(NIGHTS);
        assertThat(done.filesAfter()).isLessThan(done.filesBefore());
        assertThat(done.bytesAfter()).isLessThan(done.bytesBefore());
        assertThat(done.compacted()).isGreaterThan(newest);
        assertThat(NightFixture.sorted(lake.read(TABLE))).isEqualTo(now);
        assertThat(NightFixture.sorted(lake.readAt(TABLE, pinned)))
                .as("a night that is kept")
                .isEqualTo(then);
        assertThat(left).doesNotExist();

        Night next = shop.night(last.toString());
        assertThat(next.ledger().unchanged(TABLE, lake.versions().latest(TABLE)))
                .as("nobody has to run for it")
                .isEqualTo(newest);
        assertThat(next.ledger().lastDone("refine", kept.toString())).isPresent();
        assertThat(next.ledger().lastDone("refine", kept.minusDays(1).toString()))
                .isEmpty();
        assertThat(next.ledger().versionSeen(TABLE, kept.toString())).isEqualTo(pinned);
        assertThat(lookedAfter(next, 1)).as("no write since").doesNotContain(TABLE);
    }

    private static List<String> lookedAfter(Night night, int dueAfter) {
        MaintainStage stage = new MaintainStage(5, Duration.ZERO, dueAfter);
        NightFixture.run(night, stage);
        return stage.upkeep().stream().map(Upkeep::table).toList();
    }
}
