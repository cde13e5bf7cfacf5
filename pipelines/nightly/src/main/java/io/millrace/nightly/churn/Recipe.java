package io.millrace.nightly.churn;

import io.millrace.models.churn.ModelKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a churn model is made.
 *
 * @param kind     what it is made of
 * @param learns   whether from recency alone or from every feature
 */
record Recipe(ModelKind kind, Learns learns) {

    /** Which features a model sees. */
    enum Learns {
        /** The longer since the last purchase, the likelier: what is believed while nothing else is surely better. */
        RECENCY,
        EVERYTHING;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a company has that is too small for anything else to show. */
    static final Recipe RECENCY = new Recipe(ModelKind.LOGISTIC_REGRESSION, Learns.RECENCY);

    /** From every feature, one of each kind. */
    static List<Recipe> full() {
        return Stream.of(ModelKind.values())
                .map(kind -> new Recipe(kind, Learns.EVERYTHING))
                .toList();
    }

    /** Of a version from before there were blends: the mean of two learners. */
    private static final String AVERAGE = "average";

    /**
     * The recipe that a version was made by, as {@link #params} wrote it; older ones learned from everything. What was an
     * average is a blend now, of which the average is one.
     */
    static Recipe of(Map<String, String> params) {
        String kind = params.get("kind");
        return new Recipe(
                kind.equals(AVERAGE) ? ModelKind.BLEND : ModelKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                Learns.valueOf(params.getOrDefault("learns_from", Learns.EVERYTHING.label())
                        .toUpperCase(Locale.ROOT)));
    }

    Map<String, String> params() {
        return Map.of("kind", kind.label(), "learns_from", learns.label());
    }

    /** In metrics and notes: {@code recency}, or the kind. */
    String label() {
        return this.equals(RECENCY) ? learns.label() : kind.label();
    }
}
