package io.millrace.nightly.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.text.NumberFormat;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** How every chart looks: no frame, no background, thin rules behind the figures. */
final class Look {

    private static final Color CLEAR = new Color(0, 0, 0, 0);
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    private Look() {}

    /** Room above and below a figure at the axis: fewer of them. */
    private static final RectangleInsets ROOM = new RectangleInsets(12, 4, 12, 6);

    /** An axis of figures that begins at zero unless they go below it. */
    static NumberAxis numbers(Locale locale) {
        NumberAxis axis = new NumberAxis();
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        axis.setNumberFormatOverride(format);
        axis.setAutoRangeIncludesZero(true);
        axis.setUpperMargin(0.08);
        return axis;
    }

    static JFreeChart plain(Plot plot) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        if (plot instanceof XYPlot xy) {
            xy.setDomainGridlinesVisible(false);
            xy.setRangeGridlinePaint(Ink.RULE.colour());
            xy.setRangeGridlineStroke(new BasicStroke(1));
            xy.setAxisOffset(RectangleInsets.ZERO_INSETS);
            plain(xy.getDomainAxis());
            plain(xy.getRangeAxis());
        } else if (plot instanceof CategoryPlot bars) {
            bars.setRangeGridlinePaint(Ink.RULE.colour());
            bars.setRangeGridlineStroke(new BasicStroke(1));
            bars.setAxisOffset(RectangleInsets.ZERO_INSETS);
            bars.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
            plain(bars.getDomainAxis());
            plain(bars.getRangeAxis());
        }
        JFreeChart chart = new JFreeChart(null, FONT, plot, false);
        chart.setBackgroundPaint(CLEAR);
        chart.setPadding(new RectangleInsets(4, 2, 2, 8));
        return chart;
    }

    private static void plain(Axis axis) {
        axis.setTickLabelFont(FONT);
        axis.setLabelFont(FONT);
        axis.setTickLabelPaint(Ink.TEXT.colour());
        axis.setLabelPaint(Ink.TEXT.colour());
        axis.setAxisLinePaint(Ink.RULE.colour());
        axis.setTickMarksVisible(false);
        if (axis instanceof NumberAxis) {
            axis.setAxisLineVisible(false);
            axis.setTickLabelInsets(ROOM);
        }
    }
}
