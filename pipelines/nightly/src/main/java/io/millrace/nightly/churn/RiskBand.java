package io.millrace.nightly.churn;

import java.util.Locale;

/** How likely a customer is to leave beside the usual customer of the training. */
enum RiskBand {
    LOW,
    MEDIUM,
    HIGH;

    /** Odds that are this many times the usual ones are high. Odds, because a probability cannot double beyond 1. */
    static final double HIGH_ODDS = 2;

    /** Below the base rate is low, from twice its odds on high, and between them medium. */
    static RiskBand of(double probability, double baseRate) {
        if (probability < baseRate) {
            return LOW;
        }
        return odds(probability) < HIGH_ODDS * odds(baseRate) ? MEDIUM : HIGH;
    }

    private static double odds(double probability) {
        return probability / (1 - probability);
    }

    /** As in tables: {@code high}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
