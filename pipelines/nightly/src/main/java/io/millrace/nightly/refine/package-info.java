/** Bronze to silver: mapped, typed, checked, deduplicated, merged. What breaks a rule goes to quarantine. */
package io.millrace.nightly.refine;
