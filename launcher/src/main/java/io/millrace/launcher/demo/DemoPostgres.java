package io.millrace.launcher.demo;

import io.millrace.contracts.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The demo's PostgreSQL, whose data live below the demo's home and survive between commands. The first user starts it,
 * later ones, in this process or another, join it, and the last one to close stops it. It listens on loopback alone and
 * asks for passwords. Killed users do not keep it running once another user has closed; a killed server recovers when
 * it is started.
 */
public final class DemoPostgres implements AutoCloseable {

    /** The role that reads schema {@code erp}. */
    public static final String READER = "millrace_reader";

    /** The role that owns schema {@value #STAGING} and may do nothing else. */
    public static final String WRITER = "millrace_writer";

    /** The schema that plans are published to. */
    public static final String STAGING = "millrace_staging";

    /** The database that both schemas are in. */
    public static final String DATABASE = "company";

    private static final String ADMIN = "postgres";
    private static final int SECONDS_TO_STOP = 15;

    private final PostgresFolder folder;
    private final Login admin;
    private final Login reader;
    private final Login writer;
    private final PostgresUsers users;
    private final Thread atExit = new Thread(this::leave, "demo-postgres-close");
    private int port;
    private boolean startedHere;
    private boolean closed;

    private DemoPostgres(Path home) throws IOException {
        this.folder = new PostgresFolder(home.toAbsolutePath().normalize().resolve("postgres"));
        Path secrets = home.resolve("secrets");
        this.admin = Login.of(ADMIN, secrets);
        this.reader = Login.of(READER, secrets);
        this.writer = Login.of(WRITER, secrets);
        this.users = new PostgresUsers(folder.users());
    }

    /**
     * Says so where this build carries no server, as the jar for spark-submit.
     *
     * @throws Failure of kind USAGE
     */
    public static void requireServer() {
        if (DemoPostgres.class.getClassLoader().getResource("io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class")
                == null) {
            throw Failure.usage(
                    "The demo simulates an ERP in a PostgreSQL that the jar for spark-submit does not carry; run ./millrace demo");
        }
    }

    /**
     * Starts the database of a home, or joins it where it runs.
     *
     * @throws Failure of kind OUTSIDE if it can be neither started nor reached
     */
    public static DemoPostgres open(Path home) {
        try {
            Files.createDirectories(home.resolve("postgres"));
            DemoPostgres postgres = new DemoPostgres(home);
            postgres.open();
            return postgres;
        } catch (IOException | SQLException e) {
            throw Failure.outside(
                    "The demo's PostgreSQL below " + home + " cannot be started: " + e.getMessage() + ". Its log is "
                            + home.resolve("postgres").resolve(PostgresFolder.LOG),
                    e);
        }
    }

    @SuppressWarnings("try") // holding the turn is what it is for
    private void open() throws IOException, SQLException {
        try (Turn turn = Turn.take(folder.turn())) {
            users.enter();
            try {
                Optional<Integer> running = running();
                startedHere = running.isEmpty();
                port = startedHere ? folder.start(admin) : running.get();
                prepare();
            } catch (IOException | SQLException | RuntimeException e) {
                users.leave();
                throw e;
            }
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The port of the server that runs on this folder, if any. Clears away what a killed one left. */
    private Optional<Integer> running() throws IOException, SQLException {
        Optional<Postmaster> postmaster = Postmaster.of(folder.data());
        if (postmaster.isPresent() && !postmaster.get().lives()) {
            Files.deleteIfExists(postmaster.get().pidFile());
            return Optional.empty();
        }
        if (postmaster.isPresent()) {
            awaitAnswer(postmaster.get().port());
        }
        return postmaster.map(Postmaster::port);
    }

    /** A server whose starter was killed may still be coming up. */
    private void awaitAnswer(int ofPort) throws IOException, SQLException {
        Properties properties = properties(admin);
        properties.setProperty("connectTimeout", "5");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_STOP);
        while (true) {
            try (Connection connection = DriverManager.getConnection(url(ofPort, ADMIN), properties)) {
                checkFolder(connection, ofPort);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end || !pause()) {
                    throw e;
                }
            }
        }
    }

