package io.millrace.models.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Density clustering (Ester, Kriegel, Sander, Xu 1996), exact and far below quadratic: rows are put into cells whose diagonal is {@code eps}, so that all
 * rows of a cell are neighbours, and only cells that may be near each other are compared, until the first pair tells (Gunawan 2013). A row that no core row
 * is near belongs to no group; one that several are near belongs to the nearest. Finds its own number of groups.
 */
final class Dbscan implements Clustering {

    private static final int SAMPLE = 1_000;
    /** Rows of a sample that are nearer to their neighbours than eps. */
    private static final double DENSE = 0.9;

    @Override
    public String name() {
        return "dbscan";
    }

    @Override
    public boolean findsItsNumber() {
        return true;
    }

    /** With twice as many neighbours as columns, and the distance within which nine rows in ten of a sample have so many. */
    @Override
    public Groups fit(double[][] rows, int k, long seed) {
        int least = Math.max(4, 2 * rows[0].length);
        return fit(rows, usualDistance(rows, least, seed), least);
    }

    /** Distance to the neighbour of a rank in all rows that nine in ten of a sample do not exceed; in a sample neighbours are further apart. */
    private static double usualDistance(double[][] rows, int rank, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[rows.length];
        Arrays.setAll(order, i -> i);
        ClusterMetrics.shuffle(order, random);
        int n = Math.min(SAMPLE, rows.length);
        int others = Math.min(20 * SAMPLE, rows.length);
        // The same share of a part of the rows.
        int place = Math.max(1, (int) Math.round(rank * (double) others / rows.length));
        double[] distances = new double[n];
        double[] all = new double[others];
        for (int i = 0; i < n; i++) {
            for (int o = 0; o < others; o++) {
                all[o] = Geometry.squared(rows[order[i]], rows[order[o]]);
            }
            Arrays.sort(all);
            distances[i] = Math.sqrt(all[Math.min(place, others - 1)]);
        }
        Arrays.sort(distances);
        double usual = distances[(int) (DENSE * (n - 1))];
        return usual > 0 ? usual : 1e-9;
    }

    /**
     * @param eps   how near neighbours are, above 0
     * @param least rows within eps, itself among them, that make a row a core row
     */
    Found fit(double[][] rows, double eps, int least) {
        Grid grid = new Grid(rows, eps);
        boolean[] core = new boolean[rows.length];
        for (int c = 0; c < grid.cells.size(); c++) {
            int[] in = grid.cells.get(c).rows();
            for (int i : in) {
                core[i] = in.length >= least || grid.hasNeighbours(i, c, least);
            }
        }
        int[] parent = new int[grid.cells.size()];
        Arrays.setAll(parent, c -> c);
        for (int c = 0; c < parent.length; c++) {
            for (int near : grid.near(c)) {
                if (near < c && root(parent, c) != root(parent, near) && grid.touch(c, near, core)) {
                    parent[root(parent, c)] = root(parent, near);
                }
            }
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        int[] groups = new int[rows.length];
        Arrays.fill(groups, NONE);
        for (int c = 0; c < parent.length; c++) {
            for (int i : grid.cells.get(c).rows()) {
                if (core[i]) {
                    groups[i] = numbers.computeIfAbsent(root(parent, c), r -> numbers.size());
                }
            }
        }
        Found found = new Found(grid, core, groups, numbers.size());
        for (int i = 0; i < rows.length; i++) {
            if (!core[i]) {
                groups[i] = found.nearestCore(rows[i]);
            }
        }
        return found;
    }

    private static int root(int[] parent, int c) {
        int at = c;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /** What was found; a new row belongs to the group of the nearest core row within eps. */
    static final class Found implements Groups {

        private final Grid grid;
        private final boolean[] core;
        private final int[] groups;
        private final int count;

        private Found(Grid grid, boolean[] core, int[] groups, int count) {
            this.grid = grid;
            this.core = core;
            this.groups = groups;
            this.count = count;
        }

        @Override
        public int count() {
            return count;
        }

        /** The groups of the rows that were fitted, in their order. */
        int[] groups() {
            return groups;
        }

        boolean isCore(int row) {
            return core[row];
        }

        @Override
        public int of(double[] row) {
            return nearestCore(row);
        }

        private int nearestCore(double[] row) {
            double least = grid.eps * grid.eps;
            int group = NONE;
            for (int c : grid.nearTo(row)) {
                for (int i : grid.cells.get(c).rows()) {
                    double distance = core[i] ? Geometry.squared(row, grid.rows[i]) : Double.POSITIVE_INFINITY;
                    if (distance < least || distance == least && group == NONE) {
                        least = distance;
                        group = groups[i];
                    }
                }
            }
            return group;
        }
    }

    /** Rows of one cell. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Cell(int[] at, int[] rows) {}

    /** Cells that hold rows, found by where they are. */
    private static final class Grid {

        private final double[][] rows;
        private final double eps;
        private final double side;
        private final List<Cell> cells = new ArrayList<>();
        private final CellTree tree;
        private final int[][] near;

        Grid(double[][] rows, double eps) {
            this.rows = rows;
            this.eps = eps;
            // A little less than the side whose diagonal is eps: rounding must not part neighbours.
            this.side = eps / Math.sqrt(rows[0].length) * (1 - 1e-12);
            Map<List<Integer>, List<Integer>> byPlace = new HashMap<>();
            for (int i = 0; i < rows.length; i++) {
                byPlace.computeIfAbsent(Arrays.stream(place(rows[i])).boxed().toList(), p -> new ArrayList<>())
                        .add(i);
            }
            byPlace.forEach((place, in) -> cells.add(new Cell(
                    place.stream().mapToInt(Integer::intValue).toArray(),
                    in.stream().mapToInt(Integer::intValue).toArray())));
            // In the order of their first rows, whatever the map's.
            cells.sort(java.util.Comparator.comparingInt(c -> c.rows()[0]));
            this.tree = new CellTree(cells.stream().map(Cell::at).toArray(int[][]::new));
            this.near = new int[cells.size()][];
        }

        private int[] place(double[] row) {
            int[] place = new int[row.length];
            for (int j = 0; j < place.length; j++) {
                place[j] = (int) Math.floor(row[j] / side);
            }
            return place;
        }

        /** Cells of which a row may be within eps of a row of this one, itself left out. */
        int[] near(int cell) {
            if (near[cell] == null) {
                near[cell] = Arrays.stream(tree.within(cells.get(cell).at(), rows[0].length))
                        .filter(c -> c != cell)
                        .toArray();
            }
            return near[cell];
        }

        int[] nearTo(double[] row) {
            return tree.within(place(row), rows[0].length);
        }

        boolean hasNeighbours(int row, int cell, int least) {
            int found = cells.get(cell).rows().length;
            for (int c : near(cell)) {
                for (int other : cells.get(c).rows()) {
                    if (Geometry.squared(rows[row], rows[other]) <= eps * eps && ++found >= least) {
                        return true;
                    }
                }
            }
            return found >= least;
        }

        /** Whether a core row of one cell is within eps of one of the other. */
        boolean touch(int a, int b, boolean[] core) {
            for (int i : cells.get(a).rows()) {
                if (core[i]) {
                    for (int j : cells.get(b).rows()) {
                        if (core[j] && Geometry.squared(rows[i], rows[j]) <= eps * eps) {
                            return true;
                        }
                    }
                }
            }
            return false;
        }
    }
}
