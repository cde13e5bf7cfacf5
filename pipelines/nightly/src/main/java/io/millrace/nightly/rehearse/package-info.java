/** A mapping tried on a few rows: a night of them in a lake of its own, and what came out otherwise than expected. */
package io.millrace.nightly.rehearse;
