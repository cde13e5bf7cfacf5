package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.lake.LakeServer;
import io.millrace.lake.ServerSettings;
import io.millrace.lake.ServerUsers;
import io.millrace.nightly.settings.Settings;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The lake for BI tools. */
@Command(
        name = "sql-server",
        mixinStandardHelpOptions = true,
        description =
                "Answers queries over JDBC and ODBC (as a Hive server does), for BI tools and notebooks. Reads only, also while a night is running. Runs until it is interrupted.")
final class SqlServerCommand implements Callable<Integer> {

    @ParentCommand
    private Main main;

    @Option(names = "--port", paramLabel = "N", description = "Listens at another port than sql-server.port")
    private Integer port;

    @Option(
            names = "--line",
            paramLabel = "NAME",
            description =
                    "Prints a user's line for the file of sql-server.users, and ends. The password is asked for, or read from standard input")
    private String user;

    @Override
    public Integer call() {
        if (user != null) {
            System.out.println(line());
            return 0;
        }
        Settings settings = main.shared().settings();
        ServerSettings door = settings.sqlServer();
        if (port != null) {
            try {
                door = door.at(port);
            } catch (IllegalArgumentException e) {
                throw Failure.usage("--port must be from 1 to 65535 and is " + port);
            }
        }
        LakeServer server = LakeServer.start(settings.lake(), ContractCatalog.load(), door);
        // Whoever stops the process, by Ctrl-C or SIGTERM, stops the server.
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "sql-server-end"));
        System.out.println("Listening: " + server.address());
        waitForTheEnd();
        return 0;
    }

    private static void waitForTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String line() {
        try {
            return ServerUsers.line(user, password());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage());
        }
    }

    private static String password() {
        Console console = System.console();
        if (console != null) {
            return new String(console.readPassword("Password: "));
        }
        try {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
