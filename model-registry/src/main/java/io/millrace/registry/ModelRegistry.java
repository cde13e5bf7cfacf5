package io.millrace.registry;

import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Problems;
import io.millrace.lake.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Versions of models, and who is champion. Nothing that was written is changed: versions and decisions are only added,
 * so that the champion of any past night is still known.
 *
 * <p>The champion of a night is the version of the last decision whose business date is not after it. Decisions are
 * ordered by business date and then as they were made, so that working through past nights does not depose the champion
 * of tonight.
 *
 * <p>An instance reads its tables once; it sees its own writes, and those of others only if made before. One for a run
 * is meant. Safe for use by several threads.
 */
public final class ModelRegistry {

    private final RegistryTables tables;
    private final ArtefactStore artefacts;
    private final PromotionMarks marks;
    private final InstantSource clock;

    /** @param artefactRoot folder or URI under which artefacts are kept by their hash */
    public ModelRegistry(Lake lake, String artefactRoot) {
        this(lake, artefactRoot, InstantSource.system());
    }

    /** @param clock tells when something was registered or decided; nothing else depends on it */
    public ModelRegistry(Lake lake, String artefactRoot, InstantSource clock) {
        this.tables = new RegistryTables(lake);
        this.artefacts =
                new ArtefactStore(artefactRoot, lake.spark().sparkContext().hadoopConfiguration());
        this.marks =
                new PromotionMarks(artefactRoot, lake.spark().sparkContext().hadoopConfiguration());
        this.clock = clock;
    }

    /**
     * Registers a candidate as the next version of its model: one commit. A candidate whose artefact and parameters are
     * those of a registered version is that version, and nothing is committed.
     */
    public synchronized ModelVersion register(Candidate candidate) {
        ArtefactStore.Kept kept = artefacts.put(candidate.artefact());
        List<ModelVersion> before = versions(candidate.name());
        return before.stream()
                .filter(v -> v.artefactHash().equals(kept.hash()) && v.params().equals(candidate.params()))
                .findFirst()
                .orElseGet(() -> add(candidate, kept, before.size() + 1));
    }

    private ModelVersion add(Candidate candidate, ArtefactStore.Kept kept, int version) {
        ModelVersion added = new ModelVersion(
                candidate.name(),
                version,
                now(),
                candidate.params(),
                candidate.metrics(),
                kept.hash(),
                kept.bytes(),
                candidate.provenance());
        tables.add(added);
        return added;
    }

    /**
     * Lets a version challenge the champion of its own business date: one commit, or none if the same was decided
     * before. The {@link Gate} reads its figures from the challenger's metrics.
     *
     * @param isContested whether the champion is comparable, and has to be beaten
     * @return the decision; {@link Promotion#isChampion()} tells whether the challenger is champion now
     * @throws IllegalArgumentException where a figure that the gate needs was not measured
     */
    public synchronized Promotion promote(ModelVersion challenger, Gate gate, boolean isContested) {
        LocalDate night = challenger.provenance().businessDate();
        Optional<ModelVersion> champion = championAt(challenger.name(), night);
        if (champion.isPresent() && champion.get().version() == challenger.version()) {
            return marked(standing(challenger.name(), night).orElseThrow());
        }
        Gate.Verdict verdict =
                gate.verdict(challenger, isContested ? List.of(Gate.BASELINE, Gate.CHAMPION) : List.of(Gate.BASELINE));
        String reason = verdict.reason()
                + champion.map(c -> " (champion: version %d%s)"
                                .formatted(c.version(), isContested ? "" : ", which is not comparable"))
                        .orElse(" (there is no champion yet)");
        Promotion.Action action = verdict.isPassed() ? Promotion.Action.PROMOTED : Promotion.Action.REFUSED;
        return refusedBefore(challenger, reason)
                .orElseGet(() -> decide(
                        challenger,
                        action,
                        night,
                        reason,
                        challenger.provenance().runId()));
    }

    private Optional<Promotion> refusedBefore(ModelVersion challenger, String reason) {
        return history(challenger.name()).stream()
                .filter(p -> p.version() == challenger.version()
                        && !p.isChampion()
                        && p.reason().equals(reason))
                .findFirst();
    }

    /**
     * Makes a version champion from a business date on, by hand and past every gate. The champion stays champion without
     * an entry.
     *
     * @throws Failure of kind USAGE if there is no such version, or the champion was decided for a later date
     */
    public synchronized Promotion promote(
            String name, int version, LocalDate businessDate, String runId, String reason) {
        ModelVersion chosen = version(name, version);
        Optional<Promotion> standing = standing(name, LocalDate.MAX);
        if (standing.isPresent() && standing.get().version() == version) {
            return marked(standing.get());
        }
        requireNotBefore(standing, businessDate);
        return decide(chosen, Promotion.Action.PROMOTED, businessDate, reason, runId);
    }

