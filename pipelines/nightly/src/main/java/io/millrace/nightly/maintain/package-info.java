/** Keeps the lake small over the years, without a row that changes. */
package io.millrace.nightly.maintain;
