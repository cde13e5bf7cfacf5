package io.millrace.nightly.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SvgTest {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
    private static final List<LocalDate> DAYS = List.of(DAY, DAY.plusDays(7), DAY.plusDays(14));

    private static final TimeChart FAN = new TimeChart(
            "units a week",
            List.of(new TimeChart.Line("sold", Ink.ORANGE, DAYS, new double[] {1, Double.NaN, 3000})),
            List.of(new TimeChart.Band("forecast", Ink.BLUE, DAYS, new double[] {0, 1, 2}, new double[] {2, 3, 4})));

    private static final BarChart BARS = new BarChart(
            "EUR",
            List.of("A < B & \"C\"", "D"),
            List.of(new BarChart.Part("value", Ink.GREEN, new double[] {3, 4})),
            BarChart.Form.LYING);

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void aDrawingOfAPageHasItsColoursFontsAndSizeFromThePage() throws Exception {
        String svg = Svg.inline(FAN, "chart-1", Locale.ENGLISH);
        assertThat(parsed(svg).getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 480 230");
        assertThat(svg)
                .contains("stroke-orange", "fill-blue", "fill-text", "3,000", "aria-hidden=\"true\"")
                .doesNotContain("font-family", "width=\"480\" height", "rgb(0,114,178)", "rgb(213,94,0)");
    }

    @Test
    void namesWithinADrawingAreItsOwn() {
        String svg = Svg.inline(FAN, "chart-7", Locale.ENGLISH);
        assertThat(svg).containsPattern("id=\"chart-7-clipPath\\d").contains("url(#chart-7-clipPath");
        assertThat(svg.replaceAll("(id=\"|url\\(#)chart-7-", "")).doesNotContain("id=\"", "url(#");
    }

    @Test
    void textIsTextAndEscaped() throws Exception {
        Document svg = parsed(Svg.inline(BARS, "c", Locale.ENGLISH));
        assertThat(svg.getDocumentElement().getTextContent()).contains("A < B & \"C\"", "D");
    }

    @Test
    void theSameChartIsTheSameDrawingWhereverTheMachineIs() {
        String here = Svg.inline(FAN, "c", Locale.GERMAN);
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            assertThat(Svg.inline(FAN, "c", Locale.GERMAN)).isEqualTo(here).contains("3.000");
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void aFileOfItsOwnHasTitleLegendAndColours() throws Exception {
        Document svg = parsed(Svg.standalone(FAN, "What sold", 960, 560, Locale.ROOT));
        assertThat(svg.getDocumentElement().getTextContent()).contains("What sold", "sold", "forecast");
        assertThat(Svg.standalone(FAN, "What sold", 960, 560, Locale.ROOT)).contains("rgb(213,94,0)");
    }

    @Test
    void moreBarsThatLieNeedMoreHeight() {
        assertThat(BARS.height())
                .isLessThan(new BarChart(
                                "EUR",
                                List.of("a", "b", "c", "d", "e"),
                                List.of(new BarChart.Part("value", Ink.GREEN, new double[5])),
                                BarChart.Form.LYING)
                        .height());
    }

    @Test
    void noDayStandsTwiceAtTheAxis() {
        List<LocalDate> days = List.of(DAY, DAY.plusDays(1), DAY.plusDays(2));
        TimeChart chart = new TimeChart(
                "rows", List.of(new TimeChart.Line("rows", Ink.BLUE, days, new double[] {1, 2, 3})), List.of());
        String svg = Svg.inline(chart, "c", Locale.ENGLISH);
        assertThat(svg.split(">6 Jan<", -1)).as(svg).hasSize(2);
    }
}
