package io.millrace.lake;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** What the file systems that a lake may be on differ in. */
public final class Storage {

    private Storage() {}

    /**
     * The file system of a path.
     *
     * @throws Failure of kind CONFIGURATION if there is none for its scheme, of kind OUTSIDE if it does not answer
     */
    public static FileSystem at(Path path, Configuration hadoop) {
        try {
            return path.getFileSystem(hadoop);
        } catch (UnsupportedFileSystemException e) {
            throw noneFor(path, e);
        } catch (IOException e) {
            throw failure(path, e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ClassNotFoundException) {
                throw noneFor(path, e);
            }
            throw e;
        }
    }

    private static Failure noneFor(Path path, Exception e) {
        return Failure.configuration("No file system for %s: %s".formatted(path, e.getMessage()));
    }

    /** What stands in the way at a path: a right, which is configuration, or a system outside. */
    public static Failure failure(Path path, IOException e) {
        String said = "%s: %s".formatted(path, e.getMessage());
        return e instanceof AccessDeniedException
                ? Failure.configuration("No access to " + said)
                : Failure.outside("Cannot be reached: " + said, e);
    }

    /** True of an object store: a file is there, whole, from when it is closed, and a rename would be a copy. */
    public static boolean appearsWhenClosed(FileSystem files, Path path) throws IOException {
        return files.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM);
    }

    /** Writes an object, over one that is there. */
    public static void put(FileSystem files, Path path, byte[] bytes) throws IOException {
        FSDataOutputStream out = files.create(path, true);
        try {
            out.write(bytes);
        } catch (IOException e) {
            out.abort();
            throw e;
        }
        out.close();
    }

    /** Writes a file over one that is there, so that it appears whole or not at all, and is on the disk before this ends. */
    public static void writeWhole(FileSystem files, Path path, byte[] bytes) throws IOException {
        if (appearsWhenClosed(files, path)) {
            put(files, path, bytes);
            return;
        }
        if (files.getScheme().equals("file")) {
            writeLocally(java.nio.file.Path.of(path.toUri().getPath()), bytes);
            return;
        }
        Path temporary = new Path(path.getParent(), "." + path.getName() + ".tmp");
        try (FSDataOutputStream out = files.create(temporary, true)) {
            out.write(bytes);
            out.hsync();
        }
        if (!files.rename(temporary, path)) {
            // HDFS takes the place of a file, as the state file's, only where it is asked to; then at once.
            FileContext.getFileContext(files.getUri(), files.getConf())
                    .rename(temporary, path, Options.Rename.OVERWRITE);
        }
    }

    /** Hadoop's local file system has a checksum in a file of its own beside each, and does not wait for the disk. */
    private static void writeLocally(java.nio.file.Path path, byte[] bytes) throws IOException {
        java.nio.file.Path directory = path.getParent();
        Files.createDirectories(directory);
        java.nio.file.Path temporary = directory.resolve("." + path.getFileName() + ".tmp");
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.deleteIfExists(directory.resolve("." + path.getFileName() + ".crc"));
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }
}
