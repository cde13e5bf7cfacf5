package io.millrace.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<p>I <b>love</b> it.<br/>Thanks</p> | I love it. Thanks",
                "Tom &amp; Jerry &lt;3 &#128512; &#x41; | Tom & Jerry <3 😀 A",
                "<style>p {color: red}</style>Broken<script>alert('x > 1')</script>! | Broken !",
                "<!-- <b>not shown</b> -->Shown<!DOCTYPE html> | Shown",
                "3 < 4 and 5 > 2, a <- b | 3 < 4 and 5 > 2, a <- b",
                "&nosuch; &#0; &#x110000; 100 & more | &nosuch; &#0; &#x110000; 100 & more",
                "a <b unclosed | a <b unclosed",
            })
    void marksGoAndWhatIsMeantStays(String marked, String plain) {
        assertThat(PlainText.of(marked)).isEqualTo(plain);
    }

    @Test
    void blanksAndControlCharactersAreOneBlank() {
        assertThat(PlainText.of(" a\u00a0\t\r\n\u0000b\u2003 ")).isEqualTo("a b");
        assertThat(PlainText.of("<p> &nbsp; </p>")).isEmpty();
        assertThat(PlainText.of("<".repeat(1_000_000)).length()).isLessThan(10_000);
    }
}
