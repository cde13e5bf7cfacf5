package io.millrace.nightly.maintain;

import io.millrace.lake.Storage;
import io.millrace.lake.Upkeep;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.registry.ModelVersion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * Puts small files together and takes away what no night that is kept, no model that may be a champion again and no replay that stands
 * names any more. Rows stay as they are, and a night that was up to date still is.
 */
public final class MaintainStage implements Stage {

    /** Whoever began to read before may still read. */
    private static final Duration READERS = Duration.ofDays(1);

    /** How long past nights can be replayed if nobody says otherwise. */
    public static final int DAYS_KEPT = 90;

    /** A table that is written once or twice a night is looked after about once a month. */
    private static final int DUE_AFTER = 40;

    private final int daysKept;
    private final Duration recent;
    private final int dueAfter;
    private final List<Upkeep> upkeep = new ArrayList<>();

    MaintainStage(int daysKept, Duration recent, int dueAfter) {
        this.daysKept = daysKept;
        this.recent = recent;
        this.dueAfter = dueAfter;
    }

    /**
     * Every table, as somebody asks for it.
     *
     * @param daysKept nights so many days before the newest can still be replayed
     */
    public static MaintainStage ofAll(int daysKept) {
        return new MaintainStage(daysKept, READERS, 0);
    }

    /** The tables that were written often since they were looked after last: at the end of a night. */
    public static MaintainStage ofWhatIsDue() {
        return new MaintainStage(DAYS_KEPT, READERS, DUE_AFTER);
    }

    @Override
    public String name() {
        return "maintain";
    }

    @Override
    public String about() {
        return "put small files together and take old ones away";
    }

    /** Nothing of it decides what it does; it comes behind whatever writes. */
    @Override
    public List<String> reads() {
        return List.of("features.*", "gold.*", "staging.*", "ops.decision_feedback");
    }

    /** No row changes, so nobody has to run for it. */
    @Override
    public List<String> writes() {
        return List.of();
    }

    @Override
    public String heeds(Night night) {
        return daysKept + " days";
    }

    /** What was done, by table. */
    public List<Upkeep> upkeep() {
        return List.copyOf(upkeep);
    }

    @Override
    public Outcome run(Night night) {
        List<String> due = night.versions().tables().stream()
                .filter(table -> night.versions().latest(table) - night.ledger().lookedAfter(table) >= dueAfter)
                .toList();
        if (due.isEmpty()) {
            return Outcome.of(0, 0, "no table was written so often that it is due");
        }
        LocalDate since = since(night);
        Map<String, Long> keep = named(night, since);
        for (String table : due) {
            long latest = night.versions().latest(table);
            Upkeep done = night.lake().upkeep(table, Math.min(latest, keep.getOrDefault(table, latest)), recent);
            night.ledger().compacted(table, done.compacted(), done.version());
            upkeep.add(done);
        }
        night.ledger().forgetBefore(since.toString());
        int left = clean(night);
        return Outcome.of(0, 0, note(since, left));
    }

    private String note(LocalDate since, int left) {
        return String.format(
                Locale.ROOT,
                "%,d files of %,d bytes are %,d of %,d; nights from %s on can be replayed%s",
                upkeep.stream().mapToLong(Upkeep::filesBefore).sum(),
                upkeep.stream().mapToLong(Upkeep::bytesBefore).sum(),
                upkeep.stream().mapToLong(Upkeep::filesAfter).sum(),
                upkeep.stream().mapToLong(Upkeep::bytesAfter).sum(),
                since,
                left == 0 ? "" : "; %d files that killed runs left are gone".formatted(left));
    }

    /** The first night that is kept: that of a replay that stands, should it be older. */
    private LocalDate since(Night night) {
        LocalDate since = night.date().minusDays(daysKept);
        Path replays = night.settings().home().resolve("replay");
        if (!Files.isDirectory(replays)) {
            return since;
        }
        try (Stream<Path> folders = Files.list(replays)) {
            return folders.flatMap(folder -> date(folder.getFileName().toString()).stream())
                    .reduce(since, (a, b) -> a.isBefore(b) ? a : b);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Optional<LocalDate> date(String name) {
        try {
            return Optional.of(LocalDate.parse(name));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Long> named(Night night, LocalDate since) {
        Map<String, Long> named = new TreeMap<>(night.ledger().oldestNamed(since.toString()));
        for (ModelVersion model : night.registry().list()) {
            boolean isKept = !model.provenance().businessDate().isBefore(since)
                    || night.registry()
                            .champion(model.name())
                            .filter(champion -> champion.version() == model.version())
                            .isPresent();
            if (isKept) {
                model.provenance().dataVersions().forEach((table, version) -> named.merge(table, version, Math::min));
            }
        }
        return named;
    }

    /** Files that were written under another name and never renamed, of runs that are gone: the lock is ours. */
    private static int clean(Night night) {
        org.apache.hadoop.fs.Path folder = night.ledger().folder();
        FileSystem files = Storage.at(folder, night.settings().lake().hadoop());
        int gone = 0;
        try {
            for (FileStatus file : files.listStatus(folder)) {
                String name = file.getPath().getName();
                boolean isLeft = name.startsWith(".") && (name.endsWith(".tmp") || name.startsWith(".lock-left-"));
                boolean isOld = Instant.ofEpochMilli(file.getModificationTime())
                        .isBefore(Instant.now().minus(READERS));
                if (isLeft && isOld && files.delete(file.getPath(), false)) {
                    gone++;
                }
            }
            return gone;
        } catch (FileNotFoundException e) {
            return gone;
        } catch (IOException e) {
            throw Storage.failure(folder, e);
        }
    }
}
