/** Decisions in plain Java: each takes a problem record and an options record and returns a plan record beside its baseline. */
package io.millrace.decisions;
