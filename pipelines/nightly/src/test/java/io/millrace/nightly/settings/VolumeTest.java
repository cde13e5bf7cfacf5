package io.millrace.nightly.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeTest {

    @Test
    void aFifthMayGoAndOneAloneButNeverTheLast() {
        Volume usual = new Volume(0.2, 0.5, 10, List.of());
        assertThat(usual.isTooMuch(100, 20)).isFalse();
        assertThat(usual.isTooMuch(100, 21)).isTrue();
        assertThat(usual.isTooMuch(3, 1)).isFalse();
        assertThat(usual.isTooMuch(3, 2)).isTrue();
        assertThat(usual.isTooMuch(1, 1)).isTrue();
        assertThat(usual.isTooMuch(0, 0)).isFalse();
        assertThat(new Volume(1, 0.5, 10, List.of()).isTooMuch(5, 5))
                .as("never all")
                .isTrue();
        assertThatThrownBy(() -> new Volume(1.5, 0.5, 10, List.of())).hasMessageContaining("from 0 to 1");
    }

    @Test
    void halfOfADeliveryMayBeBadAndAFewRowsAltogether() {
        Volume usual = Volume.DEFAULT;
        assertThat(usual.isTooBad(103, 100)).isTrue();
        assertThat(usual.isTooBad(200, 100)).isFalse();
        assertThat(usual.isTooBad(9, 9)).isFalse();
        assertThat(usual.tooBad("shop.product", 103, 100, List.of("line 2: x")))
                .isEqualTo(
                        "100 of 103 rows of shop.product are bad, and at most 50 % may be: line 2: x. Where they are to go to"
                                + " quarantine, run again with --accept-volume shop.product");
    }

    @Test
    void anIncrementMayBeTenTimesAsLargeAsTheLargestOfTheLast() {
        Volume usual = Volume.DEFAULT;
        List<Long> before = List.of(90L, 0L, 110L, 100L, 120L);
        assertThat(usual.isTooLarge(before, 1200)).isFalse();
        assertThat(usual.isTooLarge(before, 1201)).isTrue();
        assertThat(usual.isTooLarge(List.of(1L, 1L, 1L, 1L, 1L), 1000))
                .as("small")
                .isFalse();
        assertThat(usual.isTooLarge(before.subList(0, 4), 99_999))
                .as("nobody knows what is usual")
                .isFalse();
        assertThat(usual.tooLarge("shop.line", before, 1201))
                .isEqualTo(
                        "shop.line has an increment of 1,201 rows, and none of the last 5 had more than 120; one may be 10"
                                + " times as large. Where it is meant, run again with --accept-volume shop.line");
    }

    @Test
    void whatARunAcceptsIsAddedToWhatTheConfigurationDoes() {
        Settings settings = SettingsReader.read(
                null,
                List.of(
                        "sources.shop.system=csv",
                        "sources.shop.drop=/drop",
                        "sources.shop.volume.accept=stock_level",
                        "sources.shop.volume.most-removed=0.5"));
        Volume volume = settings.acceptingVolume(List.of("shop.product"))
                .sources()
                .get("shop")
                .volume();
        assertThat(volume.accept()).containsExactly("stock_level", "product");
        assertThat(volume.isTooMuch(4, 2)).isFalse();
        assertThatThrownBy(() -> settings.acceptingVolume(List.of("product")))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessageContaining("SOURCE.TABLE");
    }
}
