package io.millrace.decisions.reorder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A plan as ceilings leave it.
 *
 * @param lines   every decision of the plan, in its order
 * @param refusal why the plan as a whole goes nowhere; empty if it may go
 */
public record PlanReview(List<Line> lines, Optional<String> refusal) {

    /**
     * A decision and what a ceiling says about it.
     *
     * @param decision   the decision, its quantity as it was planned
     * @param heldReason why it is held; empty if it may go
     */
    public record Line(ReorderDecision decision, Optional<String> heldReason) {}

    /** Keeps its own copy. */
    public PlanReview {
        lines = List.copyOf(lines);
    }

    /**
     * Holds what is beyond the ceilings of a line, and then looks at what is left as a whole.
     *
     * @param past         what is known of a line's product
     * @param companySales what the company sells for in a year
     * @param doubts       what speaks against a line whatever its size, as a row of its product that could not be read; empty
     *                     where nothing does
     * @param released     lines that a person has let go, whatever speaks against them
     */
    public static PlanReview of(
            ReorderPlan plan,
            OrderCeilings ceilings,
            Function<ReorderLine, PastTrade> past,
            double companySales,
            Function<ReorderLine, Optional<String>> doubts,
            Predicate<ReorderLine> released) {
        List<Line> lines = new ArrayList<>();
        for (ReorderDecision decision : plan.decisions()) {
            lines.add(new Line(
                    decision,
                    released.test(decision.line())
                            ? Optional.empty()
                            : doubts.apply(decision.line())
                                    .or(() -> ceilings.breach(decision, past.apply(decision.line())))));
        }
        List<ReorderDecision> orders = lines.stream()
                .filter(line -> line.heldReason().isEmpty())
                .map(Line::decision)
                .filter(decision -> decision.orderQuantity() > 0)
                .toList();
        return new PlanReview(lines, ceilings.breachOfPlan(orders, companySales));
    }

    /** The same where what the plan rests on speaks against all of it. @param why as the middle of a sentence */
    public PlanReview refused(String why) {
        return new PlanReview(lines, refusal.or(() -> Optional.of(why)));
    }

    /** The same where a person has let the plan go as a whole; lines that are held stay held. */
    public PlanReview released() {
        return new PlanReview(lines, Optional.empty());
    }

    /** Lines that are held. */
    public long linesHeld() {
        return lines.stream().filter(line -> line.heldReason().isPresent()).count();
    }

    /** What the held lines would cost. */
    public double heldValue() {
        return lines.stream()
                .filter(line -> line.heldReason().isPresent())
                .mapToDouble(line -> line.decision().orderValue())
                .sum();
    }
}
