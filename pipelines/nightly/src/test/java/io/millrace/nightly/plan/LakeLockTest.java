package io.millrace.nightly.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeLockTest {

    @TempDir
    private Path lake;

    private LakeLock take(String what) {
        return LakeLock.take(lake.toString(), what, new Configuration());
    }

    @Test
    void aSecondRunIsToldWhoHoldsTheLake() {
        try (LakeLock held = take("run nightly of 2026-03-01")) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> take("other"))
                    .isInstanceOfSatisfying(
                            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.LOCKED))
                    .hasMessageContaining("run nightly of 2026-03-01")
                    .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aLockThatWasGivenBackCanBeTakenAgain() throws IOException {
        take("first").close();
        take("second").close();
        assertThat(lake.resolve("_ledger/lock")).doesNotExist();
    }

    @Test
    void aLockOfAProcessThatIsGoneIsRecognised() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        String host = InetAddress.getLocalHost().getHostName();
        Files.createDirectories(lake.resolve("_ledger"));
        Files.writeString(
                lake.resolve("_ledger/lock"), host + "\t" + gone.pid() + "\t2026-01-01T00:00:00Z\tkilled run\ttoken");

        assertThat(LakeLock.isHeld(lake.toString(), new Configuration())).isFalse();
        try (LakeLock lock = take("next")) {
            assertThat(LakeLock.isHeld(lake.toString(), new Configuration())).isTrue();
            assertThat(Files.readString(lake.resolve("_ledger/lock"))).contains("next");
            assertThat(lock).isNotNull();
        }
    }
}
