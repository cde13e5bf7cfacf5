/** Whom to contact, and whom to leave alone to learn from. */
package io.millrace.nightly.campaign;
