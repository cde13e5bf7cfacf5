package io.millrace.nightly.plan;

import io.millrace.contracts.Failure;
import io.millrace.lake.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One run at a time on a lake: a file that is created or not. It names the process that holds it, so that what a killed
 * one left behind is recognised: on the same machine by the process being gone, from elsewhere by a pulse that stopped. A holder that could not
 * give its pulse for so long that others may have taken the lock is told so before it writes anything more.
 */
public final class LakeLock implements AutoCloseable {

    private static final Duration PULSE = Duration.ofSeconds(20);
    private static final Duration DEAD = Duration.ofMinutes(3);
    private static final Duration SETTLING = Duration.ofSeconds(3);

    /** After so long without a pulse that was heard, the lock may be somebody else's by the time that a write ends. */
    private static final Duration DOUBTFUL = DEAD.minusSeconds(30);

    /** Time within which a pulse that failed is tried again. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final Duration WATCHED = PULSE.plus(AGAIN);

    private final FileSystem files;
    private final Path file;
    private final String token;
    private final Thread heart;

    /** By a clock that nobody sets. */
    private volatile long heardAt = System.nanoTime();

    private volatile boolean isLost;

    private LakeLock(FileSystem files, Path file, String token) {
        this.files = files;
        this.file = file;
        this.token = token;
        this.heart = new Thread(this::beat, "lake-lock");
        heart.setDaemon(true);
        heart.start();
    }

    /** Takes the lock of the lake at {@code root}. @throws Failure of kind LOCKED that names the holder */
    public static LakeLock take(String root, String what, Configuration hadoop) {
        Path file = file(root);
        String token = "%s\t%d\t%s\t%s\t%s"
                .formatted(
                        machine(),
                        ProcessHandle.current().pid(),
                        started(ProcessHandle.current()),
                        what,
                        UUID.randomUUID());
        try {
            FileSystem files = Storage.at(file, hadoop);
            for (int attempt = 0; attempt < 5; attempt++) {
                if (create(files, file, token)) {
                    return new LakeLock(files, file, token);
                }
                setAsideIfDead(files, file);
            }
            throw Failure.locked("The lock " + file + " changes hands too often to be taken; try again");
        } catch (IOException e) {
            throw Storage.failure(file, e);
        }
    }

    /**
     * Asks whether the lake is still ours, before something is written to it.
     *
     * @throws Failure of kind LOCKED if another process has taken it, or may have
     */
    public void requireHeld() {
        if (!isLost && isDoubtful()) {
            try {
                pulse();
            } catch (IOException e) {
                throw Failure.locked("The lock %s cannot be seen for %d s, so another process may have taken it: %s"
                        .formatted(
                                file,
                                Duration.ofNanos(System.nanoTime() - heardAt).toSeconds(),
                                e.getMessage()));
            }
        }
        if (isLost) {
            throw Failure.locked("Another process has taken the lock %s: this run stops before it writes anything more"
                    .formatted(file));
        }
    }

    private boolean isDoubtful() {
        return System.nanoTime() - heardAt > DOUBTFUL.toNanos();
    }

    /** Gives a pulse where the lock is ours. Gone, it was set aside by somebody who took us for dead. */
    void pulse() throws IOException {
        if (!token.equals(read(files, file))) {
            isLost = true;
            return;
        }
        touch();
        heardAt = System.nanoTime();
    }

    /** True while a process that is alive holds the lake at {@code root}. */
    public static boolean isHeld(String root, Configuration hadoop) {
        Path file = file(root);
        try {
            FileSystem files = Storage.at(file, hadoop);
            String holder = read(files, file);
            return holder != null && isAlive(files, file, parts(holder));
        } catch (IOException e) {
            throw Storage.failure(file, e);
        }
    }

    private static Path file(String root) {
        return new Path(new Path(root, "_ledger"), "lock");
    }

