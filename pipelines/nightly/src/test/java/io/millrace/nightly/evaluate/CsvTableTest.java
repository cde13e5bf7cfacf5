package io.millrace.nightly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dialect of the files that are given to {@code evaluate}, and what is said of files that break it. */
class CsvTableTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text);
    }

    private List<List<String>> rows(String text) throws IOException {
        return CsvTable.read(file(text)).rows().stream().map(Arrays::asList).toList();
    }

    @Test
    void spaceCountsWithinQuotesAlone() throws IOException {
        CsvTable table = CsvTable.read(file("\uFEFF\"a\", b\r\n 1 , \" 2 \" \r\n\r\n,\"\"\r\n"));
        assertThat(table.header()).containsExactly("a", "b");
        assertThat(table.rows()).containsExactly(new String[] {"1", " 2 "}, new String[] {"", ""});
    }

    @Test
    void quotesHoldCommasLinesAndQuotesAndAHashIsNoComment() throws IOException {
        assertThat(rows("a,b\n\"1,\n2\",\"say \"\"yes\"\"\"\n#3,4"))
                .containsExactly(List.of("1,\n2", "say \"yes\""), List.of("#3", "4"));
    }

    @Test
    void quotesThatNobodyDoubledCostNoRow() throws IOException {
        assertThat(rows("a,b\n5\" screen,x\n\"He said \"hi\" to me\",y\nlast,z\n"))
                .hasSize(3)
                .first()
                .isEqualTo(List.of("5\" screen", "x"));
        assertThat(rows("a,b\n\"He said \"hi\" to me\",y\nlast,z\n"))
                .extracting(row -> row.get(1))
                .containsExactly("y", "z");
    }

    @Test
    void aQuoteThatIsNeverClosedIsRefusedWithItsLine() throws IOException {
        Path open = file("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
        assertThatThrownBy(() -> CsvTable.read(open))
                .isInstanceOf(Failure.class)
                .hasMessageEndingWith("data.csv is no table of comma-separated values: "
                        + "a quote in the record of line 3 is never closed");
        List<String> taken = new ArrayList<>();
        assertThatThrownBy(() -> CsvTable.scanAnyText(open, (record, line) -> taken.add(line + record[0])))
                .hasMessageContaining("never closed");
        assertThat(taken).containsExactly("1a", "21");
    }
}
