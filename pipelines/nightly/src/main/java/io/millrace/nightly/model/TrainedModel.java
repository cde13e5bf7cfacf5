package io.millrace.nightly.model;

import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import io.millrace.registry.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model that learns from past nights, and scores with the version that has beaten the others. */
public interface TrainedModel extends ScoredModel {

    /** The tables that it learns from. */
    List<String> trainsFrom();

    /** What an older version must have been trained with to be comparable: parameters by name. Another one is no rival. */
    Map<String, String> definition(Settings settings);

    /** How long a version counts as fresh, after which another is trained. */
    Duration retrainAfter(Settings settings);

    /** What a challenger has to show. */
    Gate gate(Settings settings);

    /**
     * Trains a challenger.
     *
     * @param in       the tables of {@link #trainsFrom}, as the night saw them
     * @param champion whose recipe it has to beat, learned from the same rows and measured on the same; empty if there is none that is
     *                 comparable
     */
    Training train(NightTables in, Settings settings, Optional<Champion> champion, long seed);
}
