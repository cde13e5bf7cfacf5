package io.millrace.nightly.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    private Path holder(String machine, long process) throws IOException {
        Files.createDirectories(lake.resolve("_ledger"));
        return Files.writeString(
                lake.resolve("_ledger/lock"),
                machine + "\t" + process + "\t2026-01-01T00:00:00Z\trun nightly of 2026-03-01\ttoken");
    }

    /** Its numbers of processes mean nothing here: a process of the same number that is gone, or never was, says nothing of it. */
    @Test
    void aContainerOfTheSameNameIsAnotherMachine() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        String host = InetAddress.getLocalHost().getHostName();
        holder(host + "/another boot/pid:[1]", gone.pid());
        assertThatThrownBy(() -> take("other"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.LOCKED))
                .hasMessageContaining("on " + host + ".");
    }

    /** A clock that was set makes a pulse look an hour old; that it goes on is seen by watching. */
    @Test
    void aPulseThatGoesOnIsHeardWhateverTheClockSays() throws Exception {
        Path lock = holder("elsewhere/boot/pid:[1]", 1);
        Instant old = Instant.now().minus(Duration.ofHours(1));
        Files.setLastModifiedTime(lock, FileTime.from(old));
        CompletableFuture<Void> pulse = CompletableFuture.runAsync(
                () -> {
                    try {
                        Files.setLastModifiedTime(lock, FileTime.from(old.plusSeconds(20)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS));
        assertThatThrownBy(() -> take("other"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.LOCKED));
        pulse.join();
    }

    @Test
    void whoeverHasLostTheLockWritesNothingMore() throws IOException {
        try (LakeLock lock = take("first")) {
            lock.requireHeld();
            Ledger ledger = Ledger.open(lake.toString(), new Configuration());
            ledger.guardedBy(lock::requireHeld);
            holder("elsewhere/boot/pid:[1]", 1);
            lock.pulse();
            assertThatThrownBy(lock::requireHeld)
                    .isInstanceOfSatisfying(
                            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.LOCKED))
                    .hasMessageContaining("Another process has taken the lock");
            assertThatThrownBy(() -> ledger.record(RunRecord.begun("2026-03-01-1", "2026-03-01", "nightly")))
                    .isInstanceOf(Failure.class);
            assertThatThrownBy(ledger::compact).isInstanceOf(Failure.class);
        }
        assertThat(lake.resolve("_ledger/lock")).as("it is the other's").exists();
    }

    @Test
    void aLockOfAProcessThatIsGoneIsRecognised() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        holder(LakeLock.machine(), gone.pid());

        assertThat(LakeLock.isHeld(lake.toString(), new Configuration())).isFalse();
        try (LakeLock lock = take("next")) {
            assertThat(LakeLock.isHeld(lake.toString(), new Configuration())).isTrue();
            assertThat(Files.readString(lake.resolve("_ledger/lock"))).contains("next");
            assertThat(lock).isNotNull();
        }
    }
}
