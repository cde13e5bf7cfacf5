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
 * @param artefact   the model itself, as the scorer reads it
 * @param provenance what it was trained from
 */
public record Candidate(
        String name,
        Map<String, String> params,
        Map<String, Double> metrics,
        Artefact artefact,
        Provenance provenance) {

    public Candidate {
        Identifiers.simple("Model", name);
        params = Collections.unmodifiableMap(new TreeMap<>(params));
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }
}
