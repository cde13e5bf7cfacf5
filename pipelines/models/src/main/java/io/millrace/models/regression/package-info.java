/** What numbers are told by: lines that bend, and trees. */
package io.millrace.models.regression;
