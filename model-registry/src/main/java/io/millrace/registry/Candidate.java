package io.millrace.registry;

import io.millrace.contracts.Identifiers;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained model that is to be registered.
 *
 * @param name       registered model that it is a version of, as in {@code churn}
 * @param params     parameters that the training was given
 * @param metrics    figures on the validation data, those that a {@link Gate} reads among them
 * @param artefact   the model itself, in the bytes that the scorer reads; at least one
 * @param provenance what it was trained from
 */
// Candidates are not compared with each other, so that the array's identity does no harm.
@SuppressWarnings("ArrayRecordComponent")
public record Candidate(
        String name, Map<String, String> params, Map<String, Double> metrics, byte[] artefact, Provenance provenance) {

    public Candidate {
        Identifiers.simple("Model", name);
        if (artefact.length == 0) {
            throw new IllegalArgumentException(
                    "the artefact of " + name + " is empty. Register a model that was trained");
        }
        params = Collections.unmodifiableMap(new TreeMap<>(params));
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }
}
