/** The only code that reads and writes tables: Delta on Spark, contracts enforced, registered in a Hive metastore. */
package io.millrace.lake;
