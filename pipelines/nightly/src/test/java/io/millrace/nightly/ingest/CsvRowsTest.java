package io.millrace.nightly.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.source.FileFormat;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every line is a row, or is named as none; nothing is mended, skipped or read into its neighbour. */
class CsvRowsTest {

    /** Line, then the fields with bars between them (null as ~), or the malformed text behind a question mark. */
    private static List<String> read(String text, FileFormat format) {
        CsvRows rows = new CsvRows(new StringReader(text), format, new String[] {"a", "b"});
        List<String> read = new ArrayList<>();
        rows.forEachRemaining(r -> read.add(r.line() + " "
                + (r.values() == null
                        ? "?" + r.malformed()
                        : Arrays.stream(r.values())
                                .map(v -> v == null ? "~" : v)
                                .collect(Collectors.joining("|")))));
        return read;
    }

    private static List<String> read(String text) {
        return read(text, FileFormat.usual());
    }

    @Test
    void noSignAtTheStartOfALineMakesItAComment() {
        assertThat(read("a,b\n#2001,1\n;x,2\n//y,3\n-- z,4\n"))
                .containsExactly("2 #2001|1", "3 ;x|2", "4 //y|3", "5 -- z|4");
        assertThat(new CsvRows(new StringReader("#a,b\n1,2\n"), FileFormat.usual(), null).header())
                .containsExactly("#a", "b");
    }

    @Test
    void eachLineMayEndInItsOwnWay() {
        assertThat(read("a,b\r\n1,2\n3,4\r5,6")).containsExactly("2 1|2", "3 3|4", "4 5|6");
        assertThat(read("a,b\n1,\"x\r\ny\"\n\n\r\n2,z\n")).containsExactly("2 1|x\r\ny", "6 2|z");
    }

    @Test
    void whatIsEmptyIsMissingUnlessItIsQuotedAndBlanksStay() {
        assertThat(read("a,b\n,\"\"\n  x , y\n")).containsExactly("2 ~|", "3   x | y");
        assertThat(read("\ufeff\"a\",b\n1,2\n")).containsExactly("2 1|2");
        assertThat(read("1,2\n3,4\n", new FileFormat(",", "\"", false, "UTF-8")))
                .containsExactly("1 1|2", "2 3|4");
    }

    @Test
    void aQuoteWithinAFieldThatDoesNotBeginWithOneIsASign() {
        assertThat(read("a,b\n5\" pipe,1\nx,2\"\n")).containsExactly("2 5\" pipe|1", "3 x|2\"");
        assertThat(read("a,b\n\"x,1\n", new FileFormat(",", "none", true, "UTF-8")))
                .containsExactly("2 \"x|1");
    }

    @Test
    void aFieldThatGoesOnBehindItsClosingQuoteCostsItsOwnLinesAndNoOther() {
        assertThat(
                        read(
                                "a,b\n\"Pipe 2\" steel\",5\n\"Pipe 3,6\nP-3,\"Pipe 4,7\nElbow,1\n\"say \\\"hi\\\"\",2\n\"Tee, small\",3\n"))
                .containsExactly(
                        "2 ?\"Pipe 2\" steel\",5",
                        "3 ?\"Pipe 3,6",
                        "4 ?P-3,\"Pipe 4,7",
                        "5 Elbow|1",
                        "6 ?\"say \\\"hi\\\"\",2",
                        "7 Tee, small|3");
    }

    @Test
    void aLineOfOtherFieldsIsGivenAsItStands() {
        assertThat(read("a,b\n1\n\"1\",2,3\n4,5\n")).containsExactly("2 ?1", "3 ?\"1\",2,3", "4 4|5");
    }

    @Test
    void aQuoteThatNothingClosesIsNoEndOfTheFile() {
        assertThatThrownBy(() -> read("a,b\n1,\"x\n2,y\n")).isInstanceOf(CsvRows.Unreadable.class);
        assertThatThrownBy(() -> read("a,b\n1,\"" + "x\n".repeat(3_000_000))).isInstanceOf(CsvRows.Unreadable.class);
    }

    /** Gives one character at a time, so that every place is an end of the buffer. */
    private static Reader slow(String text) {
        return new FilterReader(new StringReader(text)) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 1));
            }
        };
    }

    @Test
    void whatIsWrittenByTheRulesIsReadAsItWas() {
        String[] pieces = {"a", "ü", ",", "\"", "\n", "\r\n", "\r", " ", "#", "\\", "'"};
        SplittableRandom random = new SplittableRandom(42);
        for (int file = 0; file < 300; file++) {
            List<List<String>> written = new ArrayList<>();
            StringBuilder text = new StringBuilder("a,b,c\n");
            for (int row = 0; row < 5; row++) {
                List<String> fields = IntStream.range(0, 3)
                        .mapToObj(f -> IntStream.range(0, random.nextInt(6))
                                .mapToObj(i -> pieces[random.nextInt(pieces.length)])
                                .collect(Collectors.joining()))
                        .toList();
                written.add(fields);
                text.append(fields.stream()
                                .map(f -> "\"" + f.replace("\"", "\"\"") + "\"")
                                .collect(Collectors.joining(",")))
                        .append(row % 2 == 0 ? "\n" : "\r\n");
            }
            List<List<String>> read = new ArrayList<>();
            new CsvRows(slow(text.toString()), FileFormat.usual(), null)
                    .forEachRemaining(r -> read.add(List.of(r.values())));
            assertThat(read).as(text.toString()).isEqualTo(written);
        }
    }
}
