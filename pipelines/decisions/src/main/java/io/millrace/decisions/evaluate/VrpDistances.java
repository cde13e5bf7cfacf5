package io.millrace.decisions.evaluate;

import io.millrace.decisions.Require;
import io.millrace.decisions.evaluate.VrpSections.Row;
import io.millrace.decisions.routing.TravelMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Distances as TSPLIB defines them (Reinelt 1991): from coordinates by {@code EDGE_WEIGHT_TYPE}, or written out. */
final class VrpDistances {

    private static final String WEIGHTS = "EDGE_WEIGHT_SECTION";
    private static final String COORDINATES = "NODE_COORD_SECTION";

    /** The format's own value and radius in km, which its optima rest on. */
    private static final double PI = 3.141592;

    private static final double EARTH = 6378.388;

    private VrpDistances() {}

    /**
     * The distances of a file.
     *
     * @param nodes   numbers of its nodes, in the order in which the matrix has them
     * @param rounded whether EUC_2D is rounded to whole numbers, as the format has it
     */
    static TravelMatrix of(VrpSections file, int[] nodes, boolean rounded) {
        String type = file.word("EDGE_WEIGHT_TYPE", file.has(WEIGHTS) ? "EXPLICIT" : "");
        if (type.equals("EXPLICIT")) {
            return explicit(file, nodes);
        }
        Map<Integer, Row> rows = file.byNode(COORDINATES, 3);
        double[] x = new double[nodes.length];
        double[] y = new double[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            Row row = rows.get(nodes[i]);
            Require.that(row != null, "%s has no line for node %s", COORDINATES, nodes[i]);
            x[i] = row.values()[1];
            y[i] = row.values()[2];
        }
        return TravelMatrix.of(nodes.length, rule(type, x, y, rounded));
    }

    private static TravelMatrix.Rule rule(String type, double[] x, double[] y, boolean rounded) {
        return switch (type) {
            case "EUC_2D" -> rounded ? (i, j) -> nearest(line(x, y, i, j)) : (i, j) -> line(x, y, i, j);
            case "EXACT_2D" -> (i, j) -> line(x, y, i, j);
            case "CEIL_2D" -> (i, j) -> Math.ceil(line(x, y, i, j));
            case "FLOOR_2D" -> (i, j) -> Math.floor(line(x, y, i, j));
            case "MAN_2D" -> (i, j) -> nearest(Math.abs(x[i] - x[j]) + Math.abs(y[i] - y[j]));
            case "MAX_2D" -> (i, j) -> Math.max(nearest(Math.abs(x[i] - x[j])), nearest(Math.abs(y[i] - y[j])));
            case "ATT" -> (i, j) -> Math.ceil(line(x, y, i, j) / Math.sqrt(10));
            case "GEO" -> sphere(x, y);
            case "" -> throw new IllegalArgumentException("the entry EDGE_WEIGHT_TYPE is missing");
            default ->
                throw new IllegalArgumentException("EDGE_WEIGHT_TYPE is " + type
                        + "; known are EUC_2D, CEIL_2D, FLOOR_2D, EXACT_2D, MAN_2D, MAX_2D, ATT, GEO and EXPLICIT");
        };
    }

    private static double line(double[] x, double[] y, int i, int j) {
        double dx = x[i] - x[j];
        double dy = y[i] - y[j];
        return Math.sqrt(dx * dx + dy * dy);
    }

    private static double nearest(double value) {
        return Math.floor(value + 0.5);
    }

    private static TravelMatrix.Rule sphere(double[] x, double[] y) {
        double[] latitude = Arrays.stream(x).map(VrpDistances::radians).toArray();
        double[] longitude = Arrays.stream(y).map(VrpDistances::radians).toArray();
        return (i, j) -> {
            double q1 = Math.cos(longitude[i] - longitude[j]);
            double q2 = Math.cos(latitude[i] - latitude[j]);
            double q3 = Math.cos(latitude[i] + latitude[j]);
            double cosine = 0.5 * ((1 + q1) * q2 - (1 - q1) * q3);
            return Math.floor(EARTH * Math.acos(Math.max(-1, Math.min(1, cosine))) + 1);
        };
    }

    /** Of degrees and minutes, DDD.MM. */
    private static double radians(double value) {
        double degrees = value < 0 ? Math.ceil(value) : Math.floor(value);
        return PI * (degrees + 5 * (value - degrees) / 3) / 180;
    }

    private static TravelMatrix explicit(VrpSections file, int[] nodes) {
        int n = nodes.length;
        List<Row> rows = file.rows(WEIGHTS);
        double[] weights = rows.stream()
                .flatMapToDouble(row -> Arrays.stream(row.values()))
                .toArray();
        String format = file.word("EDGE_WEIGHT_FORMAT", "");
        boolean full = format.equals("FULL_MATRIX");
        boolean diagonal = format.contains("_DIAG_");
        int expected = full ? n * n : n * (n - 1) / 2 + (diagonal ? n : 0);
        Order order = order(format, isMislabelled(file));
        Require.that(
                weights.length == expected,
                "line %s: %s numbers in %s; %s of %s nodes are %s",
                file.sectionLine(WEIGHTS),
                weights.length,
                WEIGHTS,
                format,
                n,
                expected);
        double[][] matrix = new double[n][n];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = order.first(i, diagonal); j < order.end(i, n, diagonal); j++) {
                matrix[i][j] = weights[at++];
                if (order != Order.FULL) {
                    matrix[j][i] = matrix[i][j];
                }
            }
        }
        return TravelMatrix.of(n, (i, j) -> matrix[nodes[i] - 1][nodes[j] - 1]);
    }

    /**
     * Whether the file says LOWER_ROW and lists an upper triangle row by row, as E-n13-k4 and E-n31-k7 of Eilon and others do.
     */
    static boolean isMislabelled(VrpSections file) {
        return file.word("EDGE_WEIGHT_FORMAT", "").equals("LOWER_ROW")
                && file.text("COMMENT").toLowerCase(Locale.ROOT).contains("eilon");
    }

    private static Order order(String format, boolean mislabelled) {
        if (mislabelled) {
            return Order.UPPER;
        }
        return switch (format) {
            case "FULL_MATRIX" -> Order.FULL;
            case "UPPER_ROW", "UPPER_DIAG_ROW", "LOWER_COL", "LOWER_DIAG_COL" -> Order.UPPER;
            case "LOWER_ROW", "LOWER_DIAG_ROW", "UPPER_COL", "UPPER_DIAG_COL" -> Order.LOWER;
            case "" -> throw new IllegalArgumentException("the entry EDGE_WEIGHT_FORMAT is missing");
            default ->
                throw new IllegalArgumentException("EDGE_WEIGHT_FORMAT is " + format
                        + "; known are FULL_MATRIX, and UPPER or LOWER with ROW, COL, DIAG_ROW and DIAG_COL");
        };
    }

    /** Which part of the matrix is listed row by row. */
    private enum Order {
        FULL,
        UPPER,
        LOWER;

        int first(int row, boolean diagonal) {
            return this == UPPER ? row + (diagonal ? 0 : 1) : 0;
        }

        int end(int row, int size, boolean diagonal) {
            return this == LOWER ? row + (diagonal ? 1 : 0) : size;
        }
    }
}
