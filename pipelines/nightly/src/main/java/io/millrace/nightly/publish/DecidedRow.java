package io.millrace.nightly.publish;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

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
 * @param content      what the decision said, by column in the order of {@link BatchKind#columns}
 */
public record DecidedRow(
        BatchKind kind,
        String decisionId,
        String batchId,
        LocalDate businessDate,
        RowState state,
        String stateReason,
        Instant decidedAt,
        Map<String, Object> content) {}
