package io.millrace.contracts.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.yaml.Records.Optional;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Everything(
            String text,
            int count,
            long bigCount,
            double share,
            boolean isOn,
            BigDecimal money,
            Duration patience,
            LocalDate since,
            Path home,
            Secret password,
            Colour colour,
            List<Integer> numbers,
            Map<String, Colour> colours,
            Inner inner) {}

    record Inner(
            @Optional("7") int depth,
            @Optional String note,
            @Optional List<String> tags,
            @Optional boolean deep) {}

    record Waiting(
            @Optional Duration pause, @Optional("30s") Duration usual) {}

    record Positive(int size) {
        Positive {
            if (size <= 0) {
                throw new IllegalArgumentException("size " + size + " must be above 0");
            }
        }
    }

    private final Problems problems = new Problems();

    @Test
    void everyKindOfValueIsBound() {
        Everything all = bind("""
                text: a text
                count: 1_000
                big-count: 9000000000
                share: 0.25
                is-on: true
                money: 12.50
                patience: 5m
                since: 2026-01-31
                home: some/where
                password: ${env:DB_PASSWORD}
                colour: dark-blue
                numbers: [1, 2]
                colours: {sky: dark-blue, rose: red}
                inner: {depth: 2, note: x, tags: [a], deep: true}
                """, Everything.class);
        assertThat(problems.list()).isEmpty();
        assertThat(all)
                .isEqualTo(new Everything(
                        "a text",
                        1000,
                        9_000_000_000L,
                        0.25,
                        true,
                        new BigDecimal("12.50"),
                        Duration.ofMinutes(5),
                        LocalDate.of(2026, 1, 31),
                        Path.of("some/where"),
                        new Secret("${env:DB_PASSWORD}"),
                        Colour.DARK_BLUE,
                        List.of(1, 2),
                        Map.of("sky", Colour.DARK_BLUE, "rose", Colour.RED),
                        new Inner(2, "x", List.of("a"), true)));
    }

    @Test
    void whatMayBeMissingGetsItsDefault() {
        assertThat(bind("{}", Inner.class)).isEqualTo(new Inner(7, null, List.of(), false));
        assertThat(bind("note:", Inner.class)).isEqualTo(new Inner(7, null, List.of(), false));
        assertThat(bind("{}", Waiting.class)).isEqualTo(new Waiting(null, Duration.ofSeconds(30)));
    }

    @Test
    void oneValueWhereAListIsExpectedIsAListOfOne() {
        assertThat(bind("tags: alone", Inner.class).tags()).containsExactly("alone");
    }

    @ParameterizedTest
    @CsvSource({"30s, PT30S", "5m, PT5M", "12h, PT12H", "7d, PT168H", "0s, PT0S"})
    void durationsCarryTheirUnit(String written, String expected) {
        assertThat(bind("pause: " + written, Waiting.class).pause()).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "pause: 5, a duration such as 30s",
        "pause: 5 parsecs, a duration such as 30s",
        "pause: m, a duration such as 30s",
    })
    void aDurationWithoutAUnitIsRefused(String yaml, String expected) {
        assertThat(bind(yaml, Waiting.class)).isNull();
        assertThat(problems.list())
                .singleElement()
                .asString()
                .startsWith("t.yaml:1: pause: ")
                .contains(expected);
    }

    @Test
    void aNumberThatIsNoneIsRefusedWithItsPath() {
        assertThat(bind("depth: deep", Inner.class)).isNull();
        assertThat(problems.list()).containsExactly("t.yaml:1: depth: 'deep' is not a whole number");
    }

    @Test
    void anEnumNamesItsValuesAsTheyAreWritten() {
        record Sky(Colour sky) {}
        bind("sky: green", Sky.class);
        assertThat(problems.list()).containsExactly("t.yaml:1: sky: 'green' is not one of red, dark-blue");
    }

    @Test
    void aRecordThatRefusesItsValuesIsAProblemWithItsOwnWords() {
        assertThat(bind("\nsize: -1", Positive.class)).isNull();
        assertThat(problems.list()).containsExactly("t.yaml:2: size -1 must be above 0");
    }

    @Test
    void everyProblemIsNotedAndUnknownKeysNameTheNearest() {
        assertThat(bind("dept: 3\ndeep: maybe\nnote: [a, b]\n", Inner.class)).isNull();
        assertThat(problems.list())
                .containsExactlyInAnyOrder(
                        "t.yaml:1: unknown key 'dept' (did you mean 'depth'?)",
                        "t.yaml:2: deep: 'maybe' is not true or false",
                        "t.yaml:3: note: one value is expected");
    }

    @Test
    void aBlockIsWhereItsKeyStands() {
        record Outer(Inner inner) {}
        bind("# a comment\nwrong:\n  x: 1\ninner:\n  depth: x\n", Outer.class);
        assertThat(problems.list())
                .containsExactly("t.yaml:2: unknown key 'wrong'", "t.yaml:5: inner.depth: 'x' is not a whole number");
    }

    @Test
    void aSecretIsAReferenceAndALiteralIsNeverRepeated() {
        record Login(Secret password) {}
        assertThat(bind("password: hunter2", Login.class)).isNull();
        assertThat(problems.list())
                .singleElement()
                .asString()
                .startsWith("t.yaml:1: password: ")
                .contains("${env:NAME} or ${file:PATH}")
                .doesNotContain("hunter2");
    }

    private <T extends Record> T bind(String yaml, Class<T> type) {
        return Records.bind(YamlNode.parse(yaml, "t.yaml", problems), type, problems);
    }
}
