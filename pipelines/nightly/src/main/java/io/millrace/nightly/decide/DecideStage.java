package io.millrace.nightly.decide;

import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.util.ArrayList;
import java.util.List;

/** Decides, and writes the night's decisions with their identifiers. */
public final class DecideStage implements Stage {

    private final Decision decision;

    public DecideStage(Decision decision) {
        this.decision = decision;
    }

    @Override
    public String name() {
        return "decide-" + decision.name();
    }

    @Override
    public String about() {
        return decision.about();
    }

    @Override
    public List<String> reads() {
        return decision.decidesFrom();
    }

    @Override
    public List<String> writes() {
        List<String> writes = new ArrayList<>(List.of(decision.decides()));
        writes.addAll(decision.keeps());
        return writes;
    }

    /** Columns that name a row of what it decides. */
    public List<String> key() {
        return decision.key();
    }

    @Override
    public String heeds(Night night) {
        return String.valueOf(decision.heeds(night.settings()));
    }

    @Override
    public Outcome run(Night night) {
        RowMaker out = RowMaker.ofDecisions(night.lake(), decision.decides(), night.date(), decision.key());
        try (NightTables in = NightTables.of(night, this)) {
            Decided decided = decision.decide(in, night.settings(), out);
            decided.kept().forEach((table, rows) -> night.lake().replaceDate(table, night.date(), rows));
            night.lake().replaceDate(decision.decides(), night.date(), decided.rows());
            return Outcome.of(decided.considered(), decided.decided(), decided.note());
        }
    }
}
