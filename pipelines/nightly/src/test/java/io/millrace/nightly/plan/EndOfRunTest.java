package io.millrace.nightly.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.contracts.Failure;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndOfRunTest {

    private static final LocalDate DATE = LocalDate.parse("2026-03-01");

    @TempDir
    private Path home;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<String> posted = new ArrayList<>();
    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** An address that answers with these, one after another, then with the last. */
    private String answering(Integer... statuses) throws IOException {
        Deque<Integer> left = new ArrayDeque<>(List.of(statuses));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(left.size() > 1 ? left.poll() : left.peek(), -1);
            exchange.close();
        });
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/runs?key=canary";
    }

    private RunRecord run(List<Stage> stages, String... sets) {
        Settings settings = new NightFixture(home, sets).settings();
        Events events = new Events(new PrintStream(log, true, StandardCharsets.UTF_8), Events.Format.TEXT);
        return new NightRun(settings, home.resolve("conf"), events).run(DATE, stages, "nightly", false);
    }

    private static Step step(String name, String reads) {
        return new Step(name, reads.isEmpty() ? List.of() : List.of(reads), List.of("x." + name), "", n -> {});
    }

    private static Step failing(String name) {
        return new Step(name, List.of(), List.of("x." + name), "", n -> {
            throw Failure.data("not acceptable");
        });
    }

    private String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anAddressIsPostedTheReport() throws IOException {
        run(List.of(step("a", "")), "tell.url=" + answering(200));
        assertThat(posted).singleElement().asString().contains("\"outcome\":\"success\"", "\"stage\":\"a\"");
    }

    @Test
    void aRunOfWhichAPartIsMissingSaysWhich() throws IOException {
        String url = answering(200);
        assertThatThrownBy(() -> run(List.of(failing("a"), step("b", "x.a"), step("c", "")), "tell.url=" + url))
                .hasMessage("not acceptable");
        assertThat(posted)
                .singleElement()
                .asString()
                .contains("\"outcome\":\"partial\"", "\"blocked\":{\"b\":\"a failed\"}");
    }

    @Test
    void aRunThatReachedNothingIsAFailure() throws IOException {
        String url = answering(200);
        assertThatThrownBy(() -> run(List.of(failing("a"), step("b", "x.a")), "tell.url=" + url))
                .hasMessage("not acceptable");
        assertThat(posted).singleElement().asString().contains("\"outcome\":\"failure\"");
    }

    @Test
    void itIsToldAgainUntilItHears() throws IOException {
        run(List.of(step("a", "")), "tell.url=" + answering(503, 500, 204));
        assertThat(posted).hasSize(3);
        assertThat(log()).doesNotContain("was not told");
    }

    @Test
    void thatNobodyHearsIsNoReasonToFailAndTheAddressIsKeptSecret() throws IOException {
        assertThat(run(List.of(step("a", "")), "tell.url=" + answering(500)).status())
                .isEqualTo(RunRecord.Status.DONE);
        assertThat(posted).hasSize(3);
        assertThat(log())
                .contains("tell.url was not told, in 3 attempts, how the run ended: HTTP status 500")
                .doesNotContain("canary");
    }

    @Test
    void anAddressThatNobodyServesOrThatIsASecretNobodyHasIsNoReasonEither() {
        run(List.of(step("a", "")), "tell.url=http://127.0.0.1:1/", "tell.attempts=1");
        assertThat(log()).contains("tell.url was not told");
        run(List.of(step("a", "")), "tell.url=${env:MILLRACE_NO_SUCH_NAME}", "tell.attempts=1");
        assertThat(log()).contains("MILLRACE_NO_SUCH_NAME that holds a secret is not set");
    }

    /** A folder whose configuration runs this as a shell script, for a list of words has no form in --set. */
    private RunRecord tellingCommand(String script) throws IOException {
        Path file = Files.writeString(home.resolve("told.sh"), script);
        Settings plain = new NightFixture(home).settings();
        Settings.Tell tell = new Settings.Tell(List.of("sh", file.toString()), null, Duration.ofMillis(500), 1);
        Events events = new Events(new PrintStream(log, true, StandardCharsets.UTF_8), Events.Format.TEXT);
        RunRecord run = RunRecord.begun("2026-03-01-1", "2026-03-01", "nightly");
        assertThat(plain.tell().attempts()).isEqualTo(3);
        new EndOfRun(tell, events).tell(new RunReport(RunReport.Outcome.SUCCESS, run, List.of()));
        return run;
    }

    @Test
    void aCommandFindsTheReportOnItsStandardInput() throws IOException {
        tellingCommand("cat > '" + home.resolve("heard") + "'");
        assertThat(home.resolve("heard")).content().contains("\"runId\":\"2026-03-01-1\"");
        assertThat(log()).isEmpty();
    }

    @Test
    void aCommandThatFailsOrNeverEndsIsNotedAndWaitedForNoLonger() throws IOException {
        tellingCommand("exit 3");
        assertThat(log()).contains("tell.command was not told, in 1 attempts, how the run ended: exit code 3");
        Instant start = Instant.now();
        tellingCommand("sleep 60");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
        assertThat(log()).contains("no end after");
    }
}
