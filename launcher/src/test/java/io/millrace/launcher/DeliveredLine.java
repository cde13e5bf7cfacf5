package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Lines of delivered files that an explanation names. */
final class DeliveredLine {

    private static final Pattern PLACE = Pattern.compile("(/.*\\.csv(?:\\.gz)?), line (\\d+)");

    private DeliveredLine() {}

    /** Asserts that each named line holds the codes of the row that came of it, and that there are some. */
    static void areWhatIsExplained(JsonNode explanation) {
        int found = 0;
        for (JsonNode evidence : explanation.path("restsOn")) {
            for (JsonNode fact : evidence.path("facts")) {
                Matcher place = PLACE.matcher(fact.path("origin").asText());
                if (place.matches()) {
                    String line = read(Path.of(place.group(1)), Integer.parseInt(place.group(2)));
                    for (String code : List.of("product_code", "customer_code", "order_no", "supplier_code")) {
                        if (fact.path("values").has(code)) {
                            assertThat(line)
                                    .as(fact.toString())
                                    .contains(fact.path("values").get(code).asText());
                        }
                    }
                    found++;
                }
            }
        }
        assertThat(found).as(explanation.path("decisionId").asText()).isGreaterThan(3);
    }

    private static String read(Path file, int number) {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return lines.lines().skip(number - 1L).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
