package io.millrace.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongSeriesTest {

    @TempDir
    Path folder;

    private LongSeries read(String text) throws IOException {
        return LongSeries.read(Files.writeString(folder.resolve("data.csv"), text));
    }

    @Test
    void interleavedSeriesKeepTheOrderOfTheFile() throws IOException {
        LongSeries data = read("unique_id,ds,y\nb,1,1\na,1,5\nb,2,-2.5e1\n\na,2,6\n");
        assertThat(data.rows()).isEqualTo(4);
        assertThat(data.series().keySet()).containsExactly("b", "a");
        assertThat(data.series().get("b")).containsExactly(1, -25);
        assertThat(data.series().get("a")).containsExactly(5, 6);
    }

    @Test
    void takesQuotesOtherColumnsAndByteOrderMarks() throws IOException {
        LongSeries data = read("\uFEFF\"y\",store,ds,unique_id\r\n\"7\",x,1,\"a, \"\"b\"\"\"\r\n");
        assertThat(data.series()).containsOnlyKeys("a, \"b\"");
        assertThat(data.series().get("a, \"b\"")).containsExactly(7);
    }

    @Test
    void unpacksGzip() throws IOException {
        Path file = folder.resolve("data.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("unique_id,ds,y\na,1,5\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(LongSeries.read(file).series().get("a")).containsExactly(5);
    }

    @Test
    void anIdThatStartsAgainIsAnotherSeries() throws IOException {
        LongSeries data = read("unique_id,ds,y\na,1,5\na,2,6\nb,1,9\na,1,7\na,2,8\n");
        assertThat(data.series()).containsOnlyKeys("a", "b", "a#2");
        assertThat(data.series().get("a#2")).containsExactly(7, 8);
    }

    @Test
    void saysWhichLineIsWrong() {
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,5\na,2,five\n"))
                .hasMessageContaining("Line 3 of data.csv has y 'five'");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,\n"))
                .hasMessageContaining("Line 2")
                .hasMessageContaining("''");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,NaN\n")).hasMessageContaining("not finite");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1\n")).hasMessageContaining("Line 2 of data.csv has 2 fields");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,5\na,2,6\na,2,7\n")).hasMessageContaining("Line 4");
        assertThatThrownBy(() -> read("unique_id,ds,y\n\"a,1,5\n")).hasMessageContaining("within quotes");
    }

    @Test
    void refusesTimesOutOfOrderAndRowsWithoutOne() throws IOException {
        assertThatThrownBy(() -> read("unique_id,ds,y\na,2025-01-01,5\na,2025-01-03,5\na,2025-01-02,5\n"))
                .hasMessageContaining("Line 4 of data.csv has ds 2025-01-02 behind 2025-01-03 in series a");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,9,5\na,10,5\na,1,5\n")).hasMessageContaining("Line 4");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,,5\n")).hasMessageContaining("Line 2 of data.csv has no ds");
        assertThatThrownBy(() -> read("unique_id,ds,y\n,1,5\n")).hasMessageContaining("has no unique_id");
        assertThat(read("unique_id,ds,y\na,W9,5\na,W10,6\n").series().get("a")).containsExactly(5, 6);
    }

    @Test
    void saysWhichColumnIsMissing() {
        assertThatThrownBy(() -> read("unique_id,date,y\na,1,5\n")).hasMessageContaining("but no ds");
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> read("unique_id;ds;y\n")).hasMessageContaining("with commas between them");
        assertThatThrownBy(() -> read("unique_id,ds,y,y\na,1,5,6\n")).hasMessageContaining("has the column y twice");
        assertThatThrownBy(() -> read("unique_id,ds,y\n")).hasMessageContaining("no rows");
    }
}
