package io.millrace.launcher;

import io.millrace.nightly.simulate.PolicyTotals;
import io.millrace.nightly.simulate.ReplayResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Cost so far of each policy, day by day, as a line chart. */
final class ReplayPlot {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 560;
    private static final float LINE = 2.2f;

    /** A colour for each policy, told apart by readers who see few colours too (Okabe and Ito). */
    private static final Map<String, Color> COLOURS = Map.of(
            "erp-before", new Color(0x000000),
            "moving-average", new Color(0xD55E00),
            "moving-average-eoq", new Color(0xE69F00),
            "classical", new Color(0x0072B2),
            "perfect-foresight", new Color(0x009E73));

    private ReplayPlot() {}

    static void write(Path file, ReplayResult result) throws IOException {
        System.setProperty("java.awt.headless", "true");
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Cost of stock so far, by policy")
                .yAxisTitle("holding + shortage + ordering")
                .build();
        XYStyler styler = chart.getStyler();
        styler.setLegendPosition(Styler.LegendPosition.InsideNW);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setDatePattern("d MMM yyyy");
        styler.setTimezone(TimeZone.getTimeZone("UTC"));
        styler.setYAxisDecimalPattern("#,##0");
        styler.setLocale(Locale.ROOT);
        List<Date> days = days(result);
        for (PolicyTotals policy : result.policies()) {
            String name = policy.policy().label();
            XYSeries series = chart.addSeries(name, days, soFar(policy.costs()));
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(COLOURS.get(name));
            series.setLineStyle(new BasicStroke(LINE));
        }
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }

    /** The first date, and the last day of each period. */
    private static List<Date> days(ReplayResult result) {
        List<Date> days = new ArrayList<>();
        result.dates().forEach(date -> days.add(date(date)));
        days.add(date(result.end()));
        return days;
    }

    private static Date date(LocalDate date) {
        return Date.from(date.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static List<Double> soFar(double[] costs) {
        List<Double> soFar = new ArrayList<>(List.of(0.0));
        for (double cost : costs) {
            soFar.add(soFar.get(soFar.size() - 1) + cost);
        }
        return soFar;
    }
}
