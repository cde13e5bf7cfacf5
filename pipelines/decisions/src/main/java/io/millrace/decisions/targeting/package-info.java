/** Whom to contact tonight, how, under a budget and capacities, and for whom chance decides at a known propensity. */
package io.millrace.decisions.targeting;
