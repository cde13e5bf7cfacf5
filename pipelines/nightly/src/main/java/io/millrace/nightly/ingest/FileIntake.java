package io.millrace.nightly.ingest;

import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.source.SourceTable;
import io.millrace.contracts.yaml.Problems;
import io.millrace.lake.Storage;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.SideBySide;
import io.millrace.nightly.settings.Settings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Files below {@code <drop>/<source>/<business date>/}, up to the night's own date, that the ledger does not know. */
final class FileIntake implements Intake {

    private final Night night;
    private final String source;
    private final Settings.Source settings;
    private final SourceSystem system;
    private final Configuration hadoop;
    private final FileSystem files;
    private final Path root;
    private final List<String> refusals = new ArrayList<>();

    FileIntake(Night night, String source, Settings.Source settings, SourceSystem system) {
        this.night = night;
        this.source = source;
        this.settings = settings;
        this.system = system;
        this.root = new Path(settings.drop(), source);
        this.hadoop = night.settings().lake().hadoop();
        this.files = Storage.at(root, hadoop);
    }

    @Override
    public String pending() {
        StringBuilder text = new StringBuilder();
        folders()
                .forEach((date, folder) -> Arrays.stream(list(folder))
                        .sorted()
                        .flatMap(f -> f.isFile()
                                ? Stream.of(f)
                                : Arrays.stream(list(f.getPath())).sorted())
                        .forEach(f -> text.append(f.getPath())
                                .append(' ')
                                .append(f.getLen())
                                .append('@')
                                .append(f.getModificationTime())
                                .append('\n')));
        return text.toString();
    }

    @Override
    public List<Accepted> accept() {
        Seen seen = Seen.of(night.ledger().extracts(), source);
        List<Accepted> accepted = new ArrayList<>();
        Map<String, Path> folders = folders();
        Map<String, List<DropFile>> found = new TreeMap<>();
        folders.forEach((date, folder) -> found.put(date, files(folder)));
        Map<DropFile, Inspection> inspected = inspected(found, seen);
        folders.forEach((date, folder) -> accept(date, folder, found.get(date), seen, inspected, accepted));
        return accepted;
    }

    /**
     * What the ledger has of a source.
     *
     * @param settled    place and stamp of each file taken in. What was accepted and has not landed is not among them: it
     *                   is looked at again, to the same end
     * @param incomplete business dates of which something was refused
     */
    private record Seen(Set<String> settled, Set<String> incomplete) {

        static Seen of(Collection<Extract> extracts, String source) {
            Seen seen = new Seen(new HashSet<>(), new HashSet<>());
            for (Extract e : extracts) {
                if (!e.source().equals(source)) {
                    continue;
                }
                if (e.state() == Extract.State.REFUSED) {
                    seen.incomplete.add(e.businessDate());
                } else if (e.state() != Extract.State.ACCEPTED) {
                    seen.settled.add(e.location() + "\u001f" + e.stamp());
                }
            }
            return seen;
        }

        boolean has(DropFile file) {
            return settled.contains(file.uri() + "\u001f" + file.stamp());
        }
    }

    /** Each new file that is of a known table, read to its end: several at a time, for each is one core's work. */
    private Map<DropFile, Inspection> inspected(Map<String, List<DropFile>> found, Seen seen) {
        List<DropFile> unread = found.values().stream()
                .flatMap(List::stream)
                .filter(f -> system.tables().containsKey(f.table()) && !seen.has(f))
                .toList();
        List<Inspection> read = SideBySide.map(
                unread,
                f -> Inspection.of(
                        f,
                        system.format(f.table()),
                        system.tables().get(f.table()).columns().keySet(),
                        hadoop));
        Map<DropFile, Inspection> inspected = new HashMap<>();
        for (int i = 0; i < read.size(); i++) {
            inspected.put(unread.get(i), read.get(i));
        }
        return inspected;
    }

