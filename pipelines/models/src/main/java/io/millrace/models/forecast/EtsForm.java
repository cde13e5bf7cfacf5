package io.millrace.models.forecast;

/**
 * A form of exponential smoothing in the taxonomy of Hyndman, Koehler, Ord and Snyder, "Forecasting with Exponential
 * Smoothing" (2008).
 *
 * @param errors whether errors grow with the level
 * @param trend  none, straight, or flattening out
 * @param season none, added, or multiplied
 */
record EtsForm(Errors errors, Trend trend, Season season) {

    enum Errors {
        ADDITIVE("A"),
        MULTIPLICATIVE("M");

        private final String letter;

        Errors(String letter) {
            this.letter = letter;
        }
    }

    enum Trend {
        NONE("N"),
        ADDITIVE("A"),
        DAMPED("Ad");

        private final String letter;

        Trend(String letter) {
            this.letter = letter;
        }
    }

    enum Season {
        NONE("N"),
        ADDITIVE("A"),
        MULTIPLICATIVE("M");

        private final String letter;

        Season(String letter) {
            this.letter = letter;
        }
    }

    /** The usual notation, such as {@code ETS(M,Ad,M)}. */
    String notation() {
        return "ETS(" + errors.letter + "," + trend.letter + "," + season.letter + ")";
    }

    boolean hasTrend() {
        return trend != Trend.NONE;
    }

    boolean isDamped() {
        return trend == Trend.DAMPED;
    }

    boolean isSeasonal() {
        return season != Season.NONE;
    }

    /** Whether the form divides by the level or the season, so that it fits series above 0 alone. */
    boolean needsPositive() {
        return errors == Errors.MULTIPLICATIVE || season == Season.MULTIPLICATIVE;
    }

    /** Smoothing parameters: alpha, and beta, phi and gamma where the form has them. */
    int smoothingParameters() {
        return 1 + (hasTrend() ? 1 : 0) + (isDamped() ? 1 : 0) + (isSeasonal() ? 1 : 0);
    }

    /** What is estimated in all: smoothing parameters, first states and the variance of the errors. */
    int parameters(int seasonality) {
        return smoothingParameters() + 1 + (hasTrend() ? 1 : 0) + (isSeasonal() ? seasonality - 1 : 0) + 1;
    }
}
