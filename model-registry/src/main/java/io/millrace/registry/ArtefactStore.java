package io.millrace.registry;

import io.millrace.contracts.Failure;
import io.millrace.lake.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Artefacts by their content: the file {@code <root>/<first two digits>/<SHA-256>} holds the bytes of that hash, or
 * something is wrong.
 */
final class ArtefactStore {

    private final Path root;
    private final Configuration hadoop;

    /** @param root folder or URI, on any file system that Hadoop knows */
    ArtefactStore(String root, Configuration hadoop) {
        this.root = new Path(root);
        this.hadoop = hadoop;
    }

    /** Keeps the bytes and gives their hash. Bytes that are there already are not written again. */
    String put(byte[] bytes) {
        String hash = hash(bytes);
        Path target = path(hash);
        try {
            FileSystem files = files();
            if (!holds(files, target, hash)) {
                write(files, target, bytes);
            }
        } catch (IOException e) {
            throw Failure.outside("The artefact %s cannot be written: %s".formatted(target, e), e);
        }
        return hash;
    }

    /** The bytes of a hash. @throws Failure of kind DATA if they are missing or others */
    byte[] get(String hash, String what) {
        Path file = path(hash);
        byte[] bytes;
        try {
            bytes = read(files(), file);
        } catch (FileNotFoundException e) {
            throw Failure.data("The artefact of %s is missing at %s. Restore it from a backup, or roll the model back"
                    .formatted(what, file));
        } catch (IOException e) {
            throw Failure.outside("The artefact of %s cannot be read at %s: %s".formatted(what, file, e), e);
        }
        String found = hash(bytes);
        if (!found.equals(hash)) {
            throw Failure.data(
                    ("The artefact of %s at %s was changed: its SHA-256 is %s (%d bytes). It is not used. Restore it from a"
                                    + " backup, or roll the model back")
                            .formatted(what, file, found, bytes.length));
        }
        return bytes;
    }

    private Path path(String hash) {
        return new Path(new Path(root, hash.substring(0, 2)), hash);
    }

    private static boolean holds(FileSystem files, Path target, String hash) throws IOException {
        return files.exists(target) && hash(read(files, target)).equals(hash);
    }

    /** Under a name of its own first: a reader sees the whole artefact or none, whenever the writer dies. */
    private static void write(FileSystem files, Path target, byte[] bytes) throws IOException {
        if (Storage.appearsWhenClosed(files, target)) {
            Storage.put(files, target, bytes);
            return;
        }
        Path temporary = new Path(target.getParent(), ".writing-" + UUID.randomUUID());
        try {
            try (FSDataOutputStream out = files.create(temporary, false)) {
                out.write(bytes);
                out.hsync();
            }
            files.delete(target, false);
            if (!files.rename(temporary, target)) {
                throw new IOException("renaming " + temporary + " to " + target + " failed");
            }
        } finally {
            files.delete(temporary, false);
        }
    }

    private static byte[] read(FileSystem files, Path file) throws IOException {
        try (var in = files.open(file)) {
            return in.readAllBytes();
        }
    }

    /** Without the checksum files that Hadoop lays beside local files: the name is a checksum. */
    private FileSystem files() throws IOException {
        FileSystem files = root.getFileSystem(hadoop);
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
