package io.millrace.nightly.model;

import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.util.List;
import java.util.Optional;

/** Gives entities a score for a business date: a rule, a forecast, or a model that is trained. */
public interface ScoredModel {

    /** One word or several with dashes, as in {@code churn}: the stage is {@code score-churn}. */
    String name();

    /** What its scores are, in a line of the plan. */
    String about();

    /** The tables that it scores from. A table that it also writes stands for what earlier nights wrote there. */
    List<String> scoresFrom();

    /** The gold table that its scores go to. */
    String scores();

    /** Further tables that it writes for a night, as what its scores rest on. */
    default List<String> keeps() {
        return List.of();
    }

    /** The settings that decide its result; it is scored again when their text changes. */
    Object heeds(Settings settings);

    /** What the morning page says of it; without a section nothing. */
    default Optional<Section> section() {
        return Optional.empty();
    }

    /**
     * The scores of the night.
     *
     * @param in       the tables of {@link #scoresFrom}, as the night saw them
     * @param champion of a trained model, and then there is one; otherwise empty
     * @param out      makes rows of {@link #scores}
     */
    Scores score(NightTables in, Settings settings, Optional<Champion> champion, RowMaker out);
}
