/** YAML into records, with every problem of a file reported at once and by line. */
package io.millrace.contracts.yaml;
