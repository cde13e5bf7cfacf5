/** Extracts to bronze: files with a manifest, tables by JDBC. Every delivered row lands as it was. */
package io.millrace.nightly.ingest;
