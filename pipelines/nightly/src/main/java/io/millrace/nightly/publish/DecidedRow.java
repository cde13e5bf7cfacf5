package io.millrace.nightly.publish;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What the ERP decided about a published decision.
 *
 * @param kind         which table held it
 * @param decisionId   the decision
 * @param batchId      the batch that carried it
 * @param businessDate the night that published it
 * @param state        ACCEPTED or REJECTED
 * @param stateReason  the ERP's own words, or null
 * @param decidedAt    when, as the ERP wrote it in UTC, or null
 */
public record DecidedRow(
        BatchKind kind,
        String decisionId,
        String batchId,
        LocalDate businessDate,
        RowState state,
        String stateReason,
        Instant decidedAt) {}
