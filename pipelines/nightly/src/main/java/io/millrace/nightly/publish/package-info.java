/**
 * The ERP staging schema through JDBC: decisions go out in one transaction a batch, and what the ERP decided about
 * them is read back.
 */
package io.millrace.nightly.publish;
