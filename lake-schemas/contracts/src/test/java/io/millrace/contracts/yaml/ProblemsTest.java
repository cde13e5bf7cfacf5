package io.millrace.contracts.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private static final List<String> KNOWN = List.of("lead-time", "service-level", "budget");

    @Test
    void theNearestWordByEditDistanceIsNamed() {
        assertThat(Problems.nearest("leadtime", KNOWN)).isEqualTo("lead-time");
        assertThat(Problems.nearest("servicelevle", KNOWN)).isEqualTo("service-level");
        assertThat(Problems.nearest("bugdet", KNOWN)).isEqualTo("budget");
        assertThat(Problems.didYouMean("budge", KNOWN)).isEqualTo(" (did you mean 'budget'?)");
    }

    @Test
    void aWordThatIsNearNoneIsNotGuessed() {
        assertThat(Problems.nearest("colour", KNOWN)).isNull();
        assertThat(Problems.didYouMean("x", KNOWN)).isEmpty();
        assertThat(Problems.nearest("anything", List.of())).isNull();
    }

    @Property(tries = 200)
    void aWordWithOneLetterTooManyIsFound(@ForAll @AlphaChars @StringLength(min = 4, max = 12) String word) {
        assertThat(Problems.nearest(word + "x", List.of("unrelated_long_word", word)))
                .isEqualTo(word);
    }

    @Test
    void oneReportNamesThemAll() {
        Problems problems = new Problems();
        assertThatCode(() -> problems.refuse("The configuration")).doesNotThrowAnyException();
        problems.add("a.yaml:1", "is odd");
        problems.add("b.yaml:2", "is even");
        assertThatThrownBy(() -> problems.refuse("The configuration"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .hasMessage("The configuration: 2 problems\n  - a.yaml:1: is odd\n  - b.yaml:2: is even");
    }
}
