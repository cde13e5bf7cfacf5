package io.millrace.lake;

import io.millrace.contracts.ContractCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One lake with a Hive metastore for a module's whole test run: sessions are dear, tables are not. */
public final class TestLake {

    private static Lake lake;
    private static Path root;

    private TestLake() {}

    /** The lake of this JVM, started the first time. */
    public static synchronized Lake get() {
        if (lake == null) {
            try {
                root = Files.createTempDirectory("millrace-lake");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            lake = at(root, ContractCatalog.load());
        }
        return lake;
    }

    /** Where {@link #get()} keeps its tables. */
    public static Path root() {
        get();
        return root;
    }

    /** A lake with contracts of the test's own, in the session of this JVM. */
    public static Lake at(Path root, ContractCatalog contracts) {
        LakeSettings settings = new LakeSettings(
                root.toString(),
                "embedded",
                2,
                Map.of("spark.master", "local[2]", "spark.sql.adaptive.enabled", "false"));
        return new Lake(Sessions.writing("test", settings), contracts, settings);
    }
}
