package io.millrace.nightly.refine;

import io.millrace.contracts.Failure;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import io.millrace.lake.Removal;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.settings.Volume;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest full delivery of each table that a SELECT looks something up in: a row that is older, and not in it, was deleted. One that
 * would take away more than is believed takes away nothing, as for the tables that drive.
 */
final class FullDeliveries {

    private final Night night;
    private final String source;
    private final SourceSystem system;
    private final Map<String, LocalDate> newest = new HashMap<>();
    private final Map<Extract, Failure> unbelieved = new LinkedHashMap<>();

    /** @param pending extracts that have landed and are not refined yet */
    FullDeliveries(Night night, String source, SourceSystem system, List<Extract> pending) {
        this.night = night;
        this.source = source;
        this.system = system;
        night.ledger().extracts().stream()
                .filter(e -> e.state() == Extract.State.REFINED && isFull(e))
                .forEach(this::note);
        Map<String, LocalDate> before = Map.copyOf(newest);
        pending.stream().filter(this::isFull).forEach(e -> {
            if (!before.containsKey(e.table()) || isBelieved(e, before, pending)) {
                note(e);
            }
        });
    }

    private boolean isFull(Extract e) {
        return e.source().equals(source)
                && e.mode().equals("full")
                && e.businessDate().compareTo(night.date().toString()) <= 0
                && system.isLookedUp(e.table());
    }

    private void note(Extract e) {
        newest.merge(e.table(), LocalDate.parse(e.businessDate()), (a, b) -> a.isAfter(b) ? a : b);
    }

    private boolean isBelieved(Extract e, Map<String, LocalDate> before, List<Extract> pending) {
        SourceTable table = system.tables().get(e.table());
        Volume volume = night.settings().sources().get(source).volume();
        if (table.key().isEmpty() || volume.isAccepted(e.table())) {
            return true;
        }
        List<String> fresh = pending.stream().map(Extract::id).toList();
        Removal.Extent extent = new SourceViews(night.lake(), source, system, before, Vanished.NOTHING)
                .extent(e.table(), LocalDate.parse(e.businessDate()), fresh);
        if (!volume.isTooMuch(extent.there(), extent.gone())) {
            return true;
        }
        unbelieved.put(e, Failure.data(volume.tooMuch(source + "." + e.table(), extent.there(), extent.gone())));
        return false;
    }

    /** Table → its date. */
    Map<String, LocalDate> newest() {
        return Map.copyOf(newest);
    }

    /** Deliveries that are held, each with the reason; those of tables that drive a fill are held by it. */
    Map<Extract, Failure> unbelieved() {
        Map<Extract, Failure> only = new LinkedHashMap<>(unbelieved);
        only.keySet()
                .removeIf(e -> system.fills().values().stream()
                        .anyMatch(fill -> fill.from().equals(e.table()) && !fill.derived()));
        return only;
    }
}
