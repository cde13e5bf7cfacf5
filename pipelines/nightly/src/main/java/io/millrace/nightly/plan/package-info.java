/** What the night does, in which order, and what it remembers of it: stages, runner, ledger, lock. */
package io.millrace.nightly.plan;
