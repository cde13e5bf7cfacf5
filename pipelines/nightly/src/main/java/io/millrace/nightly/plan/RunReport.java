package io.millrace.nightly.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How a run ended, for whoever is told.
 *
 * @param outcome what a person has to know first
 * @param run     the run, with the stages that were not started and why
 * @param stages  every stage of the run
 */
public record RunReport(Outcome outcome, RunRecord run, List<StageRecord> stages) {

    /** How much of a run is there. */
    public enum Outcome {
        /** All of it. */
        @JsonProperty("success")
        SUCCESS,
        /** A part of it is missing, and another reached its end. */
        @JsonProperty("partial")
        PARTIAL,
        /** Nothing reached its end. */
        @JsonProperty("failure")
        FAILURE
    }
}
