package io.millrace.decisions.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.decisions.routing.Route;
import io.millrace.decisions.routing.RoutingOptimizer;
import io.millrace.decisions.routing.RoutingOptions;
import io.millrace.decisions.routing.RoutingPlan;
import io.millrace.decisions.routing.RoutingProblem;
import io.millrace.decisions.routing.Stop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingFileTest {

    @TempDir
    private Path folder;

    /** Four customers in the corners of a square around the depot. */
    private static final String SQUARE = """
            NAME : square
            COMMENT : (made here)
            TYPE : CVRP
            DIMENSION : 5
            EDGE_WEIGHT_TYPE : EUC_2D
            CAPACITY : 10
            NODE_COORD_SECTION
            1 0 0
            2 3 4
            3 -3 4
            4 -3 -4
            5 3.5 -4
            DEMAND_SECTION
            1 0
            2 5
            3 5
            4 4
            5 6
            DEPOT_SECTION
            1
            -1
            EOF
            """;

    private static final String SOLOMON = """
            T101

            VEHICLE
            NUMBER     CAPACITY
              3         200

            CUSTOMER
            CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

                0      0         0          0          0       1000          0
                1      3         4         10        100        200         90
                2      6         8         30          0       1000         90
            """;

    private static RoutingProblem read(String text) {
        return RoutingFile.parse(text.lines().toList(), "test", true).problem();
    }

    private static void refused(String text, String... parts) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private static String square(String line, String instead) {
        assertThat(SQUARE).contains(line);
        return SQUARE.replace(line, instead);
    }

    private static double optimum(RoutingProblem problem, long ants) {
        RoutingPlan plan = new RoutingOptimizer(RoutingOptions.ofIterations(ants, 1)).plan(problem);
        assertThat(plan.verdict().faults()).isEmpty();
        return plan.distance();
    }

    @Test
    void aProblemOfCvrplibIsReadAsItStands() {
        RoutingProblem problem = read(SQUARE);
        assertThat(problem.depots()).containsExactly(Stop.of("1", 0));
        assertThat(problem.customers())
                .containsExactly(Stop.of("2", 5), Stop.of("3", 5), Stop.of("4", 4), Stop.of("5", 6));
        assertThat(problem.capacity()).isEqualTo(10);
        assertThat(problem.vehicles()).isEmpty();
        assertThat(problem.isTimed()).isFalse();
        assertThat(problem.distance().between(0, 1)).isEqualTo(5);
        assertThat(problem.distance().between(4, 3))
                .as("6.5 to the nearest whole number")
                .isEqualTo(7);
        assertThat(optimum(problem, 200)).isEqualTo(5 + 6 + 5 + 5 + 7 + 5);
        RoutingProblem real =
                RoutingFile.parse(SQUARE.lines().toList(), "real", false).problem();
        assertThat(real.distance().between(4, 3)).isEqualTo(6.5);
        RoutingProblem limited =
                read(square("CAPACITY : 10", "CAPACITY: 10\nVEHICLES: 2\nSERVICE_TIME: 1\nDISTANCE: 30"));
        assertThat(limited.vehicles()).isEqualTo(OptionalInt.of(2));
        assertThat(limited.customers().get(0).service()).isEqualTo(1);
        assertThat(limited.depots().get(0).closes()).isEqualTo(30);
    }

    @Test
    void depotsComeFirstWhereverTheyStand() {
        RoutingProblem problem = read(
                square("DEPOT_SECTION\n1\n-1", "DEPOT_SECTION\n3 5\n-1").replace("\n3 5\n4 4\n5 6", "\n3 0\n4 4\n5 0"));
        assertThat(problem.depots()).extracting(Stop::code).containsExactly("3", "5");
        assertThat(problem.customers()).extracting(Stop::code).containsExactly("1", "2", "4");
        assertThat(problem.distance().between(0, 3)).isEqualTo(6);
    }

    @Test
    void windowsAndServiceOfEveryStopAreRead() {
        RoutingProblem problem = read(
                square(
                        "DEPOT_SECTION",
                        "TIME_WINDOW_SECTION\n1 0 99\n2 5 20\n3 0 99\n4 0 99\n5 0 99\nSERVICE_TIME_SECTION\n1 0\n2 3\n3 3\n4 3\n5 3\nDEPOT_SECTION"));
        assertThat(problem.isTimed()).isTrue();
        assertThat(problem.customers().get(0)).isEqualTo(new Stop("2", 5, 5, 20, 3));
        assertThat(problem.depots().get(0).closes()).isEqualTo(99);
    }

    @Test
    void matricesAreReadInAllTheirOrders() {
        String header =
                "TYPE: TSP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: %s\nEDGE_WEIGHT_SECTION\n%s\nEOF";
        String[][] same = {
            {"FULL_MATRIX", "0 1 2\n1 0 3\n2 3 0"},
            {"UPPER_ROW", "1 2\n3"},
            {"LOWER_ROW", "1\n2 3"},
            {"LOWER_COL", "1 2 3"},
            {"UPPER_COL", "1 2 3"},
            {"UPPER_DIAG_ROW", "0 1 2 0 3 0"},
            {"LOWER_DIAG_ROW", "0 1 0 2 3\n0"},
        };
        for (String[] form : same) {
            RoutingProblem problem = read(header.formatted(form[0], form[1]));
            assertThat(problem.distance().between(0, 1)).as(form[0]).isEqualTo(1);
            assertThat(problem.distance().between(2, 0)).as(form[0]).isEqualTo(2);
            assertThat(problem.distance().between(1, 2)).as(form[0]).isEqualTo(3);
        }
        RoutingProblem oneWay = read(header.formatted("FULL_MATRIX", "0 1 2\n9 0 3\n2 3 0"));
        assertThat(oneWay.distance().between(1, 0)).isEqualTo(9);
        refused(header.formatted("FULL_MATRIX", "0 1\n1 0"), "line 5: 4 numbers", "FULL_MATRIX of 3 nodes are 9");
        refused(header.formatted("SPARSE", "0"), "EDGE_WEIGHT_FORMAT is SPARSE");
        RoutingData eilon = RoutingFile.parse(
                ("COMMENT: Eilon et al\n"
                                + header.formatted("LOWER_ROW", "1 2 3 4 5 6")
                                        .replace("3\nEDGE_WEIGHT_T", "4\nEDGE_WEIGHT_T"))
                        .lines()
                        .toList(),
                "eilon",
                true);
        assertThat(eilon.problem().distance().between(0, 3)).isEqualTo(3);
        assertThat(eilon.remarks()).anyMatch(remark -> remark.contains("LOWER_ROW"));
    }

    /** The optimum that TSPLIB gives for 14 cities of Burma on the globe. */
    @Test
    void burma14OfTsplibIs3323() {
        String cities =
                "16.47 96.10,16.47 94.44,20.09 92.54,22.39 93.37,25.23 97.24,22.00 96.05,20.47 97.02,17.20 96.29,"
                        + "16.30 97.38,14.05 98.12,16.53 97.38,21.52 95.59,19.41 97.13,20.09 94.55";
        assertThat(optimum(read(tsp("GEO", cities)), 500)).isEqualTo(3323);
    }

    /** The optimum that CVRPLIB gives for E-n22-k4 of Christofides and Eilon. */
    @Test
    void en22k4OfCvrplibIs375() {
        String[] places =
                ("145 215,151 264,159 261,130 254,128 252,163 247,146 246,161 242,142 239,163 236,148 232,128 231,156 217,"
                                + "129 214,146 208,164 208,141 206,147 193,164 193,129 189,155 185,139 182")
                        .split(",", -1);
        String[] demands =
                "0 1100 700 800 1400 2100 400 800 100 500 600 1200 1300 1300 300 900 2100 1000 900 2500 1800 700"
                        .split(" ", -1);
        StringBuilder text =
                new StringBuilder("TYPE : CVRP\nDIMENSION : 22\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 6000\n");
        text.append("NODE_COORD_SECTION\n");
        for (int i = 0; i < places.length; i++) {
            text.append(i + 1).append(' ').append(places[i]).append('\n');
        }
        text.append("DEMAND_SECTION\n");
        for (int i = 0; i < demands.length; i++) {
            text.append(i + 1).append(' ').append(demands[i]).append('\n');
        }
        assertThat(optimum(read(text + "DEPOT_SECTION\n1\n-1\nEOF\n"), 2000)).isEqualTo(375);
    }

    /** The first 25 customers of C101 (Solomon 1987); the optimum is 191.81. */
    @Test
    void c101OfSolomonWith25CustomersIs19181() {
        String places = "0 40 50 0 0 1236 0,1 45 68 10 912 967 90,2 45 70 30 825 870 90,3 42 66 10 65 146 90,"
                + "4 42 68 10 727 782 90,5 42 65 10 15 67 90,6 40 69 20 621 702 90,7 40 66 20 170 225 90,"
                + "8 38 68 20 255 324 90,9 38 70 10 534 605 90,10 35 66 10 357 410 90,11 35 69 10 448 505 90,"
                + "12 25 85 20 652 721 90,13 22 75 30 30 92 90,14 22 85 10 567 620 90,15 20 80 40 384 429 90,"
                + "16 20 85 40 475 528 90,17 18 75 20 99 148 90,18 15 75 20 179 254 90,19 15 80 10 278 345 90,"
                + "20 30 50 10 10 73 90,21 30 52 20 914 965 90,22 28 52 20 812 883 90,23 28 55 10 732 777 90,"
                + "24 25 50 10 65 144 90,25 25 52 40 169 224 90";
        String text = "C101\n\nVEHICLE\nNUMBER CAPACITY\n25 200\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD.\n\n";
        assertThat(optimum(read(text + places.replace(',', '\n')), 2000)).isCloseTo(191.81, within(0.005));
    }

    private static String tsp(String type, String cities) {
        String[] rows = cities.split(",", -1);
        StringBuilder text = new StringBuilder(
                "NAME: t\nTYPE: TSP\nDIMENSION: " + rows.length + "\nEDGE_WEIGHT_TYPE: " + type + "\n");
        text.append("NODE_COORD_SECTION\n");
        for (int i = 0; i < rows.length; i++) {
            text.append(i + 1).append(' ').append(rows[i]).append('\n');
        }
        return text + "EOF\n";
    }

    @Test
    void distancesAreThoseOfTheirType() {
        String two = "0 0,1.2 2.3";
        assertThat(read(tsp("EUC_2D", two)).distance().between(0, 1)).isEqualTo(3);
        assertThat(read(tsp("FLOOR_2D", two)).distance().between(0, 1)).isEqualTo(2);
        assertThat(read(tsp("CEIL_2D", two)).distance().between(0, 1)).isEqualTo(3);
        assertThat(read(tsp("EXACT_2D", two)).distance().between(0, 1)).isCloseTo(Math.sqrt(6.73), within(1e-12));
        assertThat(read(tsp("MAN_2D", two)).distance().between(0, 1)).isEqualTo(4);
        assertThat(read(tsp("MAX_2D", two)).distance().between(0, 1)).isEqualTo(2);
        assertThat(read(tsp("ATT", "0 0,10 0")).distance().between(0, 1))
                .as("√10 rounded up")
                .isEqualTo(4);
        refused(tsp("XRAY1", two), "EDGE_WEIGHT_TYPE is XRAY1");
    }

    @Test
    void aTextOfSolomonIsReadWithItsWindowsAndRealDistances() {
        RoutingProblem problem = read(SOLOMON);
        assertThat(problem.vehicles()).isEqualTo(OptionalInt.of(3));
        assertThat(problem.depots()).containsExactly(new Stop("0", 0, 0, 1000, 0));
        assertThat(problem.customers())
                .containsExactly(new Stop("1", 10, 100, 200, 90), new Stop("2", 30, 0, 1000, 90));
        assertThat(problem.distance().between(0, 2)).isEqualTo(10);
        assertThat(optimum(problem, 100)).isEqualTo(20);
    }

    @Test
    void damagedFilesAreRefusedByLine() {
        refused("", "neither TSPLIB");
        refused("a,b\n1,2\n", "neither TSPLIB");
        refused(square("5 3.5 -4\n", ""), "line 7: 4 nodes in NODE_COORD_SECTION, and DIMENSION is 5");
        refused(square("5 6\n", ""), "line 13: 4 nodes in DEMAND_SECTION, and DIMENSION is 5");
        refused(square("5 6\n", "9 6\n"), "line 18: node 9 of DEMAND_SECTION is no node");
        refused(square("5 6\n", "5 11\n"), "line 18: the demand of node 5 is above the capacity of 10");
        refused(square("5 6\n", "5 -6\n"), "line 18: demand of stop 5 is -6.0");
        refused(square("5 6\n", "4 6\n"), "line 18: node 4 is there twice");
        refused(square("5 6\n", "5 six\n"), "line 18: 'six' is no number");
        refused(square("5 6\n", "5 NaN\n"), "line 18", "no finite number");
        refused(square("5 6\n", "5\n"), "line 18: 1 numbers in DEMAND_SECTION; there must be 2");
        refused(square("1 0\n2 5", "1 3\n2 5"), "depot 1 has a demand of 3.0");
        refused(square("DEPOT_SECTION\n1\n-1\n", ""), "the section DEPOT_SECTION is missing");
        refused(square("DEPOT_SECTION\n1\n-1\n", "DEPOT_SECTION\n7\n-1\n"), "line 20: the depot 7.0 is no node");
        refused(square("DEPOT_SECTION\n1\n", "DEPOT_SECTION\n"), "DEPOT_SECTION names no depot");
        refused(square("DEMAND_SECTION\n1 0\n2 5\n3 5\n4 4\n5 6\n", ""), "the section DEMAND_SECTION is missing");
        refused(square("CAPACITY : 10\n", ""), "the entry CAPACITY is missing");
        refused(square("CAPACITY : 10", "CAPACITY : ten"), "line 6: 'ten' is no number");
        refused(square("CAPACITY : 10", "CAPACITY : 0"), "line 6: CAPACITY is 0.0");
        refused(square("DIMENSION : 5", "DIMENSION : 5.5"), "line 4: DIMENSION is 5.5");
        refused(square("DIMENSION : 5", "DIMENSION : 50000"), "line 4: DIMENSION is 50000; at most");
        refused(square("TYPE : CVRP\n", "TYPE : SOP\n"), "line 3: TYPE is SOP");
        refused(square("EDGE_WEIGHT_TYPE : EUC_2D\n", ""), "EDGE_WEIGHT_TYPE is missing");
        refused(square("DEPOT_SECTION", "BACKHAUL_SECTION\n2\n-1\nDEPOT_SECTION"), "line 19: section BACKHAUL_SECTION");
        refused(square("CAPACITY : 10", "CAPACITY : 10\nCAPACITY : 11"), "line 7: CAPACITY is there twice");
        refused(square("CAPACITY : 10", "12 34"), "line 6: '12 34' is neither");
    }

    @Test
    void damagedTextsOfSolomonAreRefusedByLine() {
        refused(SOLOMON.replace("CUSTOMER\n", ""), "the section CUSTOMER is missing");
        refused(SOLOMON.replace("  3         200\n", ""), "line 3: VEHICLE has no line");
        refused(SOLOMON.replace("  3         200", "  3.5         200"), "line 5");
        refused(
                SOLOMON.replace("10        100        200         90", "10        100        200"),
                "line 11: 6 fields");
        refused(SOLOMON.replace("10        100        200", "x        100        200"), "line 11: 'x' is no number");
        refused(SOLOMON.replace("10        100        200", "10        300        200"), "line 11", "before it opens");
        refused(SOLOMON.replace("10        100        200", "10        0        4"), "customer 1 cannot be reached");
        refused(SOLOMON.replace("    2      6", "    1      6"), "line 12: customer 1 is there twice");
        refused(SOLOMON.replace(" 30 ", " 300 "), "line 12: the demand of customer 2 is above");
        refused(SOLOMON.substring(0, SOLOMON.indexOf("    1 ")), "no depot and customer");
    }

    @Test
    void whatIsNotReadIsTold() {
        RoutingData data = RoutingFile.parse(
                square("CAPACITY : 10", "CAPACITY : 10\nCOLOUR : green\nINFO : -")
                        .lines()
                        .toList(),
                "test",
                true);
        assertThat(data.remarks()).containsExactly("not read, because not known: COLOUR, INFO");
    }

    @Test
    void filesMayBeCompressedAndCommentsInAnyEncoding() throws IOException {
        Path file = folder.resolve("square.vrp.gz");
        String text = square("(made here)", "(Fern\u00e1ndez)");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThat(RoutingFile.read(file, true).problem().customers()).hasSize(4);
        Path windows = folder.resolve("square.vrp");
        Files.writeString(windows, "\uFEFF" + text.replace("\n", "\r\n"));
        assertThat(RoutingFile.read(windows, true).problem().customers()).hasSize(4);
    }

    @Test
    void routesAreWrittenAsCvrplibDoes() throws IOException {
        RoutingPlan plan = new RoutingOptimizer(RoutingOptions.ofIterations(200, 1)).plan(read(SQUARE));
        Path file = folder.resolve("square.sol");
        RoutingFile.write(file, plan);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3).last().isEqualTo("Cost 33");
        Route first = plan.routes().get(0);
        assertThat(lines.get(0))
                .isEqualTo("Route #1: " + first.stops().get(0) + " "
                        + first.stops().get(1));
    }
}
