package io.millrace.nightly.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import nu.validator.htmlparser.common.XmlViolationPolicy;
import nu.validator.htmlparser.dom.HtmlDocumentBuilder;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** A page as a browser reads it, with everything that the HTML standard calls a parse error. */
final class HtmlPage {

    private final List<String> errors = new ArrayList<>();
    private final Document document;

    HtmlPage(String html) {
        HtmlDocumentBuilder builder = new HtmlDocumentBuilder(XmlViolationPolicy.ALLOW);
        builder.setErrorHandler(new ErrorHandler() {
            @Override
            public void warning(SAXParseException e) {
                errors.add(told(e));
            }

            @Override
            public void error(SAXParseException e) {
                errors.add(told(e));
            }

            @Override
            public void fatalError(SAXParseException e) {
                errors.add(told(e));
            }
        });
        try {
            document = builder.parse(new InputSource(new StringReader(html)));
        } catch (SAXException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String told(SAXParseException e) {
        return "line %d, column %d: %s".formatted(e.getLineNumber(), e.getColumnNumber(), e.getMessage());
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    List<Element> all(String name) {
        return where(e -> e.getTagName().equals(name));
    }

    /** The values of an attribute, of every element that has it. */
    List<String> values(String attribute) {
        return where(e -> e.hasAttribute(attribute)).stream()
                .map(e -> e.getAttribute(attribute))
                .toList();
    }

    /** The text of the element with an id as it is read: cells apart from each other, and blanks of any kind as one. */
    String text(String id) {
        return where(e -> e.getAttribute("id").equals(id)).stream()
                .map(e -> read(e).replaceAll("[\\s\u00a0\u202f]+", " ").strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing on the page has the id " + id));
    }

    private static String read(Node node) {
        if (node.getNodeType() == Node.TEXT_NODE) {
            return node.getNodeValue();
        }
        StringBuilder text = new StringBuilder();
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            text.append(read(child));
        }
        boolean isApart = List.of("td", "th", "dt", "dd", "li", "p", "h2", "h3", "summary", "text")
                .contains(node.getNodeName());
        return isApart ? text + " " : text.toString();
    }

    private List<Element> where(Predicate<Element> condition) {
        List<Element> found = new ArrayList<>();
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (condition.test(element)) {
                found.add(element);
            }
        }
        return found;
    }
}
