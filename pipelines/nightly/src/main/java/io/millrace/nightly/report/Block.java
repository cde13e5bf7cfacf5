package io.millrace.nightly.report;

import io.millrace.nightly.chart.Chart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What a section shows. Text is text: the page escapes it. */
public sealed interface Block
        permits Block.Text, Block.Command, Block.Notice, Block.Figures, Block.Table, Block.Picture {

    /** How good or bad something is. */
    enum Level {
        GOOD,
        CARE,
        BAD
    }

    /** A paragraph. */
    record Text(String text) implements Block {}

    /** A command that tells more or does something, and what. */
    record Command(String about, String command) implements Block {}

    /** A sentence that must not be overlooked. */
    record Notice(Level level, String text) implements Block {}

    /** A few figures that are seen first. */
    record Figures(List<Figure> figures) implements Block {
        public Figures {
            figures = List.copyOf(figures);
        }

        public static Figures of(Figure... figures) {
            return new Figures(List.of(figures));
        }
    }

    /**
     * One of them.
     *
     * @param label what it is
     * @param value formatted
     * @param note  what to compare it with, or empty
     */
    record Figure(String label, String value, String note) {}

    /** How the values of a column are written. */
    enum Kind {
        TEXT,
        /** A sentence, which gets room. */
        SENTENCE,
        /** A word that stands for how something is: {@code held}, {@code critical}. */
        STATE,
        COUNT,
        QUANTITY,
        MONEY,
        SHARE,
        DATE,
        TIME;

        boolean isNumber() {
            return this == COUNT || this == QUANTITY || this == MONEY || this == SHARE;
        }
    }

    /** A column of a table. */
    record Column(String name, Kind kind) {}

    /**
     * Lines, the most important ones first.
     *
     * @param caption  what they are
     * @param rows     values in the order of the columns, null if there is none
     * @param isFolded whether it is shown only when asked for
     * @param all      lines that there are in all, at least as many as {@code rows}
     * @param query    what gives the lines that are not shown, or empty
     */
    record Table(
            String caption, List<Column> columns, List<List<Object>> rows, boolean isFolded, long all, String query)
            implements Block {

        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(Collections::unmodifiableList).toList();
        }

        /** Whether there are more lines than it shows. */
        public boolean isPart() {
            return all > rows.size();
        }

        /** An open table of all its lines, to which lines are added. */
        public static Lines of(String caption, Column... columns) {
            return new Lines(caption, List.of(columns));
        }
    }

    /** A table that is being filled. */
    final class Lines {

        private final String caption;
        private final List<Column> columns;
        private final List<List<Object>> rows = new ArrayList<>();

        private Lines(String caption, List<Column> columns) {
            this.caption = caption;
            this.columns = columns;
        }

        /** @param values in the order of the columns, null if there is none */
        public Lines add(Object... values) {
            if (values.length != columns.size()) {
                throw new IllegalArgumentException(
                        "%d values for the %d columns of '%s'".formatted(values.length, columns.size(), caption));
            }
            rows.add(Arrays.asList(values));
            return this;
        }

        /** All there is. */
        public Table all() {
            return new Table(caption, columns, rows, false, rows.size(), "");
        }

        /** All there is, shown when asked for. */
        public Table folded() {
            return new Table(caption, columns, rows, true, rows.size(), "");
        }

        /** The first of so many, and the query for the others. */
        public Table of(long all, String query) {
            return new Table(caption, columns, rows, false, Math.max(all, rows.size()), query);
        }
    }

    /**
     * A chart.
     *
     * @param title   what it is of
     * @param says    what it shows, in a sentence for who cannot see it
     * @param figures the figures that it draws
     */
    record Picture(String title, String says, Chart chart, Table figures) implements Block {}
}
