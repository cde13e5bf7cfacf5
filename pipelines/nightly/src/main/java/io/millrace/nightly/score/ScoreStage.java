package io.millrace.nightly.score;

import io.millrace.nightly.model.Champion;
import io.millrace.nightly.model.ScoredModel;
import io.millrace.nightly.model.Scores;
import io.millrace.nightly.model.TrainedModel;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.SeenVersions;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import io.millrace.registry.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores with a model: finds the champion where there has to be one, writes the night's rows, and releases what the model cached or
 * broadcast. Without a champion nothing is written, and decisions that need a score make none.
 */
public final class ScoreStage implements Stage {

    private final ScoredModel model;
    private final boolean isTrained;

    public ScoreStage(ScoredModel model) {
        this.model = model;
        this.isTrained = model instanceof TrainedModel;
    }

    @Override
    public String name() {
        return "score-" + model.name();
    }

    @Override
    public String about() {
        return model.about();
    }

    @Override
    public List<String> reads() {
        List<String> reads = new ArrayList<>(model.scoresFrom());
        if (isTrained) {
            reads.add(SeenVersions.MODEL + model.name());
        }
        return reads;
    }

    @Override
    public List<String> writes() {
        List<String> writes = new ArrayList<>(List.of(model.scores()));
        writes.addAll(model.keeps());
        return writes;
    }

    @Override
    public String heeds(Night night) {
        return String.valueOf(model.heeds(night.settings()));
    }

    @Override
    public Outcome run(Night night) {
        Optional<ModelVersion> champion =
                isTrained ? night.registry().championAt(model.name(), night.date()) : Optional.empty();
        if (isTrained && champion.isEmpty()) {
            return Outcome.of(0, 0, "no champion yet, so nothing is scored; train-%s says why".formatted(model.name()));
        }
        String note;
        try (NightTables in = NightTables.of(night, this)) {
            Scores scores = model.score(
                    in,
                    night.settings(),
                    champion.map(version -> Champion.of(night.registry(), version)),
                    RowMaker.of(night.lake(), model.scores(), night.date()));
            scores.kept().forEach((table, rows) -> night.lake().replaceDate(table, night.date(), rows));
            night.lake().replaceDate(model.scores(), night.date(), scores.rows());
            note = scores.note().isEmpty() ? "" : "; " + scores.note();
        }
        long rows = night.lake().lastWrite(model.scores());
        String by = champion.map(version -> " by " + version.id()).orElse("");
        return Outcome.of(rows, rows, "%,d scores%s%s".formatted(rows, by, note));
    }
}
