/** The churn models on a table of the user's own: the trainer of the night without its lake. */
package io.millrace.nightly.churn;
