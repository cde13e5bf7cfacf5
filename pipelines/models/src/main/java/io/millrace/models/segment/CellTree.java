package io.millrace.models.segment;

import java.util.Arrays;

/** Cells of a grid in a k-d tree, found by the least distance that rows of two of them can have. */
final class CellTree {

    private final int[][] places;
    private final int[] order;

    CellTree(int[][] places) {
        this.places = places;
        this.order = new int[places.length];
        Arrays.setAll(order, i -> i);
        build(0, order.length, 0);
    }

    private void build(int from, int to, int column) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        select(from, to, middle, column);
        int next = (column + 1) % places[0].length;
        build(from, middle, next);
        build(middle + 1, to, next);
    }

    /** Puts the median in its place, lesser ones before it (Hoare's selection). */
    private void select(int from, int to, int place, int column) {
        int low = from;
        int high = to - 1;
        while (low < high) {
            int pivot = places[order[(low + high) >>> 1]][column];
            int i = low;
            int j = high;
            while (i <= j) {
                while (places[order[i]][column] < pivot) {
                    i++;
                }
                while (places[order[j]][column] > pivot) {
                    j--;
                }
                if (i <= j) {
                    int swapped = order[i];
                    order[i++] = order[j];
                    order[j--] = swapped;
                }
            }
            if (place <= j) {
                high = j;
            } else if (place >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    /**
     * Cells whose gap to a place is less than so many squared sides: for each column, how many whole cells lie between.
     *
     * @param width squared distance, in sides of a cell: the number of columns, where the diagonal is the distance
     */
    int[] within(int[] place, int width) {
        Search search = new Search(place, width);
        search.visit(0, order.length, 0);
        return Arrays.copyOf(search.found, search.count);
    }

    private final class Search {

        private final int[] place;
        private final int width;
        private int[] found = new int[32];
        private int count;

        Search(int[] place, int width) {
            this.place = place;
            this.width = width;
        }

        void visit(int from, int to, int column) {
            if (from >= to) {
                return;
            }
            int middle = (from + to) >>> 1;
            int cell = order[middle];
            if (gap(places[cell]) <= width) {
                found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                found[count++] = cell;
            }
            int next = (column + 1) % place.length;
            long between = (long) place[column] - places[cell][column];
            // Equal values may be on either side.
            if (between <= 0 || square(between - 1) <= width) {
                visit(from, middle, next);
            }
            if (between >= 0 || square(-between - 1) <= width) {
                visit(middle + 1, to, next);
            }
        }

        private long gap(int[] other) {
            long sum = 0;
            for (int j = 0; j < place.length; j++) {
                sum += square(Math.max(0, Math.abs((long) place[j] - other[j]) - 1));
            }
            return sum;
        }

        private static long square(long value) {
            return value * value;
        }
    }
}
