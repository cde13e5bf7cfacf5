/** The morning page: what a section of it is, the stage that writes it, and the sections that belong to no model or decision. */
package io.millrace.nightly.report;
