package io.millrace.nightly.explain;

import java.util.List;
import java.util.Map;

/**
 * Why a decision is what it is.
 *
 * @param decisionId its identifier
 * @param decision   the word for its kind, as in {@code reorder}
 * @param about      what is decided
 * @param date       the business date of the night that decided, as in 2026-02-28
 * @param decided    the decision itself: a row of gold
 * @param published  the line that the ERP got and what became of it; empty if there is none
 * @param restsOn    what the decision was made from, what that was made from, and so on down to what was delivered
 */
public record Explanation(
        String decisionId,
        String decision,
        String about,
        String date,
        Evidence decided,
        Map<String, String> published,
        List<Evidence> restsOn) {}
