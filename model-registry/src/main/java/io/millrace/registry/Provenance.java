package io.millrace.registry;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model was trained from, enough to train it again.
 *
 * @param businessDate the night that it was trained for
 * @param runId        run that trained it
 * @param codeVersion  version of Millrace that trained it
 * @param seed         seed of the training's random numbers
 * @param dataVersions tables trained on → their Delta versions
 */
public record Provenance(
        LocalDate businessDate, String runId, String codeVersion, long seed, Map<String, Long> dataVersions) {

    public Provenance {
        if (businessDate == null || runId == null || runId.isBlank() || codeVersion == null || codeVersion.isBlank()) {
            throw new IllegalArgumentException(
                    "a model needs business date, run and code version, and has %s, '%s' and '%s'. Pass those of the run"
                            .formatted(businessDate, runId, codeVersion));
        }
        dataVersions = Collections.unmodifiableMap(new TreeMap<>(dataVersions));
    }
}
