package io.millrace.models.policy;

/** A way to learn by how much each action is better than the reference, in a context. */
interface UpliftLearner {

    /** What has been learned. */
    interface Uplift {
        /**
         * By how much each action is better, below 0 if it is worse.
         *
         * @param rows     contexts
         * @param expected what a reward model expects of each action there, which some learners use
         * @return one array a row, one value an action, 0 for the reference
         */
        double[][] of(double[][] rows, double[][] expected);
    }

    /** In words, with source. */
    String name();

    Uplift fit(Lesson lesson);
}
