/** What a policy of contacts is worth, told from a log of contacts: estimators, learners and the gate between them. */
package io.millrace.models.policy;
