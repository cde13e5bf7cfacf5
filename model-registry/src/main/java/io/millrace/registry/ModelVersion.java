package io.millrace.registry;

import java.time.Instant;
import java.util.Map;

/**
 * A registered version of a model; never changed once registered.
 *
 * @param name          registered model
 * @param version       1, 2, 3 ... within the model
 * @param createdAt     when it was registered
 * @param params        parameters that the training was given
 * @param metrics       figures on the validation data, see {@link Candidate}
 * @param artefactHash  SHA-256 of the artefact in hexadecimal
 * @param artefactBytes size of the artefact
 * @param provenance    what it was trained from
 */
public record ModelVersion(
        String name,
        int version,
        Instant createdAt,
        Map<String, String> params,
        Map<String, Double> metrics,
        String artefactHash,
        long artefactBytes,
        Provenance provenance) {

    /** Name and version, as in {@code churn/3}. */
    public String id() {
        return name + "/" + version;
    }

    /** A figure on the validation data. @throws IllegalArgumentException where the version has no such figure */
    public double metric(String metric) {
        Double value = metrics.get(metric);
        if (value == null) {
            throw new IllegalArgumentException("%s has no metric '%s' but %s. Measure it before asking for promotion"
                    .formatted(id(), metric, metrics.keySet()));
        }
        return value;
    }
}
