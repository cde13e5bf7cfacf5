package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.lake.LakeSettings;
import io.millrace.lake.Storage;
import io.millrace.nightly.database.Database;
import io.millrace.nightly.database.RetryPolicy;
import io.millrace.nightly.ingest.SourceProbe;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.publish.StagingSchema;
import io.millrace.nightly.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Looks at everything that a night needs, and changes nothing. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Checks configuration, source systems and their SELECTs, JVM, file systems, metastore, databases and clocks. Changes nothing.",
        footer = {
            "",
            "The exit code is the greatest of the checks: 3 for a configuration or SELECT that is wrong, 4 for a test that comes out otherwise, 5 for what does not answer."
        })
final class DoctorCommand implements Callable<Integer> {

    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

    @ParentCommand
    private Main main;

    @Option(
            names = "--test",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "SOURCE",
            description =
                    "Checks the SELECTs alone, and runs the tests of the mappings, sources/<system>/tests/*.yaml, of one source or all, in a lake that is thrown away")
    private String tested;

    private int worst;

    /** One thing to look at: gives what it found, or throws. */
    interface Check {
        String look() throws Exception;
    }

    /** Looks at one thing and prints what was found; false if it is not as it should be. */
    interface Checks {
        boolean look(String what, Check check);
    }

    @Override
    public Integer call() {
        Settings configured = main.shared().settings();
        check("configuration", () -> "read");
        Map<String, SourceSystem> systems = new LinkedHashMap<>();
        check("sources", () -> {
            systems.putAll(systems(configured));
            return systems.isEmpty() ? "none is configured" : String.join(", ", systems.keySet());
        });
        if (tested != null) {
            mappings(configured).test(tested, systems);
            return worst;
        }
        check("jvm", DoctorCommand::jvm);
        mappings(configured).analyse(systems);
        check("lake", () -> writable(configured.lake()));
        check("metastore", () -> metastore(configured));
        configured.sources().forEach((name, source) -> {
            if (source.drop() != null) {
                check("drop of " + name, () -> readable(source.drop(), configured.lake()));
            }
        });
        main.shared().withDatabases(configured, settings -> {
            settings.sources().forEach((name, source) -> {
                if (source.database() != null) {
                    check("database of " + name, () -> database(name, source.database(), settings));
                }
            });
            if (settings.staging().database() != null) {
                check("staging", () -> staging(settings));
            }
            return 0;
        });
        return worst;
    }

    private MappingChecks mappings(Settings configured) {
        return new MappingChecks(main.shared().confFolder(), configured, this::check);
    }

    /** Prints a line of what it found, or lines of what is wrong. @return whether it is as it should be */
    private boolean check(String what, Check check) {
        try {
            System.out.printf("ok    %-22s %s%n", what, check.look());
            return true;
        } catch (Failure e) {
            failed(what, e.kind(), e);
        } catch (Exception e) {
            failed(what, Failure.Kind.OUTSIDE, e);
        }
        return false;
    }

    private void failed(String what, Failure.Kind kind, Exception e) {
        worst = Math.max(worst, kind.exitCode());
        System.out.printf(
                "FAIL  %-22s %s%n", what, String.valueOf(e.getMessage()).replace("\n", "\n      "));
    }

    private Map<String, SourceSystem> systems(Settings settings) {
        return Night.systems(settings, main.shared().confFolder(), ContractCatalog.load());
    }

    private static String jvm() {
        int feature = Runtime.version().feature();
        if (feature != 17) {
            throw Failure.configuration("This is JDK " + feature + "; Spark 3.5 with Hadoop 3.3 runs on JDK 17");
        }
        return "JDK %s, %d MB of heap at the most, %d processors"
                .formatted(
                        Runtime.version(),
                        Runtime.getRuntime().maxMemory() >> 20,
                        Runtime.getRuntime().availableProcessors());
    }

    /** The nearest folder above the lake that exists can be written to. */
    private static String writable(LakeSettings lake) throws IOException {
        String root = lake.root();
        Path path = new Path(root);
        FileSystem files = Storage.at(path, lake.hadoop());
        Path there = files.makeQualified(path);
        while (!files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        files.access(there, org.apache.hadoop.fs.permission.FsAction.WRITE);
        return there.equals(files.makeQualified(path)) ? root + " can be written to" : root + " can be created";
    }

    private static String readable(String drop, LakeSettings lake) throws IOException {
        Path path = new Path(drop);
        int folders = Storage.at(path, lake.hadoop()).listStatus(path).length;
        return "%s, %d entries".formatted(drop, folders);
    }

    private static String metastore(Settings settings) throws IOException {
        String metastore = settings.lake().metastore();
        if (metastore.equals("embedded")) {
            return "embedded, beside the lake";
        }
        URI uri = URI.create(metastore);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 3000);
        }
        return metastore + " answers";
    }

    private String database(String source, Database database, Settings settings) {
        RetryPolicy.ONCE.run("the clock of " + database.url(), database::connect, DoctorCommand::clock);
        SourceSystem system = systems(settings).get(source);
        SourceProbe.unreadable(source, database, system, LocalDate.now()).stream()
                .reduce(Failure::and)
                .ifPresent(failure -> {
                    throw failure;
                });
        return "%s answers, clocks agree, %d tables can be read"
                .formatted(database.url(), system.tables().size());
    }

    private static int clock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            result.next();
            Duration apart = Duration.between(result.getTimestamp(1).toInstant(), Instant.now())
                    .abs();
            if (apart.compareTo(CLOCKS_APART) > 0) {
                throw Failure.configuration(
                        "its clock is %d s away from ours: watermarks would miss changes".formatted(apart.toSeconds()));
            }
            return 0;
        }
    }

    private static String staging(Settings settings) {
        StagingSchema schema = new StagingSchema(settings.staging().schema());
        List<String> missing = schema.missing(settings.staging().database()::connect);
        if (missing.isEmpty()) {
            schema.tryWrites(settings.staging().database()::connect);
        }
        return missing.isEmpty()
                ? "complete, and can be written to"
                : "reachable; init or the first night will create " + missing.size() + " tables";
    }
}
