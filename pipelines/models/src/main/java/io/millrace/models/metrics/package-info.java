/** How good a classifier's scores or a forecast are, how rows are split to find out, and how scores become probabilities. */
package io.millrace.models.metrics;
