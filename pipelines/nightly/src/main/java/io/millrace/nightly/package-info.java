/** The night: one package a stage, in the order in which data flows. */
package io.millrace.nightly;
