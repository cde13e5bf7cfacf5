package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.contracts.ContractCatalog;
import io.millrace.lake.LakeReader;
import io.millrace.lake.LakeSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are hard to print: nulls, quotes, line breaks, nested ones, two columns of one name. */
class RowPrinterTest {

    private static final String ODD = "SELECT NULL AS z, 'a\"b' AS q, 'l1\\nl2' AS n, 'ü€😀' AS u, array(1, NULL) AS a,"
            + " map('k', 1) AS m, named_struct('x', 1, 'y', NULL) AS s, CAST('ab' AS BINARY) AS b, date'2026-01-31' AS d";

    @TempDir
    private Path folder;

    private LakeReader reader;

    @BeforeEach
    void open() {
        reader = new LakeReader(new LakeSettings(folder.toString(), "embedded", 2, Map.of("spark.master", "local[2]")));
    }

    @AfterEach
    void close() {
        reader.close();
    }

    private String printed(RowPrinter.Format format, String sql) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new RowPrinter(new PrintStream(bytes, true, StandardCharsets.UTF_8), format).print(reader.query(sql));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void jsonHasEveryColumnOfEveryRow() throws IOException {
        JsonNode row = new ObjectMapper().readTree(printed(RowPrinter.Format.JSON, ODD));
        assertThat(row.has("z")).isTrue();
        assertThat(row.get("z").isNull()).isTrue();
        assertThat(row.get("s").toString()).isEqualTo("{\"x\":1,\"y\":null}");
        assertThat(row.get("a").toString()).isEqualTo("[1,null]");
        assertThat(row.get("n").asText()).isEqualTo("l1\nl2");
        assertThat(row.get("u").asText()).isEqualTo("ü€😀");
    }

    @Test
    void aTableThatIsCutSaysSo() {
        String three = "SELECT id FROM VALUES 1, 2, 3 AS t(id) ORDER BY id";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new RowPrinter(out, RowPrinter.Format.TABLE, 2).print(reader.query(three));
        new RowPrinter(out, RowPrinter.Format.TABLE, 3).print(reader.query(three));
        new RowPrinter(out, RowPrinter.Format.CSV, 1).print(reader.query(three));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "id",
                        "1",
                        "2",
                        "(2 rows, and there are more: --limit, or --output)",
                        "id",
                        "1",
                        "2",
                        "3",
                        "(3 rows)",
                        "id",
                        "1");
    }

    @Test
    void csvQuotesWhatNeedsItAndShowsNestedValuesAsSparkDoes() {
        assertThat(printed(RowPrinter.Format.CSV, ODD).replace(System.lineSeparator(), "\n"))
                .isEqualTo("""
                        z,q,n,u,a,m,s,b,d
                        ,"a""b","l1
                        l2",ü€😀,"[1, null]",{k -> 1},"{1, null}",ab,2026-01-31
                        """);
    }

    @Test
    void aTableIsOneLineARow() {
        String table = printed(RowPrinter.Format.TABLE, "SELECT repeat('x', 200) AS w, 'l1\nl2' AS n, 1 AS a, 2 AS a");
        assertThat(table.lines()).hasSize(3);
        assertThat(table).contains("…  l1 l2  1  2").endsWith("(1 row)" + System.lineSeparator());
    }

    @Test
    void aTableOfTheCatalogueThatWasNeverWrittenHasItsColumnsAndNoRows() {
        reader.close();
        LakeSettings settings = new LakeSettings(folder.toString(), "embedded", 2, Map.of("spark.master", "local[2]"));
        reader = new LakeReader(settings, ContractCatalog.load());
        assertThat(printed(RowPrinter.Format.CSV, "SELECT rule, count(*) AS n FROM ops.quarantine GROUP BY rule"))
                .isEqualToNormalizingNewlines("rule,n\n");
        assertThat(folder).as("asking creates nothing").isEmptyDirectory();
    }
}
