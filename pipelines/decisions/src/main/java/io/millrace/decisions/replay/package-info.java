/** Policies side by side on days that happened: decided with what was known, carried forward, and paid for. */
package io.millrace.decisions.replay;
