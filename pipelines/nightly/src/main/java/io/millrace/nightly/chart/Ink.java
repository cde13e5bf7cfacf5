package io.millrace.nightly.chart;

import java.awt.Color;
import java.util.Locale;

/**
 * What is drawn with what. The colours are told apart by readers who see few colours too (M. Okabe and K. Ito, Color Universal Design,
 * 2008); on a page they are named, so that it can have others by night.
 */
public enum Ink {
    TEXT(0x333A44),
    RULE(0xD9DDE3),
    BLUE(0x0072B2),
    ORANGE(0xD55E00),
    GREEN(0x009E73),
    YELLOW(0xE69F00),
    GREY(0x7A828E);

    private final Color colour;

    Ink(int rgb) {
        this.colour = new Color(rgb);
    }

    Color colour() {
        return colour;
    }

    /** As the style sheet of the page has it: {@code fill-blue} and {@code stroke-blue} are its classes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As SVG writes it. */
    String rgb() {
        return "rgb(%d,%d,%d)".formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
    }
}
