package io.millrace.nightly.chart;

import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;

/** What a chart shows. How it looks is the same for all of them. */
public sealed interface Chart permits TimeChart, BarChart {

    /** A line of the legend. */
    record Key(String name, Ink ink) {}

    /** Unit of the figures, in words: {@code units a week}. */
    String unit();

    /** What the colours stand for, in the order of drawing. */
    List<Key> legend();

    /** @param locale of the numbers and dates at its axes */
    JFreeChart drawn(Locale locale);
}
