package io.millrace.nightly.chart;

import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;

/** What a chart shows. How it looks is the same for all of them. */
public sealed interface Chart permits TimeChart, BarChart {

    /** What a colour is used for. */
    enum Mark {
        LINE,
        BAND,
        BAR
    }

    /** A line of the legend. */
    record Key(String name, Ink ink, Mark mark) {}

    /** Unit of the figures, in words: {@code units a week}. */
    String unit();

    /** What the colours stand for, in the order of drawing. */
    List<Key> legend();

    /** Height that suits what it shows, for a drawing that is {@link Svg#WIDTH} wide. */
    int height();

    /** @param locale of the numbers and dates at its axes */
    JFreeChart drawn(Locale locale);
}
