package io.millrace.decisions.evaluate;

import io.millrace.decisions.Require;
import io.millrace.decisions.evaluate.VrpSections.Row;
import io.millrace.decisions.routing.RoutingProblem;
import io.millrace.decisions.routing.Stop;
import io.millrace.decisions.routing.TravelMatrix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The problem that a file in TSPLIB form describes, as CVRPLIB writes it: CVRP with {@code CAPACITY}, {@code DEMAND_SECTION} and
 * {@code DEPOT_SECTION}; several depots; {@code VEHICLES}; {@code TIME_WINDOW_SECTION} and {@code SERVICE_TIME_SECTION} or
 * {@code SERVICE_TIME}; {@code DISTANCE}, the longest that a route may take with its service. A TSP is one vehicle without demands.
 */
final class VrpReader {

    private static final Set<String> TYPES =
            Set.of("TSP", "ATSP", "CVRP", "DCVRP", "ACVRP", "VRP", "VRPTW", "CVRPTW", "MDVRP", "MDVRPTW");
    private static final Set<String> READ = Set.of(
            "NAME",
            "COMMENT",
            "TYPE",
            "DIMENSION",
            "CAPACITY",
            "VEHICLES",
            "DISTANCE",
            "SERVICE_TIME",
            "EDGE_WEIGHT_TYPE",
            "EDGE_WEIGHT_FORMAT",
            "EDGE_DATA_FORMAT",
            "NODE_COORD_TYPE",
            "DISPLAY_DATA_TYPE");

    private final VrpSections file;
    private final boolean rounded;
    private final boolean salesman;
    private final int dimension;

    private VrpReader(VrpSections file, boolean rounded) {
        this.file = file;
        this.rounded = rounded;
        String type = file.word("TYPE", "CVRP").split("\\s+", -1)[0];
        Require.that(
                TYPES.contains(type),
                "line %s: TYPE is %s; known are %s",
                file.keys().contains("TYPE") ? file.line("TYPE") : 0,
                type,
                new TreeSet<>(TYPES));
        salesman = type.endsWith("TSP");
        dimension = file.count("DIMENSION");
        Require.that(
                dimension <= RoutingProblem.MOST_PLACES,
                "line %s: DIMENSION is %s; at most %s places fit",
                file.line("DIMENSION"),
                dimension,
                RoutingProblem.MOST_PLACES);
    }

    /** Reads a file's lines. @param rounded whether EUC_2D is rounded to whole numbers */
    static RoutingData read(List<String> lines, String name, boolean rounded) {
        VrpSections file = VrpSections.of(lines);
        return new VrpReader(file, rounded).data(name);
    }

    private RoutingData data(String name) {
        Set<Integer> nodes = nodes();
        Set<Integer> depots = depots(nodes);
        int[] order = Stream.concat(depots.stream(), nodes.stream().filter(node -> !depots.contains(node)))
                .mapToInt(Integer::intValue)
                .toArray();
        Require.that(order.length > depots.size(), "there is no customer, only %s depots", depots.size());
        double capacity = salesman ? 1 : capacity();
        TravelMatrix distances = VrpDistances.of(file, order, rounded);
        List<Stop> stops = stops(order, depots.size(), capacity);
        RoutingProblem problem = new RoutingProblem(
                name,
                stops.subList(0, depots.size()),
                stops.subList(depots.size(), order.length),
                capacity,
                vehicles(),
                distances,
                distances);
        return new RoutingData(problem, remarks());
    }

    private double capacity() {
        double capacity = file.number("CAPACITY")
                .orElseThrow(() -> new IllegalArgumentException("the entry CAPACITY is missing"));
        Require.that(capacity > 0, "line %s: CAPACITY is %s; it must be above 0", file.line("CAPACITY"), capacity);
        return capacity;
    }

    private OptionalInt vehicles() {
        if (salesman) {
            return OptionalInt.of(1);
        }
        return file.keys().contains("VEHICLES") ? OptionalInt.of(file.count("VEHICLES")) : OptionalInt.empty();
    }

