package io.millrace.models.segment;

/** A way to group rows. */
interface Clustering {

    /** A row that belongs to no group. */
    int NONE = -1;

    /** As the figures of an evaluation name it. */
    String name();

    /** Whether it finds the number of groups by itself, and is tried once. */
    default boolean findsItsNumber() {
        return false;
    }

    /**
     * Finds groups.
     *
     * @param rows rows × columns of a common size
     * @param k    groups that are wanted; heeded by those that do not find their own number
     * @param seed of everything that is drawn
     */
    Groups fit(double[][] rows, int k, long seed);

    /** Groups that were found. Safe for use by several threads. */
    interface Groups {

        /** How many there are. */
        int count();

        /** The group of a row, from 0, or {@link #NONE}. */
        int of(double[] row);

        /** The groups of several rows. */
        default int[] of(double[][] rows) {
            int[] groups = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                groups[i] = of(rows[i]);
            }
            return groups;
        }
    }
}
