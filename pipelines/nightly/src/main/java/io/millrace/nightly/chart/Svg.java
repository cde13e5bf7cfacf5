package io.millrace.nightly.chart;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.Rectangle;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Charts as SVG, drawn without a screen. Text stays text. */
public final class Svg {

    /** Of a drawing on a page, in pixels: narrow enough to be read on a phone, where it takes the whole width. */
    public static final int WIDTH = 480;

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    /** A tenth of a pixel. */
    private static final int DECIMALS = 1;

    private Svg() {}

    /**
     * A chart to stand in an HTML page: no size of its own, no fonts, classes for colours ({@code fill-blue}), and nothing that a screen
     * reader would read out, for the page says in words what the chart shows.
     *
     * @param id unique in the page; what the chart refers to within itself begins with it
     */
    public static String inline(Chart chart, String id, Locale locale) {
        Element svg = draw(chart.drawn(locale), WIDTH, chart.height());
        svg.setAttribute("viewBox", "0 0 %d %d".formatted(WIDTH, chart.height()));
        svg.setAttribute("aria-hidden", "true");
        svg.setAttribute("focusable", "false");
        svg.removeAttribute("width");
        svg.removeAttribute("height");
        Map<String, String> inks = new LinkedHashMap<>();
        for (Ink ink : Ink.values()) {
            inks.put(ink.rgb(), ink.label());
        }
        dress(svg, id, inks);
        return text(svg);
    }

    /** A chart as a file of its own, with a title and its legend. */
    public static String standalone(Chart chart, String title, int width, int height, Locale locale) {
        JFreeChart drawn = chart.drawn(locale);
        drawn.setBackgroundPaint(java.awt.Color.WHITE);
        drawn.setTitle(new TextTitle(title, new Font(Font.SANS_SERIF, Font.BOLD, 14)));
        LegendTitle legend = new LegendTitle(() -> Legend.of(chart.legend()));
        legend.setItemFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        drawn.addLegend(legend);
        Element svg = draw(drawn, width, height);
        svg.setAttribute("viewBox", "0 0 %d %d".formatted(width, height));
        return text(svg);
    }

    private static Element draw(JFreeChart chart, int width, int height) {
        System.setProperty("java.awt.headless", "true");
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setComment(null);
        context.setPrecision(DECIMALS);
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        chart.draw(graphics, new Rectangle(width, height));
        return graphics.getRoot();
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Colours become classes, fonts those of the page, and names within the drawing unique in it. */
    private static void dress(Element element, String id, Map<String, String> inks) {
        element.removeAttribute("font-family");
        StringBuilder classes = new StringBuilder();
        for (String what : new String[] {"fill", "stroke"}) {
            String ink = inks.get(element.getAttribute(what).replace(" ", ""));
            if (ink != null) {
                element.removeAttribute(what);
                classes.append(classes.isEmpty() ? "" : " ")
                        .append(what)
                        .append('-')
                        .append(ink);
            }
        }
        if (!classes.isEmpty()) {
            element.setAttribute("class", classes.toString());
        }
        if (element.hasAttribute("id")) {
            element.setAttribute("id", id + "-" + element.getAttribute("id"));
        }
        String clip = element.getAttribute("clip-path");
        if (clip.startsWith("url(#")) {
            element.setAttribute("clip-path", clip.replace("url(#", "url(#" + id + "-"));
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                dress(inner, id, inks);
            }
        }
    }

    private static String text(Element svg) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(svg), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }
}
