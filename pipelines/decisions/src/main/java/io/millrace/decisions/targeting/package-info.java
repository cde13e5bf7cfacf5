/** Whom to contact tonight, under a budget, with a control group held back at a known propensity. */
package io.millrace.decisions.targeting;
