package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of bad input names a test for every row, and each of these tests exists. */
class BadInputPageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract))\\.(\\w+)`");

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/bad-input.md"));
    }

    @Test
    void everyRowNamesATest() throws IOException {
        List<MatchResult> rows = ROW.matcher(page()).results().toList();
        assertThat(rows)
                .extracting(r -> Integer.parseInt(r.group(1)))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(50);
        assertThat(rows)
                .filteredOn(r -> !r.group(2).equals("the same")
                        && !TEST.matcher(r.group(2)).find())
                .extracting(MatchResult::group)
                .isEmpty();
    }

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        Map<String, String> sources = sources();
        List<MatchResult> named = TEST.matcher(page()).results().toList();
        assertThat(named).hasSizeGreaterThanOrEqualTo(45);
        assertThat(named)
                .filteredOn(t -> !sources.getOrDefault(t.group(1), "").contains("    void " + t.group(2) + "("))
                .extracting(MatchResult::group)
                .isEmpty();
    }

    /** Test class → its text. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                20,
                (p, a) -> p.toString().contains("src/test/java") && p.toString().endsWith(".java"))) {
            return files.collect(Collectors.toMap(
                    p -> p.getFileName().toString().replace(".java", ""), BadInputPageTest::text, (a, b) -> a));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