    /** Numbers of the nodes, in the file's order. */
    private Set<Integer> nodes() {
        String section = file.has("NODE_COORD_SECTION") ? "NODE_COORD_SECTION" : "DEMAND_SECTION";
        boolean explicit = file.word("EDGE_WEIGHT_TYPE", "").equals("EXPLICIT");
        if (explicit) {
            return new LinkedHashSet<>(
                    IntStream.rangeClosed(1, dimension).boxed().toList());
        }
        Set<Integer> nodes = file.byNode("NODE_COORD_SECTION", 3).keySet();
        Require.that(
                nodes.size() == dimension,
                "line %s: %s nodes in %s, and DIMENSION is %s",
                file.sectionLine(section),
                nodes.size(),
                section,
                dimension);
        return nodes;
    }

    private Set<Integer> depots(Set<Integer> nodes) {
        Set<Integer> depots = new LinkedHashSet<>();
        if (salesman && !file.has("DEPOT_SECTION")) {
            depots.add(nodes.iterator().next());
            return depots;
        }
        for (Row row : file.rows("DEPOT_SECTION")) {
            for (double value : row.values()) {
                if (value == -1) {
                    Require.that(!depots.isEmpty(), "line %s: DEPOT_SECTION names no depot", row.line());
                    return depots;
                }
                Require.that(
                        nodes.contains((int) value) && value == Math.rint(value),
                        "line %s: the depot %s is no node of the file",
                        row.line(),
                        value);
                depots.add((int) value);
            }
        }
        Require.that(!depots.isEmpty(), "line %s: DEPOT_SECTION names no depot", file.sectionLine("DEPOT_SECTION"));
        return depots;
    }

    private List<Stop> stops(int[] order, int depots, double capacity) {
        Map<Integer, Row> demands = perNode("DEMAND_SECTION", 2, order, !salesman);
        Map<Integer, Row> windows = perNode("TIME_WINDOW_SECTION", 3, order, false);
        Map<Integer, Row> services = perNode("SERVICE_TIME_SECTION", 2, order, false);
        OptionalDouble longest = file.number("DISTANCE");
        Require.that(
                longest.isEmpty() || windows.isEmpty(),
                "DISTANCE and TIME_WINDOW_SECTION are both there; a route's longest time beside windows is not supported");
        List<Stop> stops = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            int node = order[i];
            boolean depot = i < depots;
            Row window = windows.get(node);
            Row demand = demands.get(node);
            Row service = services.get(node);
            double latest = depot && longest.isPresent() ? longest.getAsDouble() : Double.POSITIVE_INFINITY;
            double each = depot ? 0 : file.number("SERVICE_TIME").orElse(0);
            int line = demand == null ? 0 : demand.line();
            Require.that(
                    demand == null || demand.values()[1] <= capacity,
                    "line %s: the demand of node %s is above the capacity of %s",
                    line,
                    node,
                    capacity);
            try {
                stops.add(new Stop(
                        Integer.toString(node),
                        demand == null ? 0 : demand.values()[1],
                        window == null ? 0 : window.values()[1],
                        window == null ? latest : window.values()[2],
                        service == null ? each : service.values()[1]));
            } catch (IllegalArgumentException e) {
                int wrong = window != null ? window.line() : line;
                throw new IllegalArgumentException("line " + wrong + ": " + e.getMessage(), e);
            }
        }
        return stops;
    }

    /** A section with a line for every node but, at will, the depots; empty if it is not there and need not be. */
    private Map<Integer, Row> perNode(String section, int width, int[] order, boolean needed) {
        if (!needed && !file.has(section)) {
            return Map.of();
        }
        Map<Integer, Row> rows = file.byNode(section, width);
        Set<Integer> known = new LinkedHashSet<>(IntStream.of(order).boxed().toList());
        for (Map.Entry<Integer, Row> row : rows.entrySet()) {
            Require.that(
                    known.contains(row.getKey()),
                    "line %s: node %s of %s is no node of the file",
                    row.getValue().line(),
                    row.getKey(),
                    section);
        }
        Require.that(
                rows.size() == order.length,
                "line %s: %s nodes in %s, and DIMENSION is %s",
                file.sectionLine(section),
                rows.size(),
                section,
                order.length);
        return rows;
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (VrpDistances.isMislabelled(file)) {
            remarks.add(
                    "EDGE_WEIGHT_FORMAT is LOWER_ROW, but files of Eilon list the upper triangle row by row; read so");
        }
        Set<String> unread = new TreeSet<>(file.keys());
        unread.removeAll(READ);
        if (!unread.isEmpty()) {
            remarks.add("not read, because not known: " + String.join(", ", unread));
        }
        return remarks;
    }
}
