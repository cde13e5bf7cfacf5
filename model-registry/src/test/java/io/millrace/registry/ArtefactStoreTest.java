package io.millrace.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactStoreTest {

    /** SHA-256 of "abc", FIPS 180-2, appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path root;

    private ArtefactStore store;

    @BeforeEach
    void open() {
        store = new ArtefactStore(root.resolve("models").toString(), new Configuration());
    }

    private Path file() {
        return root.resolve("models/ba").resolve(ABC);
    }

    @Test
    void anArtefactLiesUnderItsHashAndNothingElseIsLeft() throws IOException {
        assertThat(store.put("abc".getBytes(UTF_8))).isEqualTo(ABC);

        assertThat(store.get(ABC, "churn/1")).asString().isEqualTo("abc");
        try (Stream<Path> files = Files.walk(root).filter(Files::isRegularFile)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void theSameBytesAreNotWrittenAgainAndDamagedOnesAreReplaced() throws IOException {
        store.put("abc".getBytes(UTF_8));
        Files.setLastModifiedTime(file(), FileTime.fromMillis(0));
        store.put("abc".getBytes(UTF_8));
        assertThat(Files.getLastModifiedTime(file()).toMillis()).isZero();

        Files.writeString(file(), "abd");
        store.put("abc".getBytes(UTF_8));
        assertThat(file()).hasContent("abc");
    }

    @Test
    void aMissingOrChangedArtefactIsRefused() throws IOException {
        store.put("abc".getBytes(UTF_8));
        Files.writeString(file(), "abcd");
        assertThatThrownBy(() -> store.get(ABC, "churn/1"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("churn/1")
                .hasMessageContaining("was changed")
                .hasMessageContaining("4 bytes");

        Files.delete(file());
        assertThatThrownBy(() -> store.get(ABC, "churn/1"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("is missing");
    }
}
