package io.millrace.launcher.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of the demo's PostgreSQL: its data, its log, and who uses it. */
record PostgresFolder(Path root) {

    static final String LOG = "server.log";

    private static final String INITIALISED = "initialised";

    /** Written and locked by the library in the data directory. */
    private static final String LIBRARY_LOCK = "epg-lock";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    Path data() {
        return root.resolve("data");
    }

    Path users() {
        return root.resolve("users");
    }

    Path turn() {
        return root.resolve("turn");
    }

    /**
     * Starts a server on a free port of the loopback interface; at the first time it creates the data directory, with
     * the administrator's password. To be called by one process at a time.
     */
    int start(Login admin) throws IOException {
        Path initialised = root.resolve(INITIALISED);
        if (!Files.exists(initialised)) {
            delete(data()); // the first start was interrupted half way
        }
        Files.deleteIfExists(data().resolve(LIBRARY_LOCK));
        Redirect log = Redirect.appendTo(root.resolve(LOG).toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(PATIENCE)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setConnectConfig("password", admin.password())
                .setDataDirectoryCustomizer(data -> mark(initialised, data));
        initialisation(builder, admin);
        configuration(builder);
        int port = builder.start().getPort();
        // Users are counted by PostgresUsers. The library would hold its lock until this process ends.
        Files.deleteIfExists(data().resolve(LIBRARY_LOCK));
        return port;
    }

    /** What the library calls locale settings are options of initdb, whichever they are. */
    private static void initialisation(EmbeddedPostgres.Builder builder, Login admin) {
        builder.setLocaleConfig("locale", "C")
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .setLocaleConfig("pwfile", admin.passwordFile().toString());
    }

    private static void configuration(EmbeddedPostgres.Builder builder) {
        builder.setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "60")
                .setServerConfig("shared_buffers", "32MB");
    }

    private static void mark(Path initialised, File data) {
        try {
            Files.writeString(initialised, data + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + initialised, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
