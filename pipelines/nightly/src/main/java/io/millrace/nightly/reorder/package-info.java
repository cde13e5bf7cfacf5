/** What to order from whom, and the policy behind it. */
package io.millrace.nightly.reorder;
