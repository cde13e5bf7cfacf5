package io.millrace.decisions.evaluate;

import io.millrace.decisions.Require;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in TSPLIB form, taken apart: entries {@code KEY : value}, and sections of numbers. It knows the form and not what the numbers
 * are for. Each error names the line.
 */
final class VrpSections {

    /** A line of a section: its number in the file, and its numbers. */
    record Row(int line, double[] values) {

        /** Its first number, as that of a node. */
        int node() {
            double node = values[0];
            Require.that(node == Math.rint(node), "line %s: the node number is %s; it must be whole", line, node);
            return (int) node;
        }
    }

    private static final Set<String> SECTIONS = Set.of(
            "NODE_COORD_SECTION",
            "DEMAND_SECTION",
            "DEPOT_SECTION",
            "EDGE_WEIGHT_SECTION",
            "TIME_WINDOW_SECTION",
            "SERVICE_TIME_SECTION",
            "DISPLAY_DATA_SECTION");

    private static final Pattern WORD = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)\\s*(:?)\\s*(.*)");
    private static final String END = "EOF";

    private final Map<String, String> entries = new HashMap<>();
    private final Map<String, Integer> entryLines = new HashMap<>();
    private final Map<String, List<Row>> sections = new LinkedHashMap<>();
    private final Map<String, Integer> sectionLines = new HashMap<>();

    private VrpSections() {}

    /** Takes the lines of a file apart. */
    static VrpSections of(List<String> lines) {
        VrpSections file = new VrpSections();
        String section = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int number = i + 1;
            if (line.equalsIgnoreCase(END)) {
                break;
            }
            Matcher word = WORD.matcher(line);
            if (line.isEmpty()) {
                continue;
            } else if (word.matches()) {
                section = file.heading(word, line, number);
            } else {
                Require.that(
                        section != null,
                        "line %s: '%s' is neither KEY : value nor part of a section",
                        number,
                        cut(line));
                file.sections.get(section).add(new Row(number, numbers(line, number)));
            }
        }
        return file;
    }

    /** Takes an entry or the heading of a section; gives the section that begins. */
    private String heading(Matcher word, String line, int number) {
        String key = word.group(1).toUpperCase(Locale.ROOT);
        if (key.endsWith("_SECTION")) {
            Require.that(
                    SECTIONS.contains(key),
                    "line %s: section %s is not known, and may hold what changes the problem; known are %s",
                    number,
                    key,
                    new TreeSet<>(SECTIONS));
            Require.that(sections.put(key, new ArrayList<>()) == null, "line %s: %s is there twice", number, key);
            sectionLines.put(key, number);
            return key;
        }
        Require.that(
                !word.group(2).isEmpty(),
                "line %s: '%s' is neither KEY : value nor the name of a section",
                number,
                cut(line));
        Require.that(
                entries.put(key, word.group(3).strip()) == null || key.equals("COMMENT"),
                "line %s: %s is there twice",
                number,
                key);
        entryLines.put(key, number);
        return null;
    }

    private static double[] numbers(String line, int number) {
        String[] words = line.split("\\s+", -1);
        double[] values = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            values[i] = number(words[i], number);
        }
        return values;
    }

    /** The number that a word is. @throws IllegalArgumentException that names the line */
    static double number(String word, int line) {
        try {
            double value = Double.parseDouble(word);
            Require.that(Double.isFinite(value), "line %s: '%s' is no finite number", line, cut(word));
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("line " + line + ": '" + cut(word) + "' is no number", e);
        }
    }

    private static String cut(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** Names of the entries. */
    Set<String> keys() {
        return entries.keySet();
    }

    /** The line of an entry that is there. */
    int line(String key) {
        return entryLines.get(key);
    }

    /** An entry in upper case, or what is taken if it is not there. */
    String word(String key, String absent) {
        return entries.getOrDefault(key, absent).toUpperCase(Locale.ROOT);
    }

    /** An entry as it stands, empty if it is not there. */
    String text(String key) {
        return entries.getOrDefault(key, "");
    }

    /** An entry that is a number. */
    OptionalDouble number(String key) {
        return entries.containsKey(key)
                ? OptionalDouble.of(number(entries.get(key), line(key)))
                : OptionalDouble.empty();
    }

    /** An entry that is a whole number, at least 1. */
    int count(String key) {
        double value = number(key).orElseThrow(() -> new IllegalArgumentException("the entry " + key + " is missing"));
        Require.that(
                value >= 1 && value == Math.rint(value) && value <= Integer.MAX_VALUE,
                "line %s: %s is %s; it must be a whole number, at least 1",
                line(key),
                key,
                text(key));
        return (int) value;
    }

    /** Whether a section is there. */
    boolean has(String section) {
        return sections.containsKey(section);
    }

    /** The lines of a section that has to be there. */
    List<Row> rows(String section) {
        Require.that(has(section), "the section %s is missing", section);
        return sections.get(section);
    }

    /** The line of a section's heading. */
    int sectionLine(String section) {
        return sectionLines.get(section);
    }

    /** A section of one line for each node, by the node's number; each line has so many numbers, the node's included. */
    Map<Integer, Row> byNode(String section, int width) {
        Map<Integer, Row> rows = new LinkedHashMap<>();
        for (Row row : rows(section)) {
            Require.that(
                    row.values().length == width,
                    "line %s: %s numbers in %s; there must be %s",
                    row.line(),
                    row.values().length,
                    section,
                    width);
            Require.that(
                    rows.put(row.node(), row) == null,
                    "line %s: node %s is there twice in %s",
                    row.line(),
                    row.node(),
                    section);
        }
        return rows;
    }
}
