package io.millrace.nightly.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.Failure;
import io.millrace.lake.TestLake;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.refine.RefineStage;
import io.millrace.nightly.refine.RemapStage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories that a generator makes of deliveries, corrections, late files, nights and deaths between two side effects: after each night the
 * tables are what a model says that knows no Spark. {@code bench/histories} tries as many as asked for.
 */
class HistoriesTest {

    /** Histories that differed before: a path twice, quarantine twice, a late row, a full delivery of an unknown key, two numbers in one night. */
    private static final long[] FOUND_SOMETHING = {1, 6, 7, 24, 37};

    /** Histories of two sources: of a table with history and of one without, with deaths in them. */
    private static final long[] OF_TWO = {2, 3};

    /** Histories in which mappings change. */
    private static final long[] OF_CHANGES = {24};

    @TempDir
    private static Path folder;

    private static final AtomicInteger HOMES = new AtomicInteger();

    @BeforeAll
    static void session() {
        TestLake.get();
    }

    @Test
    void theTablesAreWhatTheModelSays() {
        play(FOUND_SOMETHING, "one source", seed -> Histories.of(seed, 1));
    }

    @Test
    void theTablesAreWhatTheModelSaysOfTwoSources() {
        play(OF_TWO, "two sources", seed -> Histories.of(seed, 2));
    }

    @Test
    void theTablesAreWhatTheModelSaysIfMappingsChange() {
        play(OF_CHANGES, "changed mappings", Histories::corrected);
    }

