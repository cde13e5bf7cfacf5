package io.millrace.nightly.report;

import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.StageRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * How much a night took in and how long its stages worked, as the ledger has it.
 *
 * @param delivered   rows of the extracts that its runs took in
 * @param quarantined of these, the rows in quarantine
 * @param seconds     of its stages as each ended last, added up
 */
record NightBook(LocalDate date, double delivered, double quarantined, double seconds) {

    /** Nights up to a date that did something, of so many days, the newest last. */
    static List<NightBook> of(Ledger ledger, LocalDate last, int days) {
        List<NightBook> books = new ArrayList<>();
        for (LocalDate date = last.minusDays(days - 1L); !date.isAfter(last); date = date.plusDays(1)) {
            String day = date.toString();
            double seconds = ledger.done(day).stream()
                    .filter(s -> !NightState.BESIDE.contains(s.stage()))
                    .mapToDouble(StageRecord::seconds)
                    .sum();
            List<Extract> extracts = ledger.extracts().stream()
                    .filter(e -> e.runId() != null && e.runId().startsWith(day + "-"))
                    .filter(e -> e.state() == Extract.State.REFINED)
                    .toList();
            if (seconds > 0 || !extracts.isEmpty()) {
                books.add(new NightBook(
                        date,
                        extracts.stream().mapToLong(Extract::rowsDelivered).sum(),
                        extracts.stream().mapToLong(Extract::rowsQuarantined).sum(),
                        seconds));
            }
        }
        return books;
    }
}
