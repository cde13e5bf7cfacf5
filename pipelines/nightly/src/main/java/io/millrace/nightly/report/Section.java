package io.millrace.nightly.report;

import io.millrace.nightly.settings.Settings;
import java.util.List;

/**
 * A section of the morning page. A model or a decision names its own; the page, its links and its style are the same for all. One that
 * throws costs itself: the page says so in its place.
 */
public interface Section {

    /** One word or several with dashes, unique on the page; its place in the page's address is {@code #name}. */
    String name();

    /** The heading, in the words of whoever reads it: {@code What to order}. */
    String title();

    /** The tables that it reads, as a stage names them. They are read as the night saw them. */
    List<String> reads();

    /** What beside tables decides what it shows: the settings that it uses. */
    default Object heeds(Settings settings) {
        return "";
    }

    /** What it shows, from top to bottom. A night without rows has a sentence and no empty table. */
    List<Block> blocks(ReportNight night);
}
