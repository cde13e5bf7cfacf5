package io.millrace.nightly.publish;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * All decisions of one kind for one business date, as one night made them.
 *
 * @param kind          which decisions
 * @param businessDate  the night that decided
 * @param runId         the run that decided, 1 to 100 characters
 * @param modelVersions the models that decided, 1000 characters at the most, or null
 * @param rows          the decisions, kept in the order of their identifiers, each once
 */
public record StagingBatch(
        BatchKind kind, LocalDate businessDate, String runId, String modelVersions, List<StagingRow> rows) {

    private static final int ID_LENGTH = 32;

    public StagingBatch {
        if (kind == null || businessDate == null) {
            throw new IllegalArgumentException(
                    "a batch has a kind and a business date, and these are %s and %s".formatted(kind, businessDate));
        }
        runId = (String) column("run_id").accepted(runId);
        modelVersions = (String) column("model_versions").accepted(modelVersions);
        List<StagingRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(StagingRow::decisionId));
        for (int i = 0; i < sorted.size(); i++) {
            StagingRow row = sorted.get(i);
            if (row.kind() != kind) {
                throw new IllegalArgumentException(
                        "a batch of %s holds %s, a row of %s".formatted(kind, row.decisionId(), row.kind()));
            }
            if (i > 0 && row.decisionId().equals(sorted.get(i - 1).decisionId())) {
                throw new IllegalArgumentException(
                        "a batch of %s for %s holds %s twice: a decision is published once a night"
                                .formatted(kind, businessDate, row.decisionId()));
            }
        }
        rows = List.copyOf(sorted);
    }

    private static StagingColumn column(String name) {
        return StagingTables.BATCH.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * SHA-256, in hexadecimal, of the rows in the order of their identifiers. Each value is preceded by its length, so
     * that no two lists of rows read the same; run and models are not part of it.
     */
    public String contentHash() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (StagingRow row : rows) {
            add(digest, row.decisionId());
            row.values().forEach(value -> add(digest, value));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Object value) {
        // Accepted decimals carry the scale of their column, and none is great enough for an exponent to matter.
        String text = value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
        byte[] bytes = value == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        digest.update((value == null ? "-" : bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** 32 hexadecimal digits of a hash of kind, business date and content: the same night has the same identifier. */
    public String batchId() {
        return batchId(0);
    }

    /**
     * The identifier of a night that returns to what an earlier batch of it said: that one's identifier is taken, so
     * the revision is part of the hash.
     */
    String batchId(int revision) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        add(digest, kind.tableName());
        add(digest, businessDate);
        add(digest, contentHash());
        if (revision > 0) {
            add(digest, revision);
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, ID_LENGTH);
    }
}
