package io.millrace.decisions.evaluate;

import io.millrace.decisions.Require;
import io.millrace.decisions.routing.RoutingProblem;
import io.millrace.decisions.routing.Stop;
import io.millrace.decisions.routing.TravelMatrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The problem with time windows that a text of Solomon (1987), or of Gehring and Homberger, describes: a name, {@code VEHICLE} with
 * number and capacity, {@code CUSTOMER} with a line for each place of number, x, y, demand, ready time, due date and service time, the
 * depot first. Distance and time between two places are the straight line between them, not rounded. Each error names the line.
 */
final class SolomonReader {

    private static final int COLUMNS = 7;

    private SolomonReader() {}

    static RoutingData read(List<String> lines, String name) {
        int vehicleLine = heading(lines, "VEHICLE", 0);
        int customerLine = heading(lines, "CUSTOMER", vehicleLine + 1);
        double[] fleet = null;
        for (int i = vehicleLine + 1; i < customerLine; i++) {
            if (startsWithNumber(lines.get(i))) {
                Require.that(fleet == null, "line %s: VEHICLE has a second line of numbers", i + 1);
                fleet = numbers(lines.get(i), i + 1, 2, "VEHICLE (number, capacity)");
                Require.that(
                        fleet[0] >= 1 && fleet[0] == Math.rint(fleet[0]) && fleet[1] > 0,
                        "line %s: there must be a whole number of vehicles, at least 1, and a capacity above 0",
                        i + 1);
            }
        }
        Require.that(fleet != null, "line %s: VEHICLE has no line with number and capacity", vehicleLine + 1);
        List<double[]> rows = new ArrayList<>();
        List<Stop> stops = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        for (int i = customerLine + 1; i < lines.size(); i++) {
            if (isColumnNames(lines.get(i), rows.isEmpty()) || lines.get(i).isBlank()) {
                continue;
            }
            double[] row = numbers(lines.get(i), i + 1, COLUMNS, "CUSTOMER");
            Stop stop = stop(row, i + 1, fleet[1]);
            Require.that(codes.add(stop.code()), "line %s: customer %s is there twice", i + 1, stop.code());
            rows.add(row);
            stops.add(stop);
        }
        Require.that(stops.size() >= 2, "line %s: CUSTOMER has no depot and customer", customerLine + 1);
        Require.that(
                stops.size() <= RoutingProblem.MOST_PLACES,
                "%s places; at most %s fit",
                stops.size(),
                RoutingProblem.MOST_PLACES);
        TravelMatrix lengths = TravelMatrix.euclidean(rows.size(), i -> rows.get(i)[1], i -> rows.get(i)[2]);
        RoutingProblem problem = new RoutingProblem(
                name,
                stops.subList(0, 1),
                stops.subList(1, stops.size()),
                fleet[1],
                OptionalInt.of((int) fleet[0]),
                lengths,
                lengths);
        return new RoutingData(problem, List.of());
    }

    private static int heading(List<String> lines, String heading, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).strip().equalsIgnoreCase(heading)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the section " + heading + " is missing");
    }

    private static boolean startsWithNumber(String line) {
        return line.strip().matches("[-+.0-9].*");
    }

    private static boolean isColumnNames(String line, boolean beforeRows) {
        return beforeRows && line.strip().toUpperCase(Locale.ROOT).startsWith("CUST");
    }

    private static double[] numbers(String line, int number, int count, String section) {
        String[] words = line.strip().split("\\s+", -1);
        Require.that(
                words.length == count,
                "line %s: %s fields in %s; there must be %s",
                number,
                words.length,
                section,
                count);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = VrpSections.number(words[i], number);
        }
        return values;
    }

    private static Stop stop(double[] row, int line, double capacity) {
        String code = row[0] == Math.rint(row[0]) ? Long.toString((long) row[0]) : Double.toString(row[0]);
        Require.that(
                row[3] <= capacity,
                "line %s: the demand of customer %s is above the capacity of %s",
                line,
                code,
                capacity);
        try {
            return new Stop(code, row[3], row[4], row[5], row[6]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + line + ": " + e.getMessage(), e);
        }
    }
}