    /** The files of a folder that may hold rows, sorted by name. */
    private List<DropFile> files(Path folder) {
        return Arrays.stream(list(folder))
                .sorted()
                .flatMap(f -> f.isFile()
                        ? Stream.of(f).map(DropFile::of)
                        : Arrays.stream(list(f.getPath()))
                                .sorted()
                                .filter(FileStatus::isFile)
                                .map(part -> DropFile.part(f, part)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** What lies in a drop and is not read, by its place below it; names that begin with a point or {@code _} are nobody's. */
    @Override
    public List<String> leftAlone() {
        List<String> left = new ArrayList<>();
        for (FileStatus entry : list(root)) {
            String name = entry.getPath().getName();
            if (isHidden(name)) {
                continue;
            }
            if (!entry.isDirectory() || !isDate(name)) {
                left.add(source + "/" + name);
            } else if (!LocalDate.parse(name).isAfter(night.date())) {
                Set<String> read = new HashSet<>();
                files(entry.getPath()).forEach(f -> read.add(f.folder()));
                Arrays.stream(list(entry.getPath()))
                        .map(f -> f.getPath().getName())
                        .filter(f -> !isHidden(f) && !read.contains(f))
                        .forEach(f -> left.add(source + "/" + name + "/" + f));
            }
        }
        return left;
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /** Business date → folder, for dates up to the night's. */
    private Map<String, Path> folders() {
        Map<String, Path> folders = new TreeMap<>();
        for (FileStatus status : list(root)) {
            String name = status.getPath().getName();
            if (status.isDirectory() && isDate(name) && !LocalDate.parse(name).isAfter(night.date())) {
                folders.put(name, status.getPath());
            }
        }
        return folders;
    }

    private void accept(
            String date,
            Path folder,
            List<DropFile> found,
            Seen seen,
            Map<DropFile, Inspection> inspected,
            List<Accepted> accepted) {
        boolean settled = !found.isEmpty()
                && found.stream().allMatch(seen::has)
                && !seen.incomplete().contains(date);
        if (settled) {
            return;
        }
        Manifest manifest = manifest(folder, date);
        for (DropFile file : found) {
            if (!seen.has(file)) {
                accept(file, date, manifest, inspected.get(file), accepted);
            }
        }
        if (manifest != null) {
            manifest.files().keySet().stream()
                    .filter(name -> found.stream()
                            .noneMatch(f -> f.name().equals(name) || f.folder().equals(name)))
                    .forEach(name -> refuseUnread(folder, name, date));
        }
    }

    private Manifest manifest(Path folder, String date) {
        try (var in = files.open(new Path(folder, Manifest.NAME))) {
            return Manifest.read(in, source, date);
        } catch (FileNotFoundException e) {
            return settings.manifest() == Settings.Manifest.OPTIONAL
                    ? null
                    : new Manifest(Map.of(), "is missing: the delivery is not complete");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param inspection what reading the file found; null if its table is unknown */
    private void accept(DropFile file, String date, Manifest manifest, Inspection inspection, List<Accepted> accepted) {
        SourceTable table = system.tables().get(file.table());
        Manifest.Entry entry = manifest == null ? null : manifest.entry(file);
        if (table == null) {
            refuse(
                    file,
                    date,
                    "no table '%s' in source system %s%s"
                            .formatted(
                                    file.table(),
                                    system.name(),
                                    Problems.didYouMean(
                                            file.table(), system.tables().keySet())));
            return;
        }
        if (manifest != null && manifest.defect() != null) {
            refuse(file, date, Manifest.NAME + " " + manifest.defect());
            return;
        }
        if (manifest != null && entry == null) {
            refuse(file, date, Manifest.NAME + " does not name it");
            return;
        }
        if (manifest != null && manifest.isOfWholeFolder(file)) {
            refuse(file, date, Manifest.NAME + " gives rows or a hash of its folder as a whole: name each part");
            return;
        }
        Header header = inspection.header() == null ? null : Header.of(inspection.header(), table);
        String reason = reasonToRefuse(inspection, header, entry);
        if (reason != null) {
            refuse(file, date, reason);
            return;
        }
        SourceTable.Mode mode = mode(table, entry);
        String id = id(file, date, inspection);
        if (isDuplicate(file, date, mode, inspection)) {
            return;
        }
        Extract before = night.ledger().extract(id).orElse(null);
        Extract extract = new Extract(
                id,
                source,
                file.table(),
                date,
                file.uri(),
                inspection.sha256(),
                file.bytes(),
                file.stamp(),
                mode.name().toLowerCase(Locale.ROOT),
                Extract.State.ACCEPTED,
                null,
                header.unknown().isEmpty() ? null : String.join(", ", header.unknown()),
                // An object leaves out what it has no value for: a few of them do not tell that a name is gone.
                file.type() == DropFile.Type.JSON && mode == SourceTable.Mode.DELTA
                        ? null
                        : String.join(", ", header.absent()),
                before == null || before.delivery() == 0 ? night.ledger().nextDelivery() : before.delivery(),
                before == null || before.delivery() == 0 ? isInitial(file.table()) : before.initial(),
                null,
                inspection.rows(),
                0,
                0,
                0,
                0,
                0,
                night.runId(),
                null,
                null);
        night.ledger().record(extract);
        accepted.add(new Accepted(
                extract,
                header.unknown(),
                before != null,
                columns -> List.of(new FileSplit(
                        file,
                        system.format(file.table()),
                        inspection.header(),
                        Intake.targets(header.columns(), columns),
                        Split.Stamp.of(night, extract, extract.location(), null)))));
    }

    /** By content, and by how often the same content was taken in before: sent again after something else it is another extract. */
    private String id(DropFile file, String date, Inspection inspection) {
        String content = Intake.id(source, file.table(), date, inspection.sha256());
        long before = taken(file.table(), date).stream()
                .filter(e -> inspection.sha256().equals(e.sha256()))
                .count();
        return before == 0 ? content : Intake.id(content, Long.toString(before));
    }

    private List<Extract> taken(String table, String date) {
        return night.ledger().extracts().stream()
                .filter(e -> e.source().equals(source)
                        && e.table().equals(table)
                        && e.businessDate().equals(date))
                .filter(e -> e.state() == Extract.State.LANDED || e.state() == Extract.State.REFINED)
                .toList();
    }

    private static String reasonToRefuse(Inspection inspection, Header header, Manifest.Entry entry) {
        // A file that is cut off or exchanged differs from its manifest too; the manifest's word comes first.
        if (entry != null && entry.sha256() != null && !entry.sha256().equals(inspection.sha256())) {
            String why = inspection.defect() == null ? "" : "; it " + inspection.defect();
            return "its SHA-256 is %s and the manifest says %s%s".formatted(inspection.sha256(), entry.sha256(), why);
        }
        if (inspection.defect() != null) {
            return inspection.defect();
        }
        if (entry != null && entry.rows() >= 0 && entry.rows() != inspection.rows()) {
            return "it holds %d rows and the manifest says %d".formatted(inspection.rows(), entry.rows());
        }
        return header.missing().isEmpty()
                ? null
                : "the required column " + String.join(", ", header.missing()) + " is missing";
    }

    /** A source's own description may narrow what the manifest calls full to the slice of a date. */
    private static SourceTable.Mode mode(SourceTable table, Manifest.Entry entry) {
        if (entry == null || entry.mode() == null || table.mode() == SourceTable.Mode.SLICE) {
            return table.mode();
        }
        return entry.mode();
    }

    /**
     * The same content for the same date again, where nothing else came between: what was sent, replaced, and is sent again is the last word.
     * For another date it is taken in whatever it holds, for it may take a change back.
     */
    private boolean isDuplicate(DropFile file, String date, SourceTable.Mode mode, Inspection inspection) {
        List<Extract> taken = taken(file.table(), date);
        Extract same = taken.stream()
                .filter(e -> inspection.sha256().equals(e.sha256()))
                .filter(e -> taken.stream()
                        .noneMatch(later -> later.location().equals(e.location()) && later.delivery() > e.delivery()))
                .max(Comparator.comparingLong(Extract::delivery))
                .orElse(null);
        if (same == null) {
            return false;
        }
        night.ledger()
                .record(new Extract(
                        Intake.id(same.id(), file.uri(), file.stamp()),
                        source,
                        file.table(),
                        date,
                        file.uri(),
                        inspection.sha256(),
                        file.bytes(),
                        file.stamp(),
                        mode.name().toLowerCase(Locale.ROOT),
                        Extract.State.DUPLICATE,
                        "the same content was taken in as " + same.location(),
                        null,
                        null,
                        0,
                        false,
                        null,
                        inspection.rows(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        night.runId(),
                        null,
                        null));
        return true;
    }

    @Override
    public List<String> refusals() {
        return refusals;
    }

    private void refuse(DropFile file, String date, String reason) {
        refuse(file.uri(), file.table(), file.bytes(), file.stamp(), date, reason);
    }

    private void refuseUnread(Path folder, String name, String date) {
        // What a manifest calls a file need not be a path that can be parsed.
        String table = name.replaceFirst("\\..*", "");
        boolean isThere = Arrays.stream(list(folder))
                .anyMatch(f -> f.isFile() && f.getPath().getName().equals(name));
        String why =
                isThere ? "its name has none of the endings that are read: " + DropFile.ENDINGS : "it is not there";
        refuse(folder + "/" + name, table, 0, "", date, Manifest.NAME + " names it and " + why);
    }

    private void refuse(String uri, String table, long bytes, String stamp, String date, String reason) {
        refusals.add(uri + ": " + reason);
        night.ledger()
                .record(new Extract(
                        Intake.id("refused", uri),
                        source,
                        table,
                        date,
                        uri,
                        null,
                        bytes,
                        stamp,
                        null,
                        Extract.State.REFUSED,
                        reason,
                        null,
                        null,
                        0,
                        false,
                        null,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        night.runId(),
                        null,
                        null));
    }

    private boolean isInitial(String table) {
        return night.ledger().extracts().stream()
                .noneMatch(e -> e.source().equals(source)
                        && e.table().equals(table)
                        && (e.state() == Extract.State.REFINED || e.state() == Extract.State.LANDED)
                        && !e.runId().equals(night.runId()));
    }

    private FileStatus[] list(Path folder) {
        try {
            return files.listStatus(folder);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        } catch (IOException e) {
            throw Storage.failure(folder, e);
        }
    }

    private static boolean isDate(String name) {
        try {
            LocalDate.parse(name);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
