package io.millrace.nightly.train;

import io.millrace.nightly.model.Champion;
import io.millrace.nightly.model.TrainedModel;
import io.millrace.nightly.model.Training;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.SeenVersions;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.tables.NightTables;
import io.millrace.registry.Candidate;
import io.millrace.registry.Gate;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.ModelVersion;
import io.millrace.registry.Promotion;
import io.millrace.registry.Provenance;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Trains a model when it is due, registers it with what it was trained from, and lets it challenge the champion. While something is
 * missing there is no model and no score, which is no failure: the note says so, and every later night tries again.
 */
public final class TrainStage implements Stage {

    private final TrainedModel model;

    public TrainStage(TrainedModel model) {
        this.model = model;
    }

    @Override
    public String name() {
        return "train-" + model.name();
    }

    @Override
    public String about() {
        return "train the %s model when it is due, challenger against champion".formatted(model.name());
    }

    @Override
    public List<String> reads() {
        return model.trainsFrom();
    }

    /** The tables of the registry are added to by every trainer, and by hand; what a scorer waits for is its own model. */
    @Override
    public List<String> writes() {
        return List.of(SeenVersions.MODEL + model.name());
    }

    @Override
    public String heeds(Night night) {
        // In the order of names: a map may print in another order in another process.
        return model.heeds(night.settings()) + " " + new TreeMap<>(model.definition(night.settings())) + " "
                + model.retrainAfter(night.settings()) + " " + model.gate(night.settings());
    }

    @Override
    public Outcome run(Night night) {
        Optional<String> undue = undue(night);
        if (undue.isPresent()) {
            return Outcome.of(0, 0, undue.get());
        }
        night.training().acquireUninterruptibly();
        try (NightTables in = NightTables.of(night, this)) {
            Optional<Champion> champion = night.registry()
                    .championAt(model.name(), night.date())
                    .filter(version -> isComparable(version, night))
                    .map(version -> Champion.of(night.registry(), version));
            Training training =
                    model.train(in, night.settings(), champion, night.settings().seed());
            if (training instanceof Training.Challenger challenger) {
                return challenge(night, challenger, in.versions());
            }
            return Outcome.of(training.rows(), 0, ((Training.NotYet) training).reason());
        } finally {
            night.training().release();
        }
    }

    /** Why no training is due, or empty if it is. What this night itself trained before does not count. */
    private Optional<String> undue(Night night) {
        ModelRegistry registry = night.registry();
        if (registry.championAt(model.name(), night.date()).isEmpty()) {
            return Optional.empty();
        }
        return registry.versions(model.name()).stream()
                .filter(v -> v.provenance().businessDate().isBefore(night.date()))
                .max(Comparator.comparing((ModelVersion v) -> v.provenance().businessDate())
                        .thenComparing(ModelVersion::version))
                .filter(last -> isComparable(last, night))
                .filter(last -> dueOn(last, night).isAfter(night.date()))
                .map(last -> "not due before %s: %s was trained on %s"
                        .formatted(
                                dueOn(last, night), last.id(), last.provenance().businessDate()));
    }

    private boolean isComparable(ModelVersion version, Night night) {
        return version.params()
                .entrySet()
                .containsAll(model.definition(night.settings()).entrySet());
    }

    private LocalDate dueOn(ModelVersion last, Night night) {
        return last.provenance()
                .businessDate()
                .plusDays(model.retrainAfter(night.settings()).toDays());
    }

    private Outcome challenge(Night night, Training.Challenger challenger, Map<String, Long> versions) {
        Provenance provenance = new Provenance(
                night.date(), night.runId(), CodeVersion.get(), night.settings().seed(), versions);
        Gate gate = model.gate(night.settings());
        Map<String, Double> metrics = new TreeMap<>(challenger.metrics());
        metrics.putAll(challenger.evidence().metrics(gate, night.settings().seed()));
        ModelVersion version = night.registry()
                .register(new Candidate(model.name(), challenger.params(), metrics, challenger.artefact(), provenance));
        Promotion decision = night.registry()
                .promote(version, gate, challenger.evidence().champion().isPresent());
        return Outcome.of(
                challenger.rows(),
                1,
                "%s (%s) %s: %s"
                        .formatted(
                                version.id(),
                                challenger.about(),
                                decision.isChampion() ? "is champion" : "was refused",
                                decision.reason()));
    }
}
