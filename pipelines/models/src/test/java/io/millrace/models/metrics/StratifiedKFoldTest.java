package io.millrace.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StratifiedKFoldTest {

    @Property
    void everyRowIsTestedOnceAndEveryClassIsSpreadEvenly(
            @ForAll @Size(min = 10, max = 200) List<@IntRange(max = 2) Integer> drawn,
            @ForAll @IntRange(min = 2, max = 10) int folds,
            @ForAll long seed) {
        int[] labels = drawn.stream().mapToInt(Integer::intValue).toArray();
        List<StratifiedKFold.Split> splits = new StratifiedKFold(folds, seed).split(labels);
        int[] tested = splits.stream()
                .flatMapToInt(s -> Arrays.stream(s.test()))
                .sorted()
                .toArray();
        assertThat(tested).isEqualTo(IntStream.range(0, labels.length).toArray());
        for (StratifiedKFold.Split split : splits) {
            int[] both = IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.test()))
                    .sorted()
                    .toArray();
            assertThat(both).isEqualTo(tested);
            for (int label = 0; label < 3; label++) {
                int wanted = label;
                long all = Arrays.stream(labels).filter(l -> l == wanted).count();
                long here = Arrays.stream(split.test())
                        .filter(row -> labels[row] == wanted)
                        .count();
                assertThat(here).isBetween(all / folds, (all + folds - 1) / folds);
            }
        }
    }

    @Test
    void theSeedDecidesTheFolds() {
        int[] labels = new int[100];
        int[] first = new StratifiedKFold(5, 1).foldOfRow(labels);
        assertThat(new StratifiedKFold(5, 1).foldOfRow(labels)).isEqualTo(first);
        assertThat(new StratifiedKFold(5, 2).foldOfRow(labels)).isNotEqualTo(first);
    }

    @Test
    void refusesTooFewFoldsOrRows() {
        assertThatThrownBy(() -> new StratifiedKFold(1, 1)).hasMessageContaining("folds is 1");
        assertThatThrownBy(() -> new StratifiedKFold(5, 1).split(new int[3])).hasMessageContaining("3 rows for 5");
    }
}
