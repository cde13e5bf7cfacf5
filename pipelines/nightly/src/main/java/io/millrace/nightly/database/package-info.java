/** Reaching databases: how long is waited, what is tried again, and what an error may say. */
package io.millrace.nightly.database;
