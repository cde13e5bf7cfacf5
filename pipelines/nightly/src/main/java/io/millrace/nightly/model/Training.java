package io.millrace.nightly.model;

import io.millrace.registry.Artefact;
import java.util.Map;

/** What came of a training. */
public sealed interface Training {

    /** Rows that it looked at. */
    long rows();

    /**
     * A model that may become champion.
     *
     * @param params   how it was made, its {@linkplain TrainedModel#definition definition} among them
     * @param metrics  measured figures by name, for whoever looks at a version
     * @param evidence what the gate judges by
     * @param artefact what says by itself how it is read: bytes, or a file or folder
     * @param about    how it was made, in a few words
     */
    record Challenger(
            long rows,
            Map<String, String> params,
            Map<String, Double> metrics,
            Evidence evidence,
            Artefact artefact,
            String about)
            implements Training {}

    /** No model, because something is missing that later nights may have. */
    record NotYet(long rows, String reason) implements Training {}
}