    private static void play(long[] found, String kind, LongFunction<List<Step>> made) {
        long count = Long.getLong("millrace.histories.count", 0);
        long first = Long.getLong("millrace.histories.from", 1);
        long[] seeds =
                count == 0 ? found : LongStream.range(first, first + count).toArray();
        List<String> failures = new ArrayList<>();
        for (long seed : seeds) {
            List<Step> history = made.apply(seed);
            long began = System.nanoTime();
            String difference = difference(history);
            if (count > 0) {
                System.out.printf(
                        "%s, seed %d: %d steps, %.1f s%n",
                        kind, seed, history.size(), (System.nanoTime() - began) / 1e9);
            }
            if (difference != null) {
                if (count > 0) {
                    System.out.println(difference);
                }
                List<Step> shortest = Histories.shortest(history, h -> difference(h) != null);
                failures.add("%s, seed %d:%n%s%n%s"
                        .formatted(
                                kind,
                                seed,
                                shortest.stream().map(Step::toString).collect(Collectors.joining("\n  ", "  ", "")),
                                difference(shortest)));
                if (count > 0) {
                    System.out.println(failures.get(failures.size() - 1));
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    /** What the tables say otherwise than the model after one of the steps, or null. */
    private static String difference(List<Step> history) {
        try {
            Path home = Files.createDirectories(folder.resolve("home" + HOMES.incrementAndGet()));
            Desk.describe(home, Step.Mapping.PLAIN);
            new Played(home).play(history);
            return null;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (AssertionError e) {
            return e.getMessage();
        } catch (RuntimeException e) {
            return Stream.concat(
                            Stream.of(e.toString()),
                            Stream.of(e.getStackTrace()).limit(20).map(Object::toString))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** A process that dies. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A history as it happens to a lake and to the model. */
    private static final class Played {

        private final NightFixture shop;
        private final NightFixture accepting;
        /** By source, the first one first. */
        private final Map<String, Model> models = new LinkedHashMap<>();

        private final Path home;
        private String date = "2026-03-04";

        Played(Path home) {
            this.home = home;
            List<String> sets = new ArrayList<>();
            Desk.SOURCES.forEach(source -> {
                models.put(source, new Model());
                sets.add("sources.%s.system=desk".formatted(source));
                sets.add("sources.%s.drop=%s".formatted(source, home.resolve("drop")));
                sets.add("sources.%s.volume.most-removed=1".formatted(source));
                sets.add("sources.%s.stale-after=90d".formatted(source));
            });
            this.shop = new NightFixture(home, sets.toArray(String[]::new));
            Desk.SOURCES.forEach(source -> sets.add("sources.%s.volume.accept=[art,term]".formatted(source)));
            this.accepting = new NightFixture(home, sets.toArray(String[]::new));
        }

        void play(List<Step> history) throws IOException {
            for (Step step : history) {
                if (step instanceof Step.Deliver d) {
                    deliver(d);
                } else if (step instanceof Step.Run r) {
                    date = r.date();
                    Set<String> refused = run(r);
                    Set<String> expected = models.values().stream()
                            .flatMap(model -> model.run(r.date(), r.accepts()).stream())
                            .map(Desk::silver)
                            .collect(Collectors.toSet());
                    assertThat(refused).as("refused by " + r).isEqualTo(expected);
                    compare(step);
                } else if (step instanceof Step.Change c) {
                    Desk.describe(home, c.to());
                    models.values().forEach(model -> model.change(c.to()));
                } else {
                    Desk.SOURCES.forEach(
                            source -> remap(source, models.get(source).remap()));
                    compare(step);
                }
            }
        }

        private void deliver(Step.Deliver d) {
            String text = Stream.concat(
                            Stream.of(d.table().header()), d.rows().stream().map(d.table()::csv))
                    .collect(Collectors.joining("\n", "", "\n"));
            shop.deliver(
                    d.source(),
                    d.date(),
                    d.name(),
                    text.getBytes(StandardCharsets.UTF_8),
                    d.rows().size(),
                    d.mode());
            models.get(d.source()).deliver(d);
        }

        private void remap(String source, boolean isLosing) {
            try {
                NightFixture.run(shop.night("2026-03-04"), RemapStage.remap(source, null));
                assertThat(isLosing)
                        .as("a mapping that loses rows maps nothing anew")
                        .isFalse();
            } catch (Failure e) {
                assertThat(isLosing).as(e.getMessage()).isTrue();
            }
        }

        private Set<String> run(Step.Run r) {
            NightFixture as = r.accepts() ? accepting : shop;
            if (r.dies() > 0) {
                try {
                    attempt(as.night(r.date()), r.dies());
                } catch (Killed e) {
                    // Another process goes on.
                }
            }
            return attempt(as.night(r.date()), 0);
        }

        private static Set<String> attempt(Night night, int dies) {
            AtomicInteger asked = new AtomicInteger();
            Runnable guard = () -> {
                if (asked.incrementAndGet() == dies) {
                    throw new Killed();
                }
            };
            night.ledger().guardedBy(guard);
            night.lake().guardedBy(guard);
            NightFixture.ingest(night);
            return new RefineStage()
                    .run(night)
                    .refused()
                    .map(Stage.Refused::tables)
                    .orElse(Set.of());
        }

        private void compare(Step step) {
            Night night = shop.night(date);
            for (Desk table : Desk.values()) {
                if (table.silver() != null) {
                    assertThat(silver(night, table))
                            .as(table.silver() + " after " + step)
                            .isEqualTo(Model.silver(table, List.copyOf(models.values())));
                }
            }
            List<Extract> taken = night.ledger().extracts().stream()
                    .filter(e -> e.state() != Extract.State.DUPLICATE)
                    .toList();
            assertThat(taken.stream()
                            .map(e -> "%s %d rows %s".formatted(place(night, e), e.rowsBronze(), e.state()))
                            .sorted())
                    .as("extracts after " + step)
                    .containsExactlyElementsOf(said(Model::extracts));
            assertThat(quarantine(night)).as("quarantine after " + step).isEqualTo(said(Model::quarantine));
            assertThat(taken)
                    .filteredOn(e -> e.state() == Extract.State.REFINED)
                    .as("nothing is lost after " + step)
                    .allSatisfy(e ->
                            assertThat(e.rowsBronze()).isEqualTo(e.rowsSilver() + e.rowsMerged() + e.rowsQuarantined()))
                    .allSatisfy(e -> assertThat(e.rowsSilver()).isNotNegative())
                    .allSatisfy(e -> assertThat(e.rowsMerged()).isNotNegative());
        }

        private List<String> said(Function<Model, List<String>> what) {
            return models.values().stream()
                    .flatMap(model -> what.apply(model).stream())
                    .sorted()
                    .toList();
        }

        /** The source of an extract, its place among those of the source, and its path. */
        private static String place(Night night, Extract extract) {
            long place = night.ledger().extracts().stream()
                    .filter(e -> e.source().equals(extract.source()) && e.state() != Extract.State.DUPLICATE)
                    .filter(e -> e.delivery() <= extract.delivery())
                    .count();
            return "%s %d %s".formatted(extract.source(), place, path(extract.location()));
        }

        private static String path(String location) {
            return location.substring(location.lastIndexOf("/2026-") + 1);
        }

        private static List<String> silver(Night night, Desk table) {
            return NightFixture.sorted(night.lake()
                            .read(table.silver())
                            .selectExpr(
                                    switch (table) {
                                        case ART ->
                                            "concat(product_code, '=', CAST(list_price AS int), ' from ', valid_from, ' to ', coalesce(valid_to, 'null'))";
                                        case TERM -> "concat(product_code, '=', CAST(unit_price AS int))";
                                        default -> "concat(order_no, '=', CAST(quantity AS int), '@', day(order_date))";
                                    }))
                    .stream()
                    .map(row -> row.substring(1, row.length() - 1))
                    .toList();
        }

        private static List<String> quarantine(Night night) {
            List<Row> rows = night.lake()
                    .read("ops.quarantine")
                    .filter("redriven_on IS NULL")
                    .select("extract_id", "line")
                    .collectAsList();
            return rows.stream()
                    .map(r ->
                            place(night, night.ledger().extract(r.getString(0)).orElseThrow()) + ":" + r.getLong(1))
                    .sorted()
                    .toList();
        }
    }
}
