/** What each ERP delivers and how it maps to the canonical tables: one folder of YAML and SQL a source system. */
package io.millrace.contracts.source;
