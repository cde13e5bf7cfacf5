package io.millrace.nightly.plan;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.yaml.Problems;
import io.millrace.features.FeatureStore;
import io.millrace.features.FeatureViews;
import io.millrace.lake.JobCounter;
import io.millrace.lake.Lake;
import io.millrace.lake.Sessions;
import io.millrace.lake.TableVersions;
import io.millrace.nightly.settings.Precedence;
import io.millrace.nightly.settings.Settings;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.PromotionMarks;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a stage has at hand: the business date, the configuration, the ledger, and the lake, whose session is started
 * when the first stage asks for it. A night in which every stage is skipped never starts Spark.
 */
public final class Night implements AutoCloseable {

    /** What a night is for. */
    private enum Purpose {
        RUN,
        /** Somebody only looks: nothing is written. */
        LOOK,
        /** A mapping is tried on a few rows: they come as files, from a database's system too, and no metastore is needed. */
        REHEARSAL
    }

    private final Settings settings;
    private final Path confFolder;
    private final LocalDate date;
    private final String runId;
    private final Instant startedAt;
    private final Ledger ledger;
    private final ContractCatalog contracts;
    private final FeatureViews views;
    private final Map<String, SourceSystem> systems;
    private final TableVersions versions;
    private final PromotionMarks promotions;
    private final Semaphore training = new Semaphore(1, true);
    private final Purpose purpose;
    /** What this thread, and those that it begins, are at; it describes their Spark jobs from the first that they start. */
    private final InheritableThreadLocal<String> doing = new InheritableThreadLocal<>();

    private Runnable guard = () -> {};
    private long tenure;
    private Lake lake;
    private JobCounter jobs;
    private Consumer<String> watcher = job -> {};
    private FeatureStore features;
    private ModelRegistry registry;

    /** @param confFolder folder whose {@code sources} and {@code features} hold the user's own source systems and feature views */
    public Night(Settings settings, Path confFolder, LocalDate date, String runId, Instant startedAt, Ledger ledger) {
        this(settings, confFolder, date, runId, startedAt, ledger, Purpose.RUN);
    }

    private Night(
            Settings settings,
            Path confFolder,
            LocalDate date,
            String runId,
            Instant startedAt,
            Ledger ledger,
            Purpose purpose) {
        this.purpose = purpose;
        this.settings = settings;
        this.confFolder = confFolder;
        this.date = date;
        this.runId = runId;
        this.startedAt = startedAt;
        this.ledger = ledger;
        ContractCatalog shipped = ContractCatalog.load();
        this.views = FeatureViews.load(shipped, confFolder.resolve(FeatureViews.USERS));
        this.contracts = shipped.plus(views.contracts());
        Map<String, SourceSystem> described = systems(settings, confFolder, contracts);
        if (purpose == Purpose.REHEARSAL) {
            described.replaceAll((name, system) -> system.ofFiles());
        }
        this.systems = described;
        this.versions =
                new TableVersions(settings.lake().root(), settings.lake().hadoop());
        this.promotions = new PromotionMarks(models(), settings.lake().hadoop());
    }

    /** A night that somebody looks at: no run, and a session that only reads, also while a night is running. */
    static Night lookedAt(Settings settings, Path confFolder, LocalDate date, Ledger ledger) {
        return new Night(settings, confFolder, date, "none", Instant.EPOCH, ledger, Purpose.LOOK);
    }

    /**
     * A night on which a mapping is tried, in a lake of its own: what a database would answer lies in the drop as files, as other sources have
     * them, and the catalogue is in memory.
     */
    public static Night rehearsed(Settings settings, Path confFolder, LocalDate date, Ledger ledger) {
        return new Night(settings, confFolder, date, date + "-1", Instant.EPOCH, ledger, Purpose.REHEARSAL);
    }

    /** The source system of each configured source. @throws Failure of kind CONFIGURATION that lists every problem */
    public static Map<String, SourceSystem> systems(Settings settings, Path confFolder, ContractCatalog contracts) {
        Problems problems = new Problems();
        Map<String, SourceSystem> systems = new LinkedHashMap<>();
        settings.sources()
                .forEach((name, source) -> systems.put(
                        name, SourceSystem.load(source.system(), confFolder.resolve("sources"), contracts, problems)));
        settings.sources().forEach((name, source) -> {
            Set<String> tables = systems.get(name) == null
                    ? Set.of()
                    : systems.get(name).tables().keySet();
            source.volume().accept().stream()
                    .filter(table -> !tables.isEmpty() && !tables.contains(table))
                    .forEach(table -> problems.add(
                            name,
                            "no table '%s', of which any volume is accepted%s"
                                    .formatted(table, Problems.didYouMean(table, tables))));
        });
        new Precedence(settings).check(contracts, problems);
        problems.refuse("The source systems");
        return systems;
    }

