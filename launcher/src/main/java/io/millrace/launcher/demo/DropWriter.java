package io.millrace.launcher.demo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a drop: {@code <root>/<source>/<business date>/} with its files and, last of all, {@code _manifest.json} with
 * name, rows, SHA-256 and mode of each. A drop without a manifest is not there yet.
 */
public final class DropWriter implements Closeable {

    /** Name of the file that says what was delivered. */
    public static final String MANIFEST = "_manifest.json";

    /** A delivered file. */
    public record File(String name, long rows, String sha256) {}

    private final String source;
    private final LocalDate date;
    private final Path folder;
    private final Map<String, CsvFile> open = new LinkedHashMap<>();
    private final List<File> done = new ArrayList<>();

    /**
     * Begins a drop. One that is there already for the date loses its manifest at once and its files as they are
     * replaced.
     */
    public DropWriter(Path root, String source, LocalDate date) throws IOException {
        if (!source.matches("[a-z0-9][a-z0-9_-]*")) {
            throw new IllegalArgumentException(
                    "a source is named in lower-case letters, digits, - and _, and '" + source + "' is not");
        }
        this.source = source;
        this.date = date;
        this.folder = folder(root, source, date);
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(MANIFEST));
    }

    static Path folder(Path root, String source, LocalDate date) {
        return root.resolve(source).resolve(date.toString());
    }

    CsvFile begin(String name, String... header) throws IOException {
        CsvFile file = new CsvFile(folder.resolve(name), header);
        open.put(name, file);
        return file;
    }

    void finish(String name) throws IOException {
        CsvFile file = open.get(name);
        String sha256 = file.finish();
        open.remove(name);
        done.add(new File(name, file.rows(), sha256));
    }

    /**
     * Writes the manifest: from now on the drop is there.
     *
     * @return what it lists
     */
    public List<File> deliver() throws IOException {
        if (!open.isEmpty()) {
            throw new IllegalStateException("the drop is not complete: " + open.keySet() + " are still being written");
        }
        Path hidden = folder.resolve("." + MANIFEST + ".tmp");
        Files.writeString(hidden, manifest());
        Files.move(
                hidden, folder.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return List.copyOf(done);
    }

    private String manifest() {
        List<String> files = done.stream()
                .map(f -> "    {\"name\": \"" + f.name() + "\", \"rows\": " + f.rows() + ", \"sha256\": \"" + f.sha256()
                        + "\", \"mode\": \"full\"}")
                .toList();
        return "{\n  \"source\": \"" + source + "\",\n  \"business_date\": \"" + date + "\",\n  \"files\": [\n"
                + String.join(",\n", files) + "\n  ]\n}\n";
    }

    /** Drops what was begun and not finished. */
    @Override
    public void close() throws IOException {
        for (CsvFile file : open.values()) {
            file.close();
        }
        open.clear();
    }
}
