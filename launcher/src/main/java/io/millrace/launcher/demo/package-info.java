/**
 * The simulated company of {@code millrace demo}: its life day by day, its extracts, its ERP database and the truth
 * kept aside.
 */
package io.millrace.launcher.demo;
