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

    private ArtefactStore.Kept put(String text) {
        return store.put(new Artefact.Bytes(text.getBytes(UTF_8)));
    }

    @Test
    void anArtefactLiesUnderItsHashAndNothingElseIsLeft() throws IOException {
        assertThat(put("abc")).isEqualTo(new ArtefactStore.Kept(ABC, 3));

        assertThat(store.get(ABC, "churn/1")).asString().isEqualTo("abc");
        try (Stream<Path> files = Files.walk(root).filter(Files::isRegularFile)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void theSameBytesAreNotWrittenAgainAndDamagedOnesAreReplaced() throws IOException {
        put("abc");
        Files.setLastModifiedTime(file(), FileTime.fromMillis(0));
        put("abc");
        assertThat(Files.getLastModifiedTime(file()).toMillis()).isZero();

        Files.writeString(file(), "abd");
        put("abc");
        assertThat(file()).hasContent("abc");
    }

    @Test
    void aMissingOrChangedArtefactIsRefused() throws IOException {
        put("abc");
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

    /** A folder as libraries save theirs, with a file of nothing. */
    private Path saved() throws IOException {
        Path folder = Files.createDirectories(root.resolve("saved"));
        Files.createDirectories(folder.resolve("metadata"));
        Files.writeString(folder.resolve("metadata/part-0"), "abc");
        Files.writeString(folder.resolve("metadata/_SUCCESS"), "");
        return folder;
    }

    @Test
    void aFolderIsKeptFileByFileAndComesBackAsItWas() throws IOException {
        ArtefactStore.Kept kept = store.put(new Artefact.OnDisk(saved()));
        assertThat(kept.bytes()).isEqualTo(3);
        assertThat(file()).as("a file of it is one by its own hash").hasContent("abc");

        Path back = root.resolve("back");
        store.fetch(kept.hash(), "segments/1", back);
        assertThat(store.put(new Artefact.OnDisk(back))).isEqualTo(kept);
        assertThat(back.resolve("metadata/part-0")).hasContent("abc");
        assertThat(back.resolve("metadata/_SUCCESS")).isEmptyFile();

        Files.writeString(saved().resolve("metadata/part-0"), "abd");
        assertThat(store.put(new Artefact.OnDisk(root.resolve("saved"))).hash()).isNotEqualTo(kept.hash());

        ArtefactStore other = new ArtefactStore(root.resolve("other").toString(), new Configuration());
        other.copy(store, kept.hash(), "segments/1");
        other.fetch(kept.hash(), "segments/1", root.resolve("again"));
        assertThat(root.resolve("again/metadata/part-0")).hasContent("abc");
    }

    @Test
    void aFolderThatWasKeptYesterdayIsStillRead() throws IOException {
        // What the store wrote on 2026-11-28. Its name is what sha256sum says of it.
        String list = """
                millrace folder 1
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 metadata/_SUCCESS
                ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3 metadata/part-0
                """;
        String hash = "0e809b2e759460270fae27afeeaf72eec3e98817ea8e0a7e7eb66c80c56111a6";
        assertThat(put(list).hash()).isEqualTo(hash);
        put("abc");
        Path empty = root.resolve("models/e3/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        Files.createDirectories(empty.getParent());
        Files.createFile(empty);

        store.fetch(hash, "segments/1", root.resolve("back"));
        assertThat(root.resolve("back/metadata/part-0")).hasContent("abc");
        assertThat(store.put(new Artefact.OnDisk(saved())).hash()).isEqualTo(hash);
        assertThatThrownBy(() -> store.get(hash, "segments/1")).hasMessageContaining("is a folder");
    }

    @Test
    void aFileOnDiskIsKeptByTheSameHashAsItsBytes() throws IOException {
        Path file = Files.writeString(root.resolve("network.zip"), "abc");
        assertThat(store.put(new Artefact.OnDisk(file)).hash()).isEqualTo(ABC);
        store.fetch(ABC, "network/1", root.resolve("back.zip"));
        assertThat(root.resolve("back.zip")).hasContent("abc");
    }

    @Test
    void aFolderWithAFileThatIsMissingOrChangedOrOutsideOfItIsRefused() throws IOException {
        String hash = store.put(new Artefact.OnDisk(saved())).hash();
        Files.writeString(file(), "abd");
        assertThatThrownBy(() -> store.fetch(hash, "segments/1", root.resolve("a")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("was changed");
        Files.delete(file());
        assertThatThrownBy(() -> store.fetch(hash, "segments/1", root.resolve("b")))
                .hasMessageContaining("is missing");

        put("abc");
        String outside = put("millrace folder 1\n" + ABC + " 3 ../../escaped\n").hash();
        assertThatThrownBy(() -> store.fetch(outside, "segments/1", root.resolve("c")))
                .hasMessageContaining("outside of it");
        assertThat(root.resolve("escaped")).doesNotExist();

        Path none = Files.createDirectories(root.resolve("none"));
        assertThatThrownBy(() -> store.put(new Artefact.OnDisk(none))).hasMessageContaining("holds no file");
        Files.createSymbolicLink(none.resolve("link"), root.resolve("saved/metadata/part-0"));
        assertThatThrownBy(() -> store.put(new Artefact.OnDisk(none))).hasMessageContaining("'link'");
    }
}
