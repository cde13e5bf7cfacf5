package io.millrace.nightly.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a JSON-lines file says, as it says it. */
class JsonRowsTest {

    private static List<String> read(String text) throws IOException {
        String[] names = JsonRows.names(new StringReader(text)).toArray(String[]::new);
        List<String> read = new ArrayList<>();
        new JsonRows(new StringReader(text), names)
                .forEachRemaining(
                        r -> read.add(r.values() == null ? "?" + r.malformed() : Arrays.toString(r.values())));
        return read;
    }

    @Test
    void aNumberKeepsItsDigits() throws IOException {
        assertThat(
                        read(
                                "{\"a\": 99999999999999.9999, \"b\": 12345678.0}\n{\"a\": 12345678901234567890, \"b\": 1.50}\n"))
                .containsExactly("[99999999999999.9999, 12345678.0]", "[12345678901234567890, 1.50]");
        // No double holds it, and written out it would be a gigabyte.
        assertThat(read("{\"a\": 1e999999999}")).containsExactly("[1e999999999]");
        assertThat(read("{\"a\": [0.10, 1e2]}")).containsExactly("[[0.10,1E+2]]");
    }

    @Test
    void aNameInAnotherCaseIsTheSameColumn() throws IOException {
        assertThat(JsonRows.names(new StringReader("{\"Code\": 1}\n{\"code\": 2, \"name\": \"x\"}\n")))
                .containsExactly("Code", "name");
        assertThat(read("{\"Code\": 1}\n{\"code\": 2, \"name\": \"x\"}\n")).containsExactly("[1, null]", "[2, x]");
    }

    @Test
    void whatIsNoWholeObjectIsNoRow() throws IOException {
        assertThat(read("{\"a\": 1} {\"a\": 2}\n{\"a\": 1\n[1]\n{\"a\": nul}\n{\"a\": null, \"b\": true}\n{}\n"))
                .containsExactly(
                        "?{\"a\": 1} {\"a\": 2}",
                        "?{\"a\": 1",
                        "?[1]",
                        "?{\"a\": nul}",
                        "[null, true]",
                        "[null, null]");
    }

    @Test
    void anObjectThatNamesAFieldTwiceIsNoRow() throws IOException {
        assertThat(read("{\"a\": 1, \"a\": 2}\n{\"a\": 1, \"A\": 2}\n{\"a\": 3}\n"))
                .containsExactly("?{\"a\": 1, \"a\": 2}", "?{\"a\": 1, \"A\": 2}", "[3]");
    }
}
