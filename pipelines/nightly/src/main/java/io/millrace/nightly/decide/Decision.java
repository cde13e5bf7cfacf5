package io.millrace.nightly.decide;

import io.millrace.nightly.report.Section;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.nightly.tables.RowMaker;
import java.util.List;
import java.util.Optional;

/** Turns scores into rows that somebody acts on. */
public interface Decision {

    /** One word, as in {@code reorder}: the stages are {@code decide-reorder} and {@code publish-reorder}. */
    String name();

    /** What is decided, in a line of the plan. */
    String about();

    /** The tables that it decides from. A table that it also writes stands for what earlier nights wrote there. */
    List<String> decidesFrom();

    /** The gold table of its rows, whose contract says what of them is published and how. */
    String decides();

    /** The columns that say what is decided about; with the date they make the identifier of a decision. */
    List<String> key();

    /** Further tables that it keeps for later nights. */
    default List<String> keeps() {
        return List.of();
    }

    /** The settings that decide its result; it is decided again when their text changes. */
    Object heeds(Settings settings);

    /** What the morning page says of it; without a section nothing. */
    default Optional<Section> section() {
        return Optional.empty();
    }

    /**
     * The decisions of the night.
     *
     * @param in  the tables of {@link #decidesFrom}, as the night saw them
     * @param out makes rows of {@link #decides}, and gives each its identifier
     */
    Decided decide(NightTables in, Settings settings, RowMaker out);
}