    /**
     * Makes the champion before the present one champion again, from a business date on. Rolling back again goes one
     * further back.
     *
     * @throws Failure of kind USAGE if there was none before, or the champion was decided for a later date
     */
    public synchronized Promotion rollback(String name, LocalDate businessDate, String runId, String reason) {
        Deque<Integer> champions = champions(name);
        if (champions.size() < 2) {
            throw Failure.usage(
                    champions.isEmpty()
                            ? "There is no champion of '%s' to roll back%s".formatted(name, didYouMean(name))
                            : "'%s' has had no champion before version %d. Promote another version instead"
                                    .formatted(name, champions.peek()));
        }
        requireNotBefore(standing(name, LocalDate.MAX), businessDate);
        champions.pop();
        return decide(version(name, champions.peek()), Promotion.Action.ROLLED_BACK, businessDate, reason, runId);
    }

    /** The champion now; empty if no version was ever promoted. */
    public Optional<ModelVersion> champion(String name) {
        return championAt(name, LocalDate.MAX);
    }

    /** The champion of a night, as the log of decisions has it. */
    public synchronized Optional<ModelVersion> championAt(String name, LocalDate businessDate) {
        return standing(name, businessDate).map(p -> version(name, p.version()));
    }

    /** The bytes of a version. @throws Failure of kind DATA if they are missing, not those that were registered, or a folder */
    public byte[] artefact(ModelVersion version) {
        return artefacts.get(version.artefactHash(), version.id());
    }

    /**
     * Copies the artefact of a version, a file or a folder, to a place of this machine that nothing stands at.
     *
     * @throws Failure of kind DATA if anything of it is missing, or not what was registered
     */
    public void fetch(ModelVersion version, Path target) {
        artefacts.fetch(version.artefactHash(), version.id(), target);
    }

    /** Keeps the artefact of a version that is registered here, from another registry that has it. */
    public void keep(ModelRegistry other, ModelVersion version) {
        artefacts.copy(other.artefacts, version.artefactHash(), version.id());
    }

    /** Every version of every model, by name and version. */
    public synchronized List<ModelVersion> list() {
        return List.copyOf(tables.versions());
    }

    /** Every version of one model, oldest first; empty if the model is not registered. */
    public synchronized List<ModelVersion> versions(String name) {
        return tables.versions().stream().filter(v -> v.name().equals(name)).toList();
    }

    /** One version. @throws Failure of kind USAGE if there is none */
    public synchronized ModelVersion version(String name, int version) {
        return versions(name).stream()
                .filter(v -> v.version() == version)
                .findFirst()
                .orElseThrow(() -> Failure.usage("There is no version %d of model '%s', only %s%s"
                        .formatted(
                                version,
                                name,
                                versions(name).stream()
                                        .map(ModelVersion::version)
                                        .toList(),
                                didYouMean(name))));
    }

    /** Every decision about a model in the order in which they were made, refusals among them. */
    public synchronized List<Promotion> history(String name) {
        return tables.promotions().stream().filter(p -> p.name().equals(name)).toList();
    }

    /** The decision that made the champion of a night. */
    private Optional<Promotion> standing(String name, LocalDate businessDate) {
        return inForce(name).stream()
                .filter(p -> !p.businessDate().isAfter(businessDate))
                .reduce((earlier, later) -> later);
    }

    private List<Promotion> inForce(String name) {
        return history(name).stream()
                .filter(Promotion::isChampion)
                .sorted(Comparator.comparing(Promotion::businessDate).thenComparing(Promotion::sequence))
                .toList();
    }

    /** The champions that a rollback walks down, the present one on top. */
    private Deque<Integer> champions(String name) {
        Deque<Integer> champions = new ArrayDeque<>();
        for (Promotion p : inForce(name)) {
            if (p.action() == Promotion.Action.PROMOTED) {
                champions.push(p.version());
            }
            // A promotion for an earlier night may have been made since: go down to the version, however far.
            while (!champions.isEmpty() && champions.peek() != p.version()) {
                champions.pop();
            }
        }
        return champions;
    }

    private Promotion decide(ModelVersion of, Promotion.Action action, LocalDate night, String reason, String runId) {
        int sequence = history(of.name()).size() + 1;
        Promotion decision = new Promotion(of.name(), sequence, of.version(), action, now(), night, reason, runId);
        tables.add(decision);
        return marked(decision);
    }

    /** A process that was killed between the entry and its mark leaves the mark to whoever asks for the same again. */
    private Promotion marked(Promotion decision) {
        marks.put(decision);
        return decision;
    }

    private static void requireNotBefore(Optional<Promotion> standing, LocalDate businessDate) {
        standing.filter(p -> businessDate.isBefore(p.businessDate())).ifPresent(p -> {
            throw Failure.usage(
                    "The champion of %s was decided for %s, and a decision for %s would not replace it. Give a later date"
                            .formatted(p.name(), p.businessDate(), businessDate));
        });
    }

    private String didYouMean(String name) {
        TreeSet<String> known = new TreeSet<>();
        tables.versions().forEach(v -> known.add(v.name()));
        return known.contains(name) ? "" : Problems.didYouMean(name, known);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
