package io.millrace.nightly.publish;

import static io.millrace.nightly.publish.Nights.night;
import static io.millrace.nightly.publish.Nights.order;
import static io.millrace.nightly.publish.Nights.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class StagingBatchPropertyTest {

    @Property(tries = 200, seed = "1")
    void theOrderOfRowsDoesNotMatter(
            @ForAll @Size(max = 20) List<@NumericChars @StringLength(min = 1, max = 4) String> products,
            @ForAll long seed) {
        List<StagingRow> rows =
                products.stream().distinct().map(p -> order(p, "1")).toList();
        List<StagingRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(night(shuffled)).isEqualTo(night(rows));
        assertThat(night(shuffled).contentHash()).isEqualTo(night(rows).contentHash());
    }

    /** Text that moves from one column to the next is another content. */
    @Property(tries = 500, seed = "1")
    void noTwoContentsRenderTheSame(
            @ForAll @FewLetters String left,
            @ForAll @FewLetters String right,
            @ForAll @FewLetters String otherLeft,
            @ForAll @FewLetters String otherRight) {
        StagingRow one = target("K", left, "x" + right);
        StagingRow other = target("K", otherLeft, "x" + otherRight);
        assertThat(night(one).contentHash().equals(night(other).contentHash())).isEqualTo(one.equals(other));
    }

    /** So few that different splits of the same text are common, among them what the rendering itself uses. */
    @StringLength(max = 3)
    @CharRange(from = '0', to = '2')
    @Chars({'-', ':'})
    @Retention(RetentionPolicy.RUNTIME)
    private @interface FewLetters {}
}
