package io.millrace.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.contracts.Failure;
import io.millrace.lake.Storage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Artefacts by their content: the file {@code <root>/<first two digits>/<SHA-256>} holds the bytes of that hash, or
 * something is wrong. A folder is a file that lists its files, a line {@code <SHA-256> <bytes> <path>} each, by path; each of them is kept by its own
 * hash. Files pass through in pieces, however large they are.
 */
final class ArtefactStore {

    /** The first line of a folder's list. */
    private static final String FOLDER = "millrace folder 1\n";

    private final Path root;
    private final Configuration hadoop;

    /** @param root folder or URI, on any file system that Hadoop knows */
    ArtefactStore(String root, Configuration hadoop) {
        this.root = new Path(root);
        this.hadoop = hadoop;
    }

    /**
     * What is kept.
     *
     * @param hash  by which it is found
     * @param bytes of all its files
     */
    record Kept(String hash, long bytes) {}

    /** Keeps an artefact. What is there already is not written again. */
    Kept put(Artefact artefact) {
        try {
            if (artefact instanceof Artefact.OnDisk onDisk) {
                return Files.isDirectory(onDisk.path()) ? putFolder(onDisk.path()) : putFile(onDisk.path());
            }
            byte[] bytes = ((Artefact.Bytes) artefact).bytes();
            return keep(() -> new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw Failure.outside("An artefact cannot be written below %s: %s".formatted(root, e), e);
        }
    }

    private Kept putFolder(java.nio.file.Path folder) throws IOException {
        List<String> names;
        try (Stream<java.nio.file.Path> walked = Files.walk(folder)) {
            names = walked.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> folder.relativize(path).toString().replace(File.separatorChar, '/'))
                    .sorted()
                    .toList();
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("the artefact %s holds no file".formatted(folder));
        }
        StringBuilder list = new StringBuilder(FOLDER);
        long bytes = 0;
        for (String name : names) {
            java.nio.file.Path path = folder.resolve(name);
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    || name.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalArgumentException(
                        "the artefact %s holds '%s', which is no file with a name of one line".formatted(folder, name));
            }
            Kept kept = putFile(path);
            bytes += kept.bytes();
            list.append("%s %d %s\n".formatted(kept.hash(), kept.bytes(), name));
        }
        return new Kept(
                keep(() -> new ByteArrayInputStream(list.toString().getBytes(UTF_8)))
                        .hash(),
                bytes);
    }

    private Kept putFile(java.nio.file.Path file) throws IOException {
        return keep(() -> Files.newInputStream(file));
    }

    private Kept keep(Content content) throws IOException {
        Kept read;
        try (InputStream in = content.open()) {
            read = copy(in, OutputStream.nullOutputStream());
        }
        FileSystem files = files();
        Path target = path(read.hash());
        if (!holds(files, target, read.hash())) {
            write(files, target, read.hash(), content);
        }
        return read;
    }

    /** The bytes of a hash. @throws Failure of kind DATA if they are missing or others, or those of a folder */
    byte[] get(String hash, String what) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        read(hash, what, () -> bytes);
        if (isFolder(bytes.toByteArray())) {
            throw Failure.data(
                    "The artefact of %s at %s is a folder, which has to be fetched".formatted(what, path(hash)));
        }
        return bytes.toByteArray();
    }

    /**
     * Copies what is kept under a hash to a place of this machine that nothing stands at, a folder with its files.
     *
     * @throws Failure of kind DATA if anything of it is missing or changed; then nothing of it is to be used
     */
    void fetch(String hash, String what, java.nio.file.Path target) {
        read(hash, what, () -> Files.newOutputStream(target));
        try {
            byte[] start;
            try (InputStream in = Files.newInputStream(target)) {
                start = in.readNBytes(FOLDER.length());
            }
            if (!isFolder(start)) {
                return;
            }
            List<String> list = Files.readAllLines(target, UTF_8);
            Files.delete(target);
            for (String line : list.subList(1, list.size())) {
                String[] parts = line.split(" ", 3);
                java.nio.file.Path file = target.resolve(parts[2]).normalize();
                if (!file.startsWith(target)) {
                    throw Failure.data(
                            "The artefact of %s names '%s', which is outside of it".formatted(what, parts[2]));
                }
                Files.createDirectories(file.getParent());
                read(parts[0], what, () -> Files.newOutputStream(file));
            }
        } catch (IOException e) {
            throw Failure.outside("The artefact of %s cannot be written to %s: %s".formatted(what, target, e), e);
        }
    }

    /** Keeps what another store has under a hash. @throws Failure of kind DATA if it is missing there, or changed */
    void copy(ArtefactStore other, String hash, String what) {
        try {
            java.nio.file.Path temporary = Files.createTempDirectory("millrace-artefact");
            try {
                java.nio.file.Path fetched = temporary.resolve("artefact");
                other.fetch(hash, what, fetched);
                put(new Artefact.OnDisk(fetched));
            } finally {
                FileUtils.deleteDirectory(temporary.toFile());
            }
        } catch (IOException e) {
            throw Failure.outside("The artefact of %s cannot be copied: %s".formatted(what, e), e);
        }
    }

    private static boolean isFolder(byte[] bytes) {
        byte[] start = FOLDER.getBytes(UTF_8);
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** What can be read from its beginning more than once. */
    @FunctionalInterface
    private interface Content {
        InputStream open() throws IOException;
    }

    @FunctionalInterface
    private interface Target {
        OutputStream open() throws IOException;
    }

    private void read(String hash, String what, Target target) {
        Path file = path(hash);
        Kept found;
        try (InputStream in = files().open(file);
                OutputStream out = target.open()) {
            found = copy(in, out);
        } catch (FileNotFoundException e) {
            throw Failure.data("The artefact of %s is missing at %s. Restore it from a backup, or roll the model back"
                    .formatted(what, file));
        } catch (IOException e) {
            throw Failure.outside("The artefact of %s cannot be read at %s: %s".formatted(what, file, e), e);
        }
        if (!found.hash().equals(hash)) {
            throw Failure.data(
                    ("The artefact of %s at %s was changed: its SHA-256 is %s (%d bytes). It is not used. Restore it from a"
                                    + " backup, or roll the model back")
                            .formatted(what, file, found.hash(), found.bytes()));
        }
    }

    private Path path(String hash) {
        return new Path(new Path(root, hash.substring(0, 2)), hash);
    }

    private static boolean holds(FileSystem files, Path target, String hash) throws IOException {
        if (!files.exists(target)) {
            return false;
        }
        try (InputStream in = files.open(target)) {
            return copy(in, OutputStream.nullOutputStream()).hash().equals(hash);
        }
    }

    /** Under a name of its own first: a reader sees the whole artefact or none, whenever the writer dies. */
    private static void write(FileSystem files, Path target, String hash, Content content) throws IOException {
        boolean isWholeWhenClosed = Storage.appearsWhenClosed(files, target);
        Path written = isWholeWhenClosed ? target : new Path(target.getParent(), ".writing-" + UUID.randomUUID());
        try {
            try (InputStream in = content.open()) {
                FSDataOutputStream out = files.create(written, isWholeWhenClosed);
                try {
                    if (!copy(in, out).hash().equals(hash)) {
                        throw new IOException("the artefact was changed while it was read");
                    }
                    if (!isWholeWhenClosed) {
                        out.hsync();
                    }
                } catch (IOException e) {
                    if (isWholeWhenClosed) {
                        out.abort();
                    } else {
                        out.close();
                    }
                    throw e;
                }
                out.close();
            }
            if (isWholeWhenClosed) {
                return;
            }
            files.delete(target, false);
            if (!files.rename(written, target)) {
                throw new IOException("renaming " + written + " to " + target + " failed");
            }
        } finally {
            if (!isWholeWhenClosed) {
                files.delete(written, false);
            }
        }
    }

    /** Without the checksum files that Hadoop lays beside local files: the name is a checksum. */
    private FileSystem files() throws IOException {
        FileSystem files = root.getFileSystem(hadoop);
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    /** Copies to the end. @return hash and number of the bytes */
    private static Kept copy(InputStream from, OutputStream to) throws IOException {
        DigestInputStream in = new DigestInputStream(from, DigestUtils.getSha256Digest());
        long bytes = in.transferTo(to);
        return new Kept(HexFormat.of().formatHex(in.getMessageDigest().digest()), bytes);
    }
}
