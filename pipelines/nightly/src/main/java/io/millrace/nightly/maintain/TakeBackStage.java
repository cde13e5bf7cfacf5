package io.millrace.nightly.maintain;

import io.millrace.contracts.Shape;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.RunRecord;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.publish.StagingPublisher;
import io.millrace.nightly.publish.StagingSchema;
import io.millrace.nightly.refine.RemapStage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes back what nights of the future took in and decided, so that the next night of a date that has come goes on as if they had never been: what
 * they took in is refused afterwards and gone from bronze, silver is mapped anew without it, what they scored and decided goes, and what they
 * published is superseded. Each step can be done again; the same command does the rest of one that was killed.
 */
public final class TakeBackStage implements Stage {

    private static final String TAKEN_BACK = "taken back: its night had not come";

    private final LocalDate from;
    private final List<String> report = new ArrayList<>();

    /** @param from first business date that is taken back */
    public TakeBackStage(LocalDate from) {
        this.from = from;
    }

    /**
     * The night that takes back: the newest before {@code from} of which anything is known. Its own rows may have been taken in by one of those that are
     * taken back.
     *
     * @return empty if nothing is known of a date before
     */
    public static Optional<LocalDate> before(Ledger ledger, LocalDate from) {
        return Stream.concat(
                        ledger.runs().stream().map(RunRecord::businessDate),
                        ledger.extracts().stream().map(Extract::businessDate))
                .filter(date -> date.compareTo(from.toString()) < 0)
                .max(String::compareTo)
                .map(LocalDate::parse);
    }

    @Override
    public String name() {
        return "take-back";
    }

    @Override
    public String about() {
        return "take back what nights of the future recorded";
    }

    @Override
    public List<String> reads() {
        return List.of();
    }

    @Override
    public List<String> writes() {
        return List.of("bronze.*", "silver.*", "features.*", "gold.*", "ops.quarantine");
    }

    @Override
    public String heeds(Night night) {
        return from.toString();
    }

    /** What was taken back, or would be: a line for each table that was taken in, and for what is published. */
    public List<String> report() {
        return List.copyOf(report);
    }

    /** Fills {@link #report} without changing anything. */
    public void look(Night night) {
        look(night, byTable(night));
    }

    private void look(Night night, Map<String, List<Extract>> byTable) {
        byTable.forEach((table, extracts) -> report.add("%s: %,d rows of %s"
                .formatted(
                        table,
                        extracts.stream().mapToLong(Extract::rowsBronze).sum(),
                        extracts.stream()
                                .map(Extract::businessDate)
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", ")))));
        night.ledger().runs().stream()
                .filter(run -> run.businessDate().compareTo(from.toString()) >= 0)
                .forEach(run -> report.add("run %s: %s".formatted(run.runId(), run.command())));
    }

    private Map<String, List<Extract>> byTable(Night night) {
        return night.ledger().extracts().stream()
                .filter(e -> e.businessDate().compareTo(from.toString()) >= 0)
                .filter(e -> switch (e.state()) {
                    case ACCEPTED, LANDED, REFINED -> true;
                    // By this stage, which was killed then.
                    case REFUSED -> TAKEN_BACK.equals(e.reason());
                    case DUPLICATE -> false;
                })
                .collect(Collectors.groupingBy(e -> e.source() + "." + e.table(), TreeMap::new, Collectors.toList()));
    }

    @Override
    public Outcome run(Night night) {
        Map<String, List<Extract>> extracts = byTable(night);
        look(night, extracts);
        extracts.values().forEach(taken -> takeBack(night, taken));
        new TreeSet<>(extracts.values().stream()
                        .map(taken -> taken.get(0).source())
                        .toList())
                .forEach(source -> {
                    if (night.systems().containsKey(source)) {
                        RemapStage remap = RemapStage.remap(source, null);
                        remap.run(night);
                        report.addAll(remap.report());
                    }
                });
        String day = "DATE'" + from + "'";
        for (TableContract contract : night.contracts().all()) {
            if (contract.shape() == Shape.DATED) {
                night.lake().remove(contract.name(), "business_date >= " + day);
            } else if (contract.database().equals("silver")) {
                // Rows of dates that have come, which a night of the future happened to take in: the next night would
                // have.
                for (String table : List.of(contract.name(), contract.bySource().name())) {
                    night.lake().set(table, "_known_on >= " + day, "_known_on", "_business_date");
                }
            }
        }
        int waiting = unpublish(night);
        if (waiting > 0) {
            report.add("staging: %,d lines that waited are superseded; what the ERP has decided of them stays"
                    .formatted(waiting));
        }
        night.ledger().forgetFrom(from.toString());
        long rows = extracts.values().stream()
                .flatMap(List::stream)
                .mapToLong(Extract::rowsBronze)
                .sum();
        return Outcome.of(rows, 0, "nights from %s on are taken back".formatted(from));
    }

    private static void takeBack(Night night, List<Extract> extracts) {
        Extract any = extracts.get(0);
        String ids = extracts.stream().map(e -> "'" + e.id() + "'").collect(Collectors.joining(", "));
        // Refused first: what is gone from bronze must not count as landed.
        extracts.stream()
                .filter(e -> e.state() != Extract.State.REFUSED)
                .forEach(e -> night.ledger().record(e.refused(TAKEN_BACK)));
        night.lake().remove(SourceSystem.bronze(any.source(), any.table()), "_extract_id IN (" + ids + ")");
        night.lake().remove("ops.quarantine", "extract_id IN (" + ids + ")");
    }

    private int unpublish(Night night) {
        var staging = night.settings().staging();
        if (staging.database() == null) {
            return 0;
        }
        night.requireHeld();
        return new StagingPublisher(new StagingSchema(staging.schema())).takeBack(staging.database()::connect, from);
    }
}
