package io.millrace.nightly;

import io.millrace.lake.Lake;
import io.millrace.nightly.ingest.IngestStage;
import io.millrace.nightly.plan.Events;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.PlanRunner;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.refine.RefineStage;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.settings.SettingsReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A source named shop that drops canonical files, and nights that take them in. */
public final class NightFixture {

    private final Path home;
    private final Settings settings;

    /** @param sets further settings, as {@code --set} gives them */
    public NightFixture(Path home, String... sets) {
        this.home = home;
        List<String> all = new ArrayList<>(
                List.of("home=" + home, "sources.shop.system=csv", "sources.shop.drop=" + home.resolve("drop")));
        all.addAll(List.of(sets));
        this.settings = SettingsReader.read(null, all);
    }

    public Settings settings() {
        return settings;
    }

    /** A night of the date; its ledger is read anew, as another process would. */
    public Night night(String date) {
        Ledger ledger = Ledger.open(settings.lake().root(), new Configuration());
        return new Night(
                settings,
                home.resolve("conf"),
                LocalDate.parse(date),
                date + "-1",
                Instant.parse("2026-01-01T00:00:00Z"),
                ledger);
    }

    /** A night of the date that has taken in and refined what waits for it. @throws io.millrace.contracts.Failure what was refused */
    public Night refined(String date) {
        Night night = night(date);
        ingest(night);
        new RefineStage().run(night).refused().ifPresent(refused -> {
            throw refused.why();
        });
        return night;
    }

    /** Takes in what waits. @throws io.millrace.contracts.Failure what the stage refused, behind all that landed */
    public static void ingest(Night night) {
        new IngestStage().run(night).refused().ifPresent(refused -> {
            throw refused.why();
        });
    }

    /** Runs stages as a night does, whether or not they are up to date. @throws RuntimeException what one of them threw */
    public static void run(Night night, Stage... stages) {
        Events quiet = new Events(new PrintStream(OutputStream.nullOutputStream()), Events.Format.TEXT);
        RuntimeException failure =
                new PlanRunner(List.of(stages), night, quiet, true).run().failure();
        if (failure != null) {
            throw failure;
        }
    }

    /** A row of {@code ops.decision_feedback}: the ERP's answer to a decision that stands in gold. */
    public static Row answer(Lake lake, String kind, String decisionId, String state, LocalDate answered) {
        Row decided = lake.read("gold." + kind)
                .filter("decision_id = '" + decisionId + "'")
                .selectExpr("business_date", "to_json(struct(*))")
                .first();
        return RowFactory.create(
                kind, decisionId, "test", state, null, null, Date.valueOf(answered), decided.get(0), decided.get(1));
    }

    /** {@code ops.quarantine} as table, line, rule and reason, sorted. */
    public static List<String> quarantine(Night night) {
        return night.lake().read("ops.quarantine").collectAsList().stream()
                .map(r -> "%s:%d %s: %s"
                        .formatted(r.getAs("table_name"), r.<Long>getAs("line"), r.getAs("rule"), r.getAs("reason")))
                .sorted()
                .toList();
    }

    /** Rows of the newest extract of a source's table: in bronze, in silver, merged, in quarantine. */
    public static List<Long> account(Night night, String table) {
        Extract e = night.ledger().extracts().stream()
                .filter(x -> x.table().equals(table))
                .max((a, b) -> Long.compare(a.delivery(), b.delivery()))
                .orElseThrow();
        return List.of(e.rowsBronze(), e.rowsSilver(), e.rowsMerged(), e.rowsQuarantined());
    }

    /** Rows as text, sorted: the order in which Spark gives them means nothing. */
    public static List<String> sorted(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(Row::toString).sorted().toList();
    }

    /** Writes a file and names it, rightly, in the manifest of its date. */
    public Path deliver(String date, String name, String text) {
        return deliver(
                date,
                name,
                text.getBytes(StandardCharsets.UTF_8),
                text.lines().filter(l -> !l.isBlank()).count() - 1,
                "delta");
    }

    /** The same with what the manifest is to say. */
    public Path deliver(String date, String name, byte[] content, long rows, String mode) {
        return deliver("shop", date, name, content, rows, mode);
    }

    /** The same of another source, which the further settings name. */
    public Path deliver(String source, String date, String name, byte[] content, long rows, String mode) {
        try {
            Path folder = home.resolve("drop").resolve(source).resolve(date);
            Files.createDirectories(folder);
            Path file = Files.write(folder.resolve(name), content);
            String entry = "{\"name\":\"%s\",\"rows\":%d,\"sha256\":\"%s\",\"mode\":\"%s\"}"
                    .formatted(name, rows, sha256(content), mode);
            Path manifest = folder.resolve("_manifest.json");
            String entries = entry;
            if (Files.exists(manifest)) {
                String before = Files.readString(manifest);
                entries = before.substring(before.indexOf('[') + 1, before.lastIndexOf(']')) + "," + entry;
            }
            Files.writeString(
                    manifest,
                    "{\"source\":\"" + source + "\",\"business_date\":\"" + date + "\",\"files\":[" + entries + "]}");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] content) {
        return DigestUtils.sha256Hex(content);
    }
}
