/** Tables of a user's, as the tasks of {@code evaluate} read them. */
package io.millrace.nightly.evaluate;
