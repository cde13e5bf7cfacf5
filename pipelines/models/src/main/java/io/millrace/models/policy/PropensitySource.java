package io.millrace.models.policy;

/** Where propensities come from. */
public enum PropensitySource {
    /** They were logged. */
    LOGGED,
    /** Nobody logged them, and the context does not tell the action: each action's share. */
    CONSTANT,
    /** Nobody logged them, and the context tells the action: a model. */
    ESTIMATED
}
