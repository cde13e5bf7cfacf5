/** Silver to features: each view materialised as of the business date. */
package io.millrace.nightly.features;
