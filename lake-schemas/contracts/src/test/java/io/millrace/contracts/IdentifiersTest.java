package io.millrace.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "_row", "KUNNR", "sales_line", "x1"})
    void plainNamesPass(String name) {
        assertThat(Identifiers.simple("A column", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a b", "a-b", "a.b", "a;drop table x", "a`b", "naïve", "a\nb"})
    void whateverCouldEndAQuoteOrAPathIsRefused(String name) {
        assertThatThrownBy(() -> Identifiers.simple("A column", name))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("A column '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/b", ".hidden", "-x", ""})
    void aFolderNameCannotLeaveItsFolder(String name) {
        assertThatThrownBy(() -> Identifiers.folder("Source system", name)).isInstanceOf(Failure.class);
    }

    @Test
    void aNameHas63CharactersAtTheMost() {
        assertThat(Identifiers.isSimple("a".repeat(63))).isTrue();
        assertThat(Identifiers.isSimple("a".repeat(64))).isFalse();
        assertThat(Identifiers.isSimple(null)).isFalse();
    }
}
