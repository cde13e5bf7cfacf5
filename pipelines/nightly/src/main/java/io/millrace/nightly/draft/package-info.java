/** A first description of a source, guessed from files that it delivers, with what was guessed and what is left open. */
package io.millrace.nightly.draft;
