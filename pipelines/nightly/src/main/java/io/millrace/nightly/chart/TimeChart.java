package io.millrace.nightly.chart;

import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.text.SimpleDateFormat;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.DateTickUnit;
import org.jfree.chart.axis.DateTickUnitType;
import org.jfree.chart.axis.TickUnits;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Figures over days: lines, and bands that figures lie in.
 *
 * @param unit of the figures
 */
public record TimeChart(String unit, List<Line> lines, List<Band> bands) implements Chart {

    private static final int HEIGHT = 230;
    private static final float THICK = 1.8f;
    private static final double DOT = 5;
    private static final float BAND = 0.22f;
    /** A line of more points is read by its shape. */
    private static final int MOST_DOTS = 16;

    /**
     * A figure of some days.
     *
     * @param values one for each day; NaN leaves a gap
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Line(String name, Ink ink, List<LocalDate> days, double[] values) {}

    /** A range of some days, from {@code low} to {@code high}. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Band(String name, Ink ink, List<LocalDate> days, double[] low, double[] high) {}

    public TimeChart {
        lines = List.copyOf(lines);
        bands = List.copyOf(bands);
    }

    @Override
    public List<Key> legend() {
        List<Key> legend = new ArrayList<>();
        bands.forEach(band -> legend.add(new Key(band.name(), band.ink(), Mark.BAND)));
        lines.forEach(line -> legend.add(new Key(line.name(), line.ink(), Mark.LINE)));
        return legend;
    }

    @Override
    public int height() {
        return HEIGHT;
    }

    @Override
    public JFreeChart drawn(Locale locale) {
        DateAxis days = new DateAxis(null, TimeZone.getTimeZone(ZoneOffset.UTC), locale);
        boolean isOverYears = isOverYears();
        SimpleDateFormat format = new SimpleDateFormat(isOverYears ? "MMM yyyy" : "d MMM", locale);
        format.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
        days.setStandardTickUnits(ticks(isOverYears, format));
        days.setLowerMargin(0.02);
        days.setUpperMargin(0.02);
        XYPlot plot = new XYPlot(null, days, Look.numbers(locale), null);
        // Later ones are drawn behind earlier ones.
        plot.setDataset(0, lineData());
        plot.setRenderer(0, lineRenderer());
        plot.setDataset(1, bandData());
        plot.setRenderer(1, bandRenderer());
        return Look.plain(plot);
    }

    private boolean isOverYears() {
        return IntStream.concat(
                                lines.stream()
                                        .flatMap(line -> line.days().stream())
                                        .mapToInt(LocalDate::getYear),
                                bands.stream()
                                        .flatMap(band -> band.days().stream())
                                        .mapToInt(LocalDate::getYear))
                        .distinct()
                        .count()
                > 1;
    }

    /** No tick is finer than what is written at it: no day and no month stands there twice. */
    private static TickUnits ticks(boolean isOverYears, SimpleDateFormat format) {
        TickUnits units = new TickUnits();
        if (!isOverYears) {
            IntStream.of(1, 2, 7, 14).forEach(n -> units.add(new DateTickUnit(DateTickUnitType.DAY, n, format)));
        }
        IntStream.of(1, 2, 3, 6).forEach(n -> units.add(new DateTickUnit(DateTickUnitType.MONTH, n, format)));
        IntStream.of(1, 2, 5, 10).forEach(n -> units.add(new DateTickUnit(DateTickUnitType.YEAR, n, format)));
        return units;
    }

    private XYSeriesCollection lineData() {
        XYSeriesCollection data = new XYSeriesCollection();
        for (int i = 0; i < lines.size(); i++) {
            XYSeries series = new XYSeries(i);
            Line line = lines.get(i);
            for (int day = 0; day < line.days().size(); day++) {
                series.add(millis(line.days().get(day)), line.values()[day]);
            }
            data.addSeries(series);
        }
        return data;
    }

    private XYLineAndShapeRenderer lineRenderer() {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
        for (int i = 0; i < lines.size(); i++) {
            renderer.setSeriesPaint(i, lines.get(i).ink().colour());
            renderer.setSeriesStroke(i, new BasicStroke(THICK, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            renderer.setSeriesShape(i, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
            renderer.setSeriesShapesVisible(i, lines.get(i).days().size() <= MOST_DOTS);
        }
        return renderer;
    }

    private YIntervalSeriesCollection bandData() {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        for (int i = 0; i < bands.size(); i++) {
            YIntervalSeries series = new YIntervalSeries(i);
            Band band = bands.get(i);
            for (int day = 0; day < band.days().size(); day++) {
                double middle = (band.low()[day] + band.high()[day]) / 2;
                series.add(millis(band.days().get(day)), middle, band.low()[day], band.high()[day]);
            }
            data.addSeries(series);
        }
        return data;
    }

    private DeviationRenderer bandRenderer() {
        DeviationRenderer renderer = new DeviationRenderer(false, false);
        renderer.setAlpha(BAND);
        for (int i = 0; i < bands.size(); i++) {
            renderer.setSeriesFillPaint(i, bands.get(i).ink().colour());
        }
        return renderer;
    }

    private static long millis(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
