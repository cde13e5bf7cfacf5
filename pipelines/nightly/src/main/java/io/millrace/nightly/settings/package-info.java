/** The configuration of a night, read from the commented default and its overlays. */
package io.millrace.nightly.settings;
