/** What each table is: columns, keys, units, PII tags and rules, read from YAML and checked as a whole. */
package io.millrace.contracts;
