/** The lake in a Java notebook: queries, tables and plots in a line each. It only reads. */
package io.millrace.notebooks;
