package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropWriterTest {

    private static final LocalDate DATE = LocalDate.of(2026, 1, 31);

    @TempDir
    Path root;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("shop/2026-01-31"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void fieldsAreQuotedWhereTheyMustBeAndNullIsEmpty() throws IOException {
        try (DropWriter drop = new DropWriter(root, "shop", DATE)) {
            drop.begin("a.csv", "x", "y", "z").row("1,5", "say \"yes\"", null);
            drop.finish("a.csv");
        }
        assertThat(root.resolve("shop/2026-01-31/a.csv")).hasContent("x,y,z\n\"1,5\",\"say \"\"yes\"\"\",\n");
    }

    @Test
    void theManifestComesLastWithRowsAndHash() throws IOException {
        try (DropWriter drop = new DropWriter(root, "shop", DATE)) {
            drop.begin("a.csv", "x").row("1");
            assertThat(names()).containsExactly(".a.csv.tmp");
            drop.finish("a.csv");
            assertThat(names()).containsExactly("a.csv");
            drop.deliver();
        }
        assertThat(names()).containsExactly("_manifest.json", "a.csv");
        // printf 'x\n1\n' | sha256sum
        String sha256 = "daff832f802000e645771a60983c76c963f6ee602a6230e45237bd360e91cc1a";
        assertThat(root.resolve("shop/2026-01-31/_manifest.json"))
                .content()
                .contains("\"source\": \"shop\"", "\"business_date\": \"2026-01-31\"", "\"rows\": 1", sha256);
    }

    @Test
    void anInterruptedDropHasNoManifestAndNoHalfFile() throws IOException {
        try (DropWriter drop = new DropWriter(root, "shop", DATE)) {
            drop.begin("a.csv", "x").row("1");
            assertThatThrownBy(drop::deliver).hasMessageContaining("a.csv");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void aNewDeliveryTakesTheOldManifestAwayFirst() throws IOException {
        try (DropWriter drop = new DropWriter(root, "shop", DATE)) {
            drop.deliver();
        }
        try (DropWriter again = new DropWriter(root, "shop", DATE)) {
            assertThat(names()).isEmpty();
            again.deliver();
        }
        assertThat(names()).containsExactly("_manifest.json");
    }

    @Test
    void wrongNamesAndWrongRowsAreRefused() throws IOException {
        assertThatThrownBy(() -> new DropWriter(root, "../x", DATE)).hasMessageContaining("'../x'");
        try (DropWriter drop = new DropWriter(root, "shop", DATE)) {
            CsvFile file = drop.begin("a.csv", "x", "y");
            assertThatThrownBy(() -> file.row("1"))
                    .hasMessageContaining("2 columns")
                    .hasMessageContaining("row of 1");
        }
    }
}
