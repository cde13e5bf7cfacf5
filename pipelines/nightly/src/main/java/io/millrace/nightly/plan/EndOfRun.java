package io.millrace.nightly.plan;

import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Secret;
import io.millrace.nightly.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Tells a command and an address how a run ended. That they do not hear it is noted, and never what a run fails for. */
final class EndOfRun {

    private static final long PAUSE_MILLIS = 500;

    private final Settings.Tell settings;
    private final Events events;

    EndOfRun(Settings.Tell settings, Events events) {
        this.settings = settings;
        this.events = events;
    }

    /** Tells both, each as often as the configuration says, until it heard. Takes no longer than all attempts together. */
    void tell(RunReport report) {
        String json = Ledger.json(report);
        if (!settings.command().isEmpty()) {
            attempt("tell.command", () -> command(json));
        }
        if (settings.url() != null) {
            attempt("tell.url", () -> post(json));
        }
    }

    /** One way to tell. */
    private interface Way {
        /** What went wrong, or null if the report was taken. */
        String tell() throws IOException, InterruptedException;
    }

    private void attempt(String key, Way way) {
        String wrong = null;
        for (int i = 1; i <= settings.attempts(); i++) {
            try {
                if (i > 1) {
                    Thread.sleep(PAUSE_MILLIS);
                }
                wrong = way.tell();
                if (wrong == null) {
                    return;
                }
            } catch (IOException | IllegalArgumentException e) {
                // The address may be a secret, and the text of an exception may hold it.
                wrong = e.getClass().getSimpleName();
            } catch (Failure e) {
                wrong = e.getMessage();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        events.note(
                "%s was not told, in %d attempts, how the run ended: %s".formatted(key, settings.attempts(), wrong));
    }

    private String command(String json) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(settings.command())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        // A command that does not read would hold whoever writes, so another thread does.
        Thread writer = new Thread(() -> write(process, json), "report of the run");
        writer.setDaemon(true);
        writer.start();
        if (!process.waitFor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return "no end after " + settings.timeout().toSeconds() + " s";
        }
        return process.exitValue() == 0 ? null : "exit code " + process.exitValue();
    }

    private static void write(Process process, String json) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading all; its exit code says whether it minds.
        }
    }

    private String post(String json) throws IOException, InterruptedException {
        String url = Secret.isReference(settings.url()) ? new Secret(settings.url()).reveal() : settings.url();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<Void> answer = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .build()
                .send(request, HttpResponse.BodyHandlers.discarding());
        return answer.statusCode() / 100 == 2 ? null : "HTTP status " + answer.statusCode();
    }
}
