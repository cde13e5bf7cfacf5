package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LakeSettingsTest {

    private static String root(String given) {
        return new LakeSettings(given, "thrift://127.0.0.1:9083", 4, Map.of()).root();
    }

    /** Hive takes a relative folder from the warehouse, Delta from the working directory: tables would be lost between them. */
    @Test
    void aFolderIsAbsoluteAndAnAddressStaysAsItIs() {
        String here = Path.of("").toAbsolutePath().toString();
        assertThat(root(".millrace/lake")).isEqualTo(here + "/.millrace/lake");
        assertThat(root("./a/../lake")).isEqualTo(here + "/lake");
        assertThat(root("/srv/lake")).isEqualTo("/srv/lake");
        assertThat(root("file:/srv/lake")).isEqualTo("file:/srv/lake");
        assertThat(root("s3a://bucket/lake")).isEqualTo("s3a://bucket/lake");
    }
}