    public Settings settings() {
        return settings;
    }

    /** The business date. Nothing in a night asks for today's date. */
    public LocalDate date() {
        return date;
    }

    public String runId() {
        return runId;
    }

    /** When the run first started; a resumed run keeps it. */
    public Instant startedAt() {
        return startedAt;
    }

    public Ledger ledger() {
        return ledger;
    }

    public ContractCatalog contracts() {
        return contracts;
    }

    /** Source name → its system. */
    public Map<String, SourceSystem> systems() {
        return systems;
    }

    /** Table versions without Spark. */
    public TableVersions versions() {
        return versions;
    }

    /** Who was promoted when, without Spark. */
    PromotionMarks promotions() {
        return promotions;
    }

    /** The versions of what stages read, as this night sees them. */
    public SeenVersions seen() {
        return new SeenVersions(this);
    }

    /** One permit: training takes every processor there is, so trainers that wait for nothing else wait for each other. */
    public Semaphore training() {
        return training;
    }

    private String models() {
        return settings.lake().root() + "/_models";
    }

    /**
     * Asks before every write to the lake.
     *
     * @param before throws where nothing may be written any more
     * @param ofTenure number of the tenure that began when the lake was taken; each commit says it
     */
    synchronized void guardedBy(Runnable before, long ofTenure) {
        this.guard = before;
        this.tenure = ofTenure;
    }

    /** Asks whether the lake is still this run's, before something is written elsewhere. @throws Failure of kind LOCKED if it is not */
    public void requireHeld() {
        guard.run();
    }

    /** The night of another date over the same lake, which is closed with this one. */
    public Night at(LocalDate other) {
        Night night = new Night(settings, confFolder, other, runId, startedAt, ledger, purpose);
        night.lake = lake();
        night.jobs = jobs;
        return night;
    }

    public synchronized Lake lake() {
        if (lake == null && purpose != Purpose.RUN) {
            lake = new Lake(Sessions.reading("millrace " + date, settings.lake()), contracts, settings.lake());
            if (purpose == Purpose.LOOK) {
                lake.guardedBy(() -> {
                    throw new IllegalStateException("nothing is written where somebody only looks");
                });
            }
            jobs = JobCounter.on(lake.spark(), watcher);
        }
        if (lake == null) {
            try {
                lake = new Lake(Sessions.writing("millrace " + runId, settings.lake()), contracts, settings.lake());
                lake.guardedBy(guard);
                lake.tenure(tenure);
            } catch (RuntimeException e) {
                throw Sessions.explained(e);
            }
            jobs = JobCounter.on(lake.spark(), watcher);
            expect(0);
            // Meanwhile files are read. Should it fail, the first write asks again and tells why.
            CompletableFuture.runAsync(lake::openMetastore);
        }
        // A session may have come since this thread began what it is at.
        if (doing.get() != null && lake.spark().sparkContext().getLocalProperty(JobCounter.DESCRIPTION) == null) {
            lake.spark().sparkContext().setJobDescription(doing.get());
        }
        return lake;
    }

    /** What {@code work} gives, whose Spark jobs are described by {@code what}: the name of a stage. */
    <T> T doing(String what, Supplier<T> work) {
        describe(what);
        try {
            return work.get();
        } finally {
            describe(null);
        }
    }

    private synchronized void describe(String what) {
        doing.set(what);
        if (lake != null) {
            lake.spark().sparkContext().setJobDescription(what);
        }
    }

    /** From now on tells what each Spark job is for as it starts. */
    synchronized void watched(Consumer<String> watcher) {
        this.watcher = watcher;
    }

    /** So many rows are about to come to those that the lake was given: a session is tuned to few or to many. */
    public synchronized void expect(long rows) {
        long given = ledger.extracts().stream().mapToLong(Extract::rowsBronze).sum();
        Sessions.tune(lake().spark(), given + rows);
    }

    public synchronized FeatureStore features() {
        if (features == null) {
            features = new FeatureStore(lake());
        }
        return features;
    }

    public FeatureViews views() {
        return views;
    }

    public synchronized ModelRegistry registry() {
        if (registry == null) {
            registry = new ModelRegistry(lake(), models());
        }
        return registry;
    }

    /** True once a stage has asked for the lake. */
    public synchronized boolean hasSession() {
        return lake != null;
    }

    /** Spark jobs so far. */
    public synchronized long sparkJobs() {
        return jobs == null ? 0 : jobs.jobs();
    }

    @Override
    public synchronized void close() {
        if (lake != null) {
            Sessions.stop(lake.spark());
        }
    }
}
