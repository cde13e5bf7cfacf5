package io.millrace.nightly.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.contracts.source.SourceTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the sender says of a drop.
 *
 * @param files file name → its entry
 * @param defect why it cannot be used, or null
 */
record Manifest(Map<String, Entry> files, String defect) {

    static final String NAME = "_manifest.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param rows records announced, or -1; {@code sha256} and {@code mode} null if not given */
    record Entry(long rows, String sha256, SourceTable.Mode mode) {}

    /** What it says of a file; of a part, what it says of its folder where it does not name the part itself. Null where it names neither. */
    Entry entry(DropFile file) {
        Entry own = files.get(file.name());
        return own != null ? own : files.get(file.folder());
    }

    /** Whether it speaks of a folder of parts as if it were a file, which cannot be looked at as a whole. */
    boolean isOfWholeFolder(DropFile file) {
        Entry folder = files.get(file.folder());
        return !files.containsKey(file.name()) && folder != null && (folder.rows() >= 0 || folder.sha256() != null);
    }

    /** Reads a manifest of {@code source} for {@code businessDate}. */
    static Manifest read(InputStream in, String source, String businessDate) {
        try {
            JsonNode root = JSON.readTree(in);
            String ofSource = root.path("source").asText(source);
            String ofDate = root.path("business_date").asText(businessDate);
            if (!ofSource.equals(source) || !ofDate.equals(businessDate)) {
                return new Manifest(Map.of(), "is of source %s and date %s".formatted(ofSource, ofDate));
            }
            Map<String, Entry> files = new LinkedHashMap<>();
            for (JsonNode file : root.path("files")) {
                JsonNode mode = file.path("mode");
                files.put(
                        file.path("name").asText(),
                        new Entry(
                                file.path("rows").asLong(-1),
                                file.hasNonNull("sha256")
                                        ? file.get("sha256").asText().toLowerCase(Locale.ROOT)
                                        : null,
                                mode.isTextual()
                                        ? SourceTable.Mode.valueOf(mode.asText().toUpperCase(Locale.ROOT))
                                        : null));
            }
            return new Manifest(files, null);
        } catch (IOException | IllegalArgumentException e) {
            return new Manifest(Map.of(), "cannot be read: " + e.getMessage());
        }
    }
}
