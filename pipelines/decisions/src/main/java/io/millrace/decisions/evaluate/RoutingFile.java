package io.millrace.decisions.evaluate;

import io.millrace.decisions.routing.Route;
import io.millrace.decisions.routing.RoutingPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Files of routing problems: TSPLIB and CVRPLIB ({@code .vrp}, {@code .tsp}), and Solomon's text, told apart by what is in them; plain
 * or gzip. Routes are written as CVRPLIB does ({@code .sol}).
 */
public final class RoutingFile {

    private static final int GZIP = 0x1f;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private RoutingFile() {}

    /**
     * Reads a problem.
     *
     * @param rounded whether EUC_2D of TSPLIB is rounded to whole numbers, as that format has it
     * @throws IllegalArgumentException that names the line
     */
    public static RoutingData read(Path file, boolean rounded) throws IOException {
        return parse(lines(file), file.getFileName().toString(), rounded);
    }

    /** Reads a problem from the lines of a file. */
    public static RoutingData parse(List<String> lines, String name, boolean rounded) {
        boolean solomon = lines.stream()
                .map(line -> line.strip().toUpperCase(Locale.ROOT))
                .anyMatch("VEHICLE"::equals);
        if (!solomon
                && lines.stream()
                        .noneMatch(line -> line.toUpperCase(Locale.ROOT).contains("DIMENSION"))) {
            throw new IllegalArgumentException(
                    "it is neither TSPLIB or CVRPLIB (no entry DIMENSION) nor Solomon's text (no line VEHICLE)");
        }
        return solomon ? SolomonReader.read(lines, name) : VrpReader.read(lines, name, rounded);
    }

    /** What is in a file; a comment may be in any encoding. */
    private static List<String> lines(Path file) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file))) {
            int first = in.read();
            if (first >= 0) {
                in.unread(first);
            }
            InputStream bytes = first == GZIP ? new GZIPInputStream(in) : in;
            BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1));
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line.replace(BYTE_ORDER_MARK, ""));
            }
            return lines;
        }
    }

    /** Writes the routes as CVRPLIB does: customers by their place, from 1, the depot being 0. */
    public static void write(Path file, RoutingPlan plan) throws IOException {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (Route route : plan.routes()) {
            text.append("Route #").append(++number).append(": ");
            text.append(route.stops().stream().map(String::valueOf).collect(Collectors.joining(" ")))
                    .append('\n');
        }
        double cost = plan.distance();
        text.append("Cost ")
                .append(cost == Math.rint(cost) ? String.valueOf((long) cost) : String.valueOf(cost))
                .append('\n');
        Files.writeString(file, text);
    }
}
