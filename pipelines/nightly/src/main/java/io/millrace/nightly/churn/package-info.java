/** Who stops buying: the model of the night, and its trainer on a table of the user's own. */
package io.millrace.nightly.churn;
