package io.millrace.models.policy;

/**
 * Propensities of the rows that are learned from and of those that are held out.
 *
 * @param learned of the actions that were taken, one a row that is learned from
 * @param held    of the actions that were taken, one a row that is held out
 * @param clipped whether one of {@code held} was raised
 * @param told    of every action, for the rows that are held out, if they are estimated; else of no length
 */
@SuppressWarnings("ArrayRecordComponent")
record Propensities(double[] learned, double[] held, boolean[] clipped, double[][] told) {

    /** Estimated ones are at least {@link PolicyEvaluation#TINY}; shares and logged ones stay what they are. */
    static Propensities of(PropensitySource source, ContactLog others, ContactLog held, Folds inner, long seed) {
        return switch (source) {
            case LOGGED ->
                new Propensities(others.propensities(), held.propensities(), new boolean[held.size()], new double[0][]);
            case CONSTANT -> {
                double[] shares = others.shares();
                yield new Propensities(
                        shares(others, shares), shares(held, shares), new boolean[held.size()], new double[0][]);
            }
            case ESTIMATED -> {
                PropensityModel model = PropensityModel.fit(others, inner, seed);
                double[][] told = model.of(held.rows());
                double[] ofHeld = ofTaken(held, told);
                boolean[] clipped = new boolean[ofHeld.length];
                for (int i = 0; i < clipped.length; i++) {
                    clipped[i] = ofHeld[i] < PolicyEvaluation.TINY;
                }
                yield new Propensities(raised(ofTaken(others, model.outOfFold())), raised(ofHeld), clipped, told);
            }
        };
    }

    private static double[] shares(ContactLog log, double[] shares) {
        double[] of = new double[log.size()];
        for (int i = 0; i < of.length; i++) {
            of[i] = log.taken()[i] == ContactLog.OTHER ? 1 : shares[log.taken()[i]];
        }
        return of;
    }

    /** 1 for an action that is not judged, because it weighs nothing. */
    private static double[] ofTaken(ContactLog log, double[][] told) {
        double[] of = new double[log.size()];
        for (int i = 0; i < of.length; i++) {
            of[i] = log.taken()[i] == ContactLog.OTHER ? 1 : told[i][log.taken()[i]];
        }
        return of;
    }

    private static double[] raised(double[] propensities) {
        double[] raised = propensities.clone();
        for (int i = 0; i < raised.length; i++) {
            raised[i] = Math.max(raised[i], PolicyEvaluation.TINY);
        }
        return raised;
    }

    /** Whether the log hardly ever takes the chosen action in the context of a held-out row, as far as it is estimated. */
    boolean[] unsupported(int[] choice) {
        boolean[] unsupported = new boolean[held.length];
        for (int i = 0; i < unsupported.length; i++) {
            unsupported[i] = told.length > 0 && told[i][choice[i]] < PolicyEvaluation.TINY;
        }
        return unsupported;
    }
}
