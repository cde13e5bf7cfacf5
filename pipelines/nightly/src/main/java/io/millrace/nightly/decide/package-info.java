/** Scores to decisions: what to order and whom to contact, each priced beside what would happen without it. */
package io.millrace.nightly.decide;
