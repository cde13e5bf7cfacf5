/** Scores to decisions: what a decision is, and the stage that all of them share. */
package io.millrace.nightly.decide;
