/** Rows that are unlike the others: members that each see another kind of strangeness, and what they say together. */
package io.millrace.models.anomaly;
