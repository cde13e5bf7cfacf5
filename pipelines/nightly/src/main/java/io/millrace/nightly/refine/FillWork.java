package io.millrace.nightly.refine;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.Fill;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Volume;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One fill with the extracts that it has to take. */
record FillWork(FillTask task, Fill fill, String source, List<Extract> extracts, Map<String, Collection<String>> also) {

    void run(Night night, RefineStage.Books books) {
        extracts.forEach(e -> {
            requireUsual(night, e);
            requireColumns(night, e);
        });
        for (List<Extract> batch : batches(night)) {
            Extract last = batch.isEmpty() ? null : batch.get(batch.size() - 1);
            boolean removes = last != null && !fill.derived() && removes(night, last);
            FillTask.Filled filled = task.run(
                    batch,
                    also,
                    removes ? FillTask.removal(source, last) : null,
                    isLast(night, last),
                    removes ? parts(night, batch) : List.of(),
                    later(night, batch));
            books.note(task.table(), filled, batch, fill.derived());
        }
    }

    private void requireUsual(Night night, Extract e) {
        Volume volume = night.settings().sources().get(source).volume();
        if (!e.mode().equals("delta") || e.initial() || volume.isAccepted(e.table())) {
            return;
        }
        List<Long> before = night.ledger().extracts().stream()
                .filter(o -> o.source().equals(source)
                        && o.table().equals(e.table())
                        && o.mode().equals("delta"))
                .filter(o -> o.state() == Extract.State.REFINED && !o.initial() && o.delivery() < e.delivery())
                .sorted(Comparator.comparingLong(Extract::delivery).reversed())
                .limit(Volume.LOOKED_BACK)
                .map(Extract::rowsBronze)
                .toList();
        if (volume.isTooLarge(before, e.rowsBronze())) {
            throw Failure.data(volume.tooLarge(source + "." + e.table(), before, e.rowsBronze()));
        }
    }

    /** A column that has another name now, by mistake or not, would have its values stay as they were from then on. */
    private void requireColumns(Night night, Extract e) {
        Volume volume = night.settings().sources().get(source).volume();
        boolean isReplaced =
                extracts.stream().anyMatch(o -> o.location().equals(e.location()) && o.delivery() > e.delivery());
        if (e.absent() == null || e.drift() == null || isReplaced || volume.isAccepted(e.table())) {
            return;
        }
        Extract before = night.ledger().extracts().stream()
                .filter(o -> o.source().equals(source) && o.table().equals(e.table()) && o.delivery() < e.delivery())
                .filter(o -> o.state() == Extract.State.REFINED)
                .max(Comparator.comparingLong(Extract::delivery))
                .orElse(null);
        if (before == null || before.absent() == null) {
            return;
        }
        Set<String> vanished = Vanished.columns(e.absent());
        vanished.removeAll(Vanished.columns(before.absent()));
        vanished.removeIf(
                column -> night.settings().sources().get(source).gone().contains(e.table() + "." + column));
        Set<String> unknown = Vanished.columns(e.drift());
        unknown.removeAll(before.drift() == null ? Set.of() : Vanished.columns(before.drift()));
        if (!vanished.isEmpty() && !unknown.isEmpty()) {
            throw Failure.data(volume.renamed(source + "." + e.table(), vanished, String.join(", ", unknown)));
        }
    }

    /** False if a full delivery of a later date waits too. */
    private boolean isLast(Night night, Extract full) {
        return full == null
                || extracts.stream()
                        .noneMatch(e -> e.mode().equals("full")
                                && e.businessDate().compareTo(full.businessDate()) > 0
                                && removes(night, e));
    }

    /** Extracts of later dates that were taken in before a batch: those that it comes too late for. */
    private List<Extract> later(Night night, List<Extract> batch) {
        if (batch.isEmpty()
                || fill.derived()
                || night.systems().get(source).tables().get(fill.from()).key().isEmpty()) {
            return List.of();
        }
        String date = batch.get(0).businessDate();
        return night.ledger().extracts().stream()
                .filter(o -> o.source().equals(source) && o.table().equals(fill.from()))
                .filter(o ->
                        o.state() == Extract.State.REFINED && o.businessDate().compareTo(date) > 0)
                .toList();
    }

    /**
     * A full delivery removes, and a late one is seen beside what came after it, so deliveries of several dates are merged one date
     * after the other there.
     */
    private List<List<Extract>> batches(Night night) {
        if (extracts.stream()
                .noneMatch(e -> removes(night, e) || !later(night, List.of(e)).isEmpty())) {
            return List.of(extracts);
        }
        return List.copyOf(extracts.stream()
                .collect(Collectors.groupingBy(Extract::businessDate, TreeMap::new, Collectors.toList()))
                .values());
    }

    /**
     * Files of the same table and date that were taken in before: a delivery may come in parts, and one that is
     * delivered anew says nothing of what the others hold. A file takes the place of the one before it at its path.
     */
    private static Collection<String> parts(Night night, List<Extract> batch) {
        Extract any = batch.get(0);
        Set<String> replaced = batch.stream().map(Extract::location).collect(Collectors.toSet());
        Map<String, Extract> latest = new HashMap<>();
        night.ledger().extracts().stream()
                .filter(e -> e.source().equals(any.source()) && e.table().equals(any.table()))
                .filter(e -> e.businessDate().equals(any.businessDate()) && e.state() == Extract.State.REFINED)
                .filter(e -> !e.mode().equals("delta") && !replaced.contains(e.location()))
                .forEach(e -> latest.merge(e.location(), e, (a, b) -> a.delivery() > b.delivery() ? a : b));
        return latest.values().stream().map(Extract::id).toList();
    }

    /** A full delivery of which nothing later was taken in before, or a slice of a date that was. */
    private boolean removes(Night night, Extract e) {
        if (e.mode().equals("delta")) {
            return false;
        }
        List<Extract> earlier = night.ledger().extracts().stream()
                .filter(o -> o.source().equals(source) && o.table().equals(e.table()) && !o.id().equals(e.id()))
                .filter(o -> o.state() == Extract.State.REFINED || o.state() == Extract.State.LANDED)
                .filter(o -> o.delivery() < e.delivery() && !o.location().isEmpty())
                .toList();
        return e.mode().equals("slice")
                ? earlier.stream().anyMatch(o -> o.businessDate().equals(e.businessDate()))
                : earlier.stream().noneMatch(o -> o.businessDate().compareTo(e.businessDate()) > 0);
    }
}
