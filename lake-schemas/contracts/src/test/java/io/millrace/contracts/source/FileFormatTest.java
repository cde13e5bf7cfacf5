package io.millrace.contracts.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileFormatTest {

    @Test
    void theUsualFormatIsCommaQuotesHeaderUtf8() {
        assertThat(FileFormat.usual()).isEqualTo(new FileFormat(",", "\"", true, "UTF-8"));
        assertThat(FileFormat.usual().charset()).isEqualTo(StandardCharsets.UTF_8);
        assertThat(new FileFormat("|", "none", false, "UTF-16LE").charset()).isEqualTo(StandardCharsets.UTF_16LE);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new FileFormat("", "\"", true, "UTF-8")).hasMessageContaining("delimiter ''");
        assertThatThrownBy(() -> new FileFormat(",", "''", true, "UTF-8")).hasMessageContaining("quote ''''");
        assertThatThrownBy(() -> new FileFormat(",", "\"", true, "EBCDIC-9")).hasMessageContaining("'EBCDIC-9'");
    }
}
