package io.millrace.lake;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** What the file systems that a lake may be on differ in. */
public final class Storage {

    private Storage() {}

    /**
     * The file system of a path.
     *
     * @throws Failure of kind CONFIGURATION where there is none for its scheme, of kind OUTSIDE where it does not answer
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
}
