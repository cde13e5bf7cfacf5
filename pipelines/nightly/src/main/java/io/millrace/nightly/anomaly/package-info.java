/** Anomalies: what is unlike the rest of its kind. */
package io.millrace.nightly.anomaly;
