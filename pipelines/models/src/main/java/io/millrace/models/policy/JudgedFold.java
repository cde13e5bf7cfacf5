package io.millrace.models.policy;

/**
 * What the other folds say of the rows of one.
 *
 * @param places            of its rows in the log
 * @param expected          rewards: one array a row, one value an action
 * @param propensities      of the actions that were taken
 * @param clipped           whether a propensity was raised
 * @param unsupported       whether the log hardly ever takes the action of the policy in such a context
 * @param singleUnsupported the same of the best single action
 * @param policy            that was learned
 * @param choice            what it takes
 */
@SuppressWarnings("ArrayRecordComponent")
record JudgedFold(
        int[] places,
        double[][] expected,
        double[] propensities,
        boolean[] clipped,
        boolean[] unsupported,
        boolean[] singleUnsupported,
        LearnedPolicy policy,
        int[] choice) {}
