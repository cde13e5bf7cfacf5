package io.millrace.nightly.rehearse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.contracts.Failure;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.Fixture;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.nightly.ingest.IngestStage;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.refine.RefineStage;
import io.millrace.nightly.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Runs a fixture as a night would: its rows are a drop, which is taken in and refined, and silver and quarantine are compared. */
public final class Rehearsal {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final Path confFolder;
    private final String source;
    private final SourceSystem system;

    /**
     * @param settings of the nights; the lake of the rehearsal is another
     * @param source   configured source of the system
     */
    public Rehearsal(Settings settings, Path confFolder, String source, SourceSystem system) {
        this.settings = settings;
        this.confFolder = confFolder;
        this.source = source;
        this.system = system;
    }

    /**
     * Runs a fixture in the Spark session that is there, or in a new one, which is left open.
     *
     * @param scratch empty folder for its drop and its lake
     * @return what differs from what is expected, a line each
     * @throws Failure of kind OUTSIDE if a file cannot be written
     */
    public List<String> differences(Fixture fixture, Path scratch) {
        Settings own = settings.rehearsing(source, scratch, system.tables().keySet());
        deliver(fixture, scratch.resolve("drop").resolve(source).resolve(String.valueOf(fixture.date())));
        Ledger ledger = Ledger.open(own.lake().root(), own.lake().hadoop());
        Night night = Night.rehearsed(own, confFolder, fixture.date(), ledger);
        List<String> differences = new ArrayList<>();
        try {
            for (Stage stage : List.of(new IngestStage(), new RefineStage())) {
                stage.run(night).refused().ifPresent(refused -> {
                    throw refused.why();
                });
            }
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.DATA && e.kind() != Failure.Kind.CONFIGURATION) {
                throw e;
            }
            return List.of("a night refuses these rows: " + Failure.sentence(e));
        }
        fixture.expect().forEach((table, expected) -> differences.addAll(rows(night, table, expected)));
        differences.addAll(quarantine(night, fixture.quarantine()));
        return differences;
    }

    /** As JSON lines, in which a text is what a field of a file is, whatever separates the source's own. */
    private void deliver(Fixture fixture, Path folder) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, List<Map<String, String>>> table :
                    fixture.rows().entrySet()) {
                if (!table.getValue().isEmpty()) {
                    List<String> lines = new ArrayList<>();
                    for (Map<String, String> row : table.getValue()) {
                        lines.add(line(table.getKey(), row));
                    }
                    Files.write(folder.resolve(table.getKey() + ".jsonl"), lines);
                }
            }
        } catch (IOException e) {
            throw Failure.outside(
                    "The rows of %s cannot be written below %s: %s".formatted(fixture.file(), folder, e), e);
        }
    }

    private String line(String table, Map<String, String> row) throws JsonProcessingException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String column : system.tables().get(table).columns().keySet()) {
            String value = row.getOrDefault(column, "");
            fields.put(column, value.isEmpty() ? null : value);
        }
        return JSON.writeValueAsString(fields);
    }

    private static List<String> rows(Night night, String table, List<Map<String, String>> expected) {
        TableContract contract = night.contracts().get("silver." + table);
        RowMatch match = new RowMatch(contract);
        Set<String> shown = new LinkedHashSet<>(match.key());
        expected.forEach(row -> shown.addAll(row.keySet()));
        Column[] texts = shown.stream()
                .map(c -> functions
                        .coalesce(functions.col(c).cast("string"), functions.lit(""))
                        .as(c))
                .toArray(Column[]::new);
        Dataset<Row> silver = night.lake().read(contract.name()).select(texts);
        List<Map<String, String>> found = new ArrayList<>();
        for (Row row : silver.sort(texts).collectAsList()) {
            Map<String, String> values = new LinkedHashMap<>();
            shown.forEach(column -> values.put(column, row.getAs(column)));
            found.add(values);
        }
        return match.differences(expected, found);
    }

    private static List<String> quarantine(Night night, List<Fixture.Refused> expected) {
        List<Fixture.Refused> missing = new ArrayList<>(expected);
        List<String> differences = new ArrayList<>();
        night.lake()
                .read("ops.quarantine")
                .sort("table_name", "line", "rule")
                .select("table_name", "line", "rule", "reason", "raw")
                .collectAsList()
                .forEach(row -> {
                    Optional<Fixture.Refused> meant =
                            missing.stream().filter(e -> isMeant(e, row)).findFirst();
                    meant.ifPresentOrElse(
                            missing::remove,
                            () -> differences.add("quarantine: not expected: %s of %s: %s; row %d: %s"
                                    .formatted(row.get(2), row.get(0), row.get(3), row.getLong(1), row.get(4))));
                });
        missing.forEach(e -> differences.add("quarantine: expected, and not there: " + e.rule()
                + (e.table() == null ? "" : " of silver." + e.table())
                + (e.reason() == null ? "" : ": " + e.reason())));
        return differences;
    }

    private static boolean isMeant(Fixture.Refused expected, Row row) {
        return expected.rule().equals(row.getAs("rule"))
                && (expected.table() == null || ("silver." + expected.table()).equals(row.getAs("table_name")))
                && (expected.reason() == null || row.<String>getAs("reason").contains(expected.reason()));
    }
}
