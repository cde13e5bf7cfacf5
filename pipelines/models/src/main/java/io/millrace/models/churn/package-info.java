/** Models of a customer's leaving: what they are fitted on, how they are chosen and calibrated, and how they explain a score. */
package io.millrace.models.churn;
