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
    void anIdCutIntoSeriesIsRemarkedAndItsNamesAreNotTaken() throws IOException {
        LongSeries data = read("unique_id,ds,y\na,1,5\na,2,\nb,2,6\na,1,\na,2,8\na,3,9\n");
        assertThat(data.series().keySet()).containsExactly("a", "b", "a#2");
        assertThat(data.series().get("a#2")).containsExactly(8, 9);
        assertThat(data.remarks())
                .last()
                .asString()
                .contains("1 ids begin anew and were cut into series, the first of them a into a, a#2");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,5\na,2,6\na,1,7\na,2,8\na#2,1,1\n"))
                .hasMessageContaining("a#2, but that is the id of another series");
    }

    @Test
    void piecesThatAreNoSeriesAreDuplicates() {
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,5\na,2,6\na,1,7\na,3,8\na,2,9\n"))
                .hasMessageContaining("has 2 rows");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,5\na,2,6\na,2,6\na,1,7\na,2,8\n"))
                .hasMessageContaining("has 3 rows");
    }

    @Test
    void saysWhichLineIsWrong() {
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,5\na,2,five\n"))
                .hasMessageContaining("Line 3 of data.csv has y 'five'");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,NaN\n")).hasMessageContaining("not finite");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1\n")).hasMessageContaining("Line 2 of data.csv has 2 fields");
        assertThatThrownBy(() -> read("unique_id,ds,y\n\"a,1,5\n")).hasMessageContaining("within quotes");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,5\na,2,6,\"x\na,3,7\n"))
                .hasMessageContaining("Line 3 of data.csv ends within quotes");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,5\n\"a\"b,2,6\n"))
                .hasMessageContaining("data.csv is no table of comma-separated values");
    }

    @Test
    void rowsWithoutAnIdOrATimeAreRefused() {
        assertThatThrownBy(() -> read("unique_id,ds,y\na,,5\n")).hasMessageContaining("Line 2 of data.csv has no ds");
        assertThatThrownBy(() -> read("unique_id,ds,y\n,1,5\n")).hasMessageContaining("has no unique_id");
    }

    @Test
    void rowsWithoutAValueAreLeftOutAndCounted() throws IOException {
        LongSeries data = read("unique_id,ds,y\na,1,5\na,2,\na,3, \na,4,6\nb,1,\n");
        assertThat(data.series().get("a")).containsExactly(5, 6);
        assertThat(data.series().get("b")).isEmpty();
        assertThat(data.rows()).isEqualTo(5);
        assertThat(data.leftOut()).isEqualTo(3);
        assertThat(data.remarks()).containsExactly("data.csv: 3 rows without a y are left out, the first in line 3");
    }

    @Test
    void daysAndWholeNumbersAreSortedAndOthersTakenAsTheyCome() throws IOException {
        LongSeries days = read("unique_id,ds,y\na,2025-01-01,1\na,2025-01-03,3\na,2025-01-02 12:00,2\n");
        assertThat(days.series().get("a")).containsExactly(1, 2, 3);
        assertThat(days.remarks())
                .containsExactly("data.csv: the rows of 1 series go back in time and were sorted, the first of them a");
        assertThat(read("unique_id,ds,y\na,9,1\na,10,2\na,-1,0\n").series().get("a"))
                .containsExactly(0, 1, 2);
        LongSeries weeks = read("unique_id,ds,y\na,W9,5\na,W10,6\na,9,7\na,8,8\n");
        assertThat(weeks.series().get("a")).containsExactly(5, 6, 7, 8);
        assertThat(weeks.remarks()).isEmpty();
    }

    @Test
    void repeatedTimesAreRefusedWithAllOfThem() {
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,5\nb,x,1\na,2,6\na,2,7\nb,x,2\n"))
                .hasMessageContaining("data.csv has 2 rows that repeat a ds")
                .hasMessageContaining("--sum-duplicates")
                .hasMessageContaining("line 5: series a, ds 2")
                .hasMessageContaining("line 6: series b, ds x");
        // The first row again is a duplicate, not the beginning of another series; so is another spelling.
        assertThatThrownBy(() -> read("unique_id,ds,y\na,1,5\na,2,6\na,1,5\n")).hasMessageContaining("line 4");
        assertThatThrownBy(() -> read("unique_id,ds,y\na,2025-01-01,5\na,2025-01-01T00:00,6\n"))
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> read("unique_id,ds,y\n" + "a,1,5\n".repeat(31)))
                .hasMessageContaining("has 30 rows")
                .hasMessageContaining("line 22:")
                .hasMessageNotContaining("line 23:")
                .hasMessageContaining("and 10 more");
    }

    @Test
    void repeatedTimesAreSummedOnDemand() throws IOException {
        Path file = Files.writeString(
                folder.resolve("s.csv"), "unique_id,ds,y\na,2,1\na,1,2\na,2,3\na,1,4\na,2,\nb,x,1\nb,y,1\nb,x,5\n");
        LongSeries data = LongSeries.read(file, LongSeries.Duplicates.SUMMED);
        assertThat(data.series()).containsOnlyKeys("a", "b");
        assertThat(data.series().get("a")).containsExactly(6, 4);
        assertThat(data.series().get("b")).containsExactly(6, 1);
        assertThat(data.remarks()).last().asString().contains("3 rows repeat a ds");
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
