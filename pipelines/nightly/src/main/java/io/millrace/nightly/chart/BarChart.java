package io.millrace.nightly.chart;

import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Figures of several things as bars.
 *
 * @param unit   of the figures
 * @param things what the bars are of, in their order
 * @param parts  one bar of each thing, or one part of it
 * @param form   how the bars stand
 */
public record BarChart(String unit, List<String> things, List<Part> parts, Form form) implements Chart {

    /** How bars stand. */
    public enum Form {
        /** Bars of a thing beside each other. */
        BESIDE,
        /** Bars of a thing on top of each other. */
        STACKED,
        /** Bars from left to right, so that long names have room. */
        LYING,
        /** The same, with parts behind each other. */
        LYING_STACKED
    }

    /** One figure of each thing. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Part(String name, Ink ink, double[] values) {}

    private static final int HEIGHT = 230;
    /** Of a bar that lies, with the room around it, and of the axis below them. */
    private static final int ROW = 34;

    private static final int AXIS = 50;
    /** Share of the plot that the bars of one thing may take. */
    private static final double WIDEST = 0.3;

    public BarChart {
        things = List.copyOf(things);
        parts = List.copyOf(parts);
    }

    @Override
    public List<Key> legend() {
        return parts.stream()
                .map(part -> new Key(part.name(), part.ink(), Mark.BAR))
                .toList();
    }

    @Override
    public int height() {
        return isLying() ? AXIS + ROW * Math.max(2, things.size()) : HEIGHT;
    }

    private boolean isLying() {
        return form == Form.LYING || form == Form.LYING_STACKED;
    }

    @Override
    public JFreeChart drawn(Locale locale) {
        boolean isStacked = form == Form.STACKED || form == Form.LYING_STACKED;
        BarRenderer renderer = isStacked ? new StackedBarRenderer() : new BarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        renderer.setMaximumBarWidth(WIDEST);
        renderer.setItemMargin(0.05);
        CategoryAxis names = new CategoryAxis();
        // Beside lying bars names take a part of the drawing; below standing ones they may be wider than their bars.
        names.setMaximumCategoryLabelWidthRatio(isLying() ? 0.4f : 1.6f);
        CategoryPlot plot = new CategoryPlot(data(), names, Look.numbers(locale), renderer);
        plot.setOrientation(isLying() ? PlotOrientation.HORIZONTAL : PlotOrientation.VERTICAL);
        for (int i = 0; i < parts.size(); i++) {
            renderer.setSeriesPaint(i, parts.get(i).ink().colour());
        }
        return Look.plain(plot);
    }

    private DefaultCategoryDataset data() {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        for (int part = 0; part < parts.size(); part++) {
            for (int thing = 0; thing < things.size(); thing++) {
                data.addValue(parts.get(part).values()[thing], Integer.valueOf(part), things.get(thing));
            }
        }
        return data;
    }
}
