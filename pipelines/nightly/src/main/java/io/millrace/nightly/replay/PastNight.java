package io.millrace.nightly.replay;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.lake.Lake;
import io.millrace.nightly.decide.DecideStage;
import io.millrace.nightly.features.FeaturesStage;
import io.millrace.nightly.plan.Events;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.PlanRunner;
import io.millrace.nightly.plan.SeenVersions;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.plan.StageRecord;
import io.millrace.nightly.score.ScoreStage;
import io.millrace.nightly.settings.Settings;
import io.millrace.registry.ModelRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A night that has been, from features to decisions, in a lake of its own: a shallow clone of each table at the version that the
 * night recorded, the models that were champions then, and the extracts that had been taken in. It trains nothing and publishes nothing,
 * and the lake of the nights is only read.
 */
public final class PastNight {

    /** Says that a folder is a replay's, which the next may replace. */
    private static final String MARK = "replay-of";

    private final Settings settings;
    private final Path confFolder;
    private final Events events;

    /** @param settings of the lake whose night is looked at, with what is to be otherwise */
    public PastNight(Settings settings, Path confFolder, Events events) {
        this.settings = settings;
        this.confFolder = confFolder;
        this.events = events;
    }

    /**
     * Replays a night.
     *
     * @param stages  of the plan; those that build features, score and decide are run
     * @param scratch folder for the lake of the replay: absent, empty, or that of an earlier replay, which it replaces
     * @return what each decision says otherwise, one for each that the night made
     * @throws Failure of kind USAGE if the night made no decision or the folder holds something else, of kind DATA if a version
     *     that the night saw is gone
     */
    public List<Difference> replay(LocalDate date, List<Stage> stages, Path scratch) {
        Ledger ledger = Ledger.open(settings.lake().root(), settings.lake().hadoop());
        Map<Stage, StageRecord> then = new LinkedHashMap<>();
        stages.stream()
                .filter(PastNight::isReplayed)
                .forEach(stage ->
                        ledger.lastDone(stage.name(), date.toString()).ifPresent(record -> then.put(stage, record)));
        if (then.keySet().stream().noneMatch(DecideStage.class::isInstance)) {
            throw Failure.usage("Nothing was decided on %s: there is no night to replay".formatted(date));
        }
        prepare(scratch, date);
        Settings own = settings.inScratch(scratch);
        Ledger known = Ledger.open(own.lake().root(), own.lake().hadoop());
        known.adopt(extracts(ledger, date));
        try (Night night = new Night(own, confFolder, date, date + "-replay", Instant.EPOCH, known)) {
            Lake past = new Lake(night.lake().spark(), ContractCatalog.load(), settings.lake());
            clone(versions(then, ledger, date), past, night.lake());
            champions(then, past, night);
            run(List.copyOf(then.keySet()), night);
            return then.entrySet().stream()
                    .filter(e -> e.getKey() instanceof DecideStage)
                    .map(e -> difference((DecideStage) e.getKey(), e.getValue(), past, night))
                    .toList();
        }
    }

    private static boolean isReplayed(Stage stage) {
        return stage instanceof FeaturesStage || stage instanceof ScoreStage || stage instanceof DecideStage;
    }

    private static void prepare(Path scratch, LocalDate date) {
        try {
            if (Files.exists(scratch)) {
                try (Stream<Path> found = Files.list(scratch)) {
                    if (!Files.exists(scratch.resolve(MARK)) && found.findAny().isPresent()) {
                        throw Failure.usage(scratch + " holds something that is no replay; give an empty folder");
                    }
                }
                try (Stream<Path> old = Files.walk(scratch)) {
                    for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(scratch);
            Files.writeString(scratch.resolve(MARK), date + "\n");
        } catch (IOException e) {
            throw Failure.outside("The folder " + scratch + " cannot be prepared: " + e, e);
        }
    }

    /** Extracts that nights up to the date had taken in. A run's id begins with its business date. */
    private static List<Extract> extracts(Ledger ledger, LocalDate date) {
        String latest = date.toString();
        return ledger.extracts().stream()
                .filter(e -> e.businessDate().compareTo(latest) <= 0)
                .filter(e -> e.runId().substring(0, latest.length()).compareTo(latest) <= 0)
                .toList();
    }

    /**
     * Table → the version to begin with. Of a table that the replay itself writes, what earlier nights had written; of any other
     * what its readers recorded, the greatest where they differ.
     */
    private static Map<String, Long> versions(Map<Stage, StageRecord> then, Ledger ledger, LocalDate date) {
        Set<String> written = new HashSet<>();
        then.keySet().forEach(stage -> written.addAll(stage.writes()));
        Map<String, Long> versions = new TreeMap<>();
        written.forEach(table ->
                versions.put(table, ledger.versionSeen(table, date.minusDays(1).toString())));
        then.values()
                .forEach(record -> record.inputs().forEach((table, version) -> {
                    if (!written.contains(table) && !table.startsWith(SeenVersions.MODEL)) {
                        versions.merge(table, version, Math::max);
                    }
                }));
        return versions;
    }

    private static void clone(Map<String, Long> versions, Lake past, Lake scratch) {
        versions.forEach((table, version) -> {
            if (version > 0 || version == 0 && past.contracts().find(table).isEmpty()) {
                scratch.cloneOf(past, table, version);
            }
        });
    }

    /** Registers nothing anew: the tables of the registry as they are, without what was decided since, and the champions' bytes. */
    private void champions(Map<Stage, StageRecord> then, Lake past, Night night) {
        Map<String, Long> sequences = new TreeMap<>();
        then.values()
                .forEach(record -> record.inputs().forEach((table, sequence) -> {
                    if (table.startsWith(SeenVersions.MODEL) && sequence > 0) {
                        sequences.put(table.substring(SeenVersions.MODEL.length()), sequence);
                    }
                }));
        if (sequences.isEmpty()) {
            return;
        }
        for (String table : List.of("ops.model_version", "ops.model_alias")) {
            night.lake().cloneOf(past, table, past.versions().latest(table));
        }
        ModelRegistry registry = new ModelRegistry(past, settings.lake().root() + "/_models");
        sequences.forEach((model, sequence) -> {
            night.lake().delete("ops.model_alias", "model_name = '%s' AND sequence > %d".formatted(model, sequence));
            registry.history(model).stream()
                    .filter(p -> p.sequence() == sequence)
                    .map(p -> registry.version(model, p.version()))
                    .forEach(version -> night.registry().keep(registry, version));
        });
    }

    private void run(List<Stage> stages, Night night) {
        PlanRunner.Result result = new PlanRunner(stages, night, events, true).run();
        if (result.failure() != null) {
            throw result.failure();
        }
    }

    private static Difference difference(DecideStage stage, StageRecord record, Lake past, Night night) {
        String table = stage.writes().get(0);
        String ofTheNight = "business_date = DATE'" + night.date() + "'";
        return Differences.of(
                table,
                stage.key(),
                List.of("business_date", "decision_id", "model_versions"),
                past.readAt(table, record.outputs().get(table)).filter(ofTheNight),
                night.lake().read(table).filter(ofTheNight));
    }
}