    private static boolean create(FileSystem files, Path file, String token) throws IOException {
        try {
            if (files.getScheme().equals("file")) {
                // Hadoop's local file system looks first and creates then; the operating system does both at once.
                files.mkdirs(file.getParent());
                Files.writeString(java.nio.file.Path.of(file.toUri().getPath()), token, StandardOpenOption.CREATE_NEW);
            } else {
                try (FSDataOutputStream out = files.create(file, false)) {
                    out.write(token.getBytes(StandardCharsets.UTF_8));
                }
                return !Storage.appearsWhenClosed(files, file) || isSettled(files, file, token);
            }
            return true;
        } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
            return false;
        }
    }

    /**
     * An object store looks whether the file is there and writes it later, so that several may have written. The last
     * one has it, and everybody knows once the slowest has had time to write (Fischer's mutual exclusion).
     */
    private static boolean isSettled(FileSystem files, Path file, String token) throws IOException {
        try {
            Thread.sleep(SETTLING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while taking the lock " + file);
        }
        return token.equals(read(files, file));
    }

    private static void setAsideIfDead(FileSystem files, Path file) throws IOException {
        String holder = read(files, file);
        if (holder == null) {
            return;
        }
        String[] parts = parts(holder);
        if (isAlive(files, file, parts) || isHeardOf(files, file, parts)) {
            throw Failure.locked("%s holds this lake: process %s on %s. Wait until it has ended"
                    .formatted(parts[3], parts[1], parts[0].replaceFirst("/.*", "")));
        }
        // Of several that find it dead, the rename lets one win; the others find the next lock.
        Path left = new Path(file.getParent(), ".lock-left-" + UUID.randomUUID());
        if (files.rename(file, left)) {
            files.delete(left, false);
        }
    }

    /** Host, process, its start, what it does. Created and not yet written, its owner died in between or is about to write. */
    private static String[] parts(String holder) {
        String[] parts = holder.split("\t", -1);
        return parts.length < 4 ? new String[] {"?", "0", "", "an unknown run"} : parts;
    }

    private static boolean isAlive(FileSystem files, Path file, String[] holder) throws IOException {
        if (holder[0].equals(machine())) {
            return ProcessHandle.of(Long.parseLong(holder[1]))
                    .map(p -> p.isAlive() && started(p).equals(holder[2]))
                    .orElse(false);
        }
        try {
            Instant touched = Instant.ofEpochMilli(files.getFileStatus(file).getModificationTime());
            return touched.plus(holder[0].equals("?") ? PULSE : DEAD).isAfter(Instant.now());
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /**
     * A clock that somebody set makes a pulse look old. Before a lock of another machine is set aside, it is watched for longer than from
     * one pulse to the next.
     */
    private static boolean isHeardOf(FileSystem files, Path file, String[] holder) throws IOException {
        if (holder[0].equals(machine()) || holder[0].equals("?")) {
            return false;
        }
        try {
            long before = files.getFileStatus(file).getModificationTime();
            Thread.sleep(WATCHED.toMillis());
            return files.getFileStatus(file).getModificationTime() != before;
        } catch (FileNotFoundException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while watching the lock " + file);
        }
    }

    /** A pulse that fails is given again: the file system may be away for a moment. */
    private void beat() {
        Duration wait = PULSE;
        while (!isLost) {
            try {
                Thread.sleep(wait.toMillis());
                pulse();
                wait = PULSE;
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                wait = AGAIN;
                org.slf4j.LoggerFactory.getLogger(LakeLock.class)
                        .warn("The lock's pulse failed and is given again: {}", e.toString());
            }
        }
    }

    private void touch() throws IOException {
        if (Storage.appearsWhenClosed(files, file)) {
            // The time of an object is the time of its writing.
            Storage.put(files, file, token.getBytes(StandardCharsets.UTF_8));
        } else {
            files.setTimes(file, System.currentTimeMillis(), -1);
        }
    }

    @Override
    public void close() {
        heart.interrupt();
        try {
            // Or it would write the lock once more behind this back.
            heart.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            if (token.equals(read(files, file))) {
                files.delete(file, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(FileSystem files, Path file) throws IOException {
        try (var in = files.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    /**
     * What tells processes by their numbers: the host by its name and its start, and the space of numbers that the process is in. Two
     * containers may have one name, and the numbers of their processes mean nothing to each other.
     */
    public static String machine() {
        return host() + "/" + line("/proc/sys/kernel/random/boot_id") + "/" + processSpace();
    }

    private static String line(String path) {
        try {
            return Files.readString(java.nio.file.Path.of(path)).strip();
        } catch (IOException e) {
            // Not every system has one: then the name has to do.
            return "";
        }
    }

    private static String processSpace() {
        try {
            return Files.readSymbolicLink(java.nio.file.Path.of("/proc/self/ns/pid"))
                    .toString();
        } catch (IOException | UnsupportedOperationException e) {
            // Nor this.
            return "";
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (java.net.UnknownHostException e) {
            return "localhost";
        }
    }
}
