package io.millrace.features;

import io.millrace.contracts.ColumnContract;

/**
 * A column computed from the view's other features.
 *
 * @param column name, type, unit and description
 * @param sql    expression over the key, {@code as_of}, the features and the derived features before this one
 */
public record DerivedFeature(ColumnContract column, String sql) {}
