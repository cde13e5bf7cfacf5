/** A past night once more, from what it saw then, beside what it decided. */
package io.millrace.nightly.replay;
