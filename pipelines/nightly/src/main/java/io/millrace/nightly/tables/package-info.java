/** What a model or a decision reads and writes: the tables of its night, and rows that hold to a contract. */
package io.millrace.nightly.tables;
