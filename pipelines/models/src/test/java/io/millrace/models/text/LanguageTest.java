package io.millrace.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | The parcel arrived damaged and nobody answered my mail.",
                "en | I ordered the Le Creuset pan and it is a dream",
                "en | ok",
                "en | #LOVE @airline 100% !!!",
                "en | Don't buy this.",
                "es | No me gusta",
                "de | Die Lieferung kam zu spät und der Karton war kaputt, ich bin sehr enttäuscht.",
                "fr | Le colis est arrivé en retard et je ne suis pas content de la qualité.",
                "es | El paquete llegó tarde y la calidad es muy mala, no lo recomiendo.",
                "it | Il pacco è arrivato tardi e la qualità non è buona, sono molto deluso.",
                "pt | O produto não é bom e chegou com atraso, uma pena para mim.",
                "nl | Het pakket kwam te laat en de kwaliteit is niet goed, ik ben zeer teleurgesteld.",
                "other | 配送がとても遅かったです。",
                "other | Посылка пришла поздно"
            })
    void smallWordsAndScriptTell(String code, String text) {
        assertThat(Language.of(text).code()).isEqualTo(code);
    }
}
