/** Customer segments: who is like whom. */
package io.millrace.nightly.segment;