    private void checkFolder(Connection connection, int ofPort) throws IOException, SQLException {
        String served = text(connection, "SHOW data_directory");
        if (!Files.isSameFile(Path.of(served), folder.data())) {
            throw new IOException("on port " + ofPort + " a server of " + served + " answers, not the one of "
                    + folder.data() + "; stop it, or delete " + folder.data().resolve("postmaster.pid"));
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(20);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Database, roles and the staging schema. Also after a start that was interrupted, hence every time. */
    private void prepare() throws IOException, SQLException {
        try (Connection connection = connect(admin, ADMIN)) {
            if (text(connection, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'") == null) {
                execute(connection, "CREATE DATABASE " + DATABASE);
                execute(connection, "REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
            }
            role(connection, reader);
            role(connection, writer);
        }
        try (Connection connection = connect(admin, DATABASE)) {
            execute(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
            execute(connection, "CREATE SCHEMA IF NOT EXISTS " + STAGING + " AUTHORIZATION " + WRITER);
        }
    }

    private static void role(Connection connection, Login login) throws IOException, SQLException {
        if (text(connection, "SELECT 1 FROM pg_roles WHERE rolname = '" + login.user() + "'") == null) {
            execute(connection, "CREATE ROLE " + login.user() + " LOGIN");
        }
        execute(connection, "ALTER ROLE " + login.user() + " PASSWORD '" + login.password() + "'");
        execute(connection, "GRANT CONNECT ON DATABASE " + DATABASE + " TO " + login.user());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? result.getString(1) : null;
        }
    }

    /** Where the database is now; the port changes from start to start. */
    public String jdbcUrl() {
        return url(port, DATABASE);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    /** Whether this user started the server, rather than joined one that ran. */
    public boolean startedHere() {
        return startedHere;
    }

    public Login reader() {
        return reader;
    }

    public Login writer() {
        return writer;
    }

    /** A new connection of the ERP itself, which may do anything. */
    public Connection connectAsErp() throws SQLException {
        return connect(admin, DATABASE);
    }

    private Connection connect(Login login, String database) throws SQLException {
        try {
            return DriverManager.getConnection(url(port, database), properties(login));
        } catch (IOException e) {
            throw new SQLException("Cannot read the password file " + login.passwordFile(), e);
        }
    }

    private static Properties properties(Login login) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        return properties;
    }

    /** Leaves the database, and stops it where nobody else uses it. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the virtual machine is going down, and the hook that closes is running already
        }
        leave();
    }

    @SuppressWarnings("try")
    private synchronized void leave() {
        if (closed) {
            return;
        }
        closed = true;
        try (Turn turn = Turn.take(folder.turn())) {
            if (users.leave()) {
                stop();
            }
        } catch (IOException | SQLException e) {
            throw Failure.outside("The demo's PostgreSQL cannot be stopped: " + e.getMessage(), e);
        }
    }

    /** Sends away whoever is still connected, then asks the server to stop, which waits for the last connection. */
    private void stop() throws IOException, SQLException {
        Optional<Postmaster> server = Postmaster.of(folder.data()).filter(Postmaster::lives);
        if (server.isEmpty()) {
            return;
        }
        try (Connection connection = connect(admin, ADMIN)) {
            execute(
                    connection,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
        }
        ProcessHandle.of(server.get().pid()).ifPresent(ProcessHandle::destroy);
        if (!ended(server.get())) {
            ProcessHandle.of(server.get().pid())
                    .ifPresent(ProcessHandle::destroyForcibly); // it recovers at the next start
            ended(server.get());
        }
    }

    // ProcessHandle.onExit looks but once a second at a process that is not a child.
    private static boolean ended(Postmaster server) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_STOP);
        while (!server.ended() && System.nanoTime() < end && pause()) {}
        return server.ended();
    }
}
