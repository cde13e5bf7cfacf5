package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.nightly.plan.CodeVersion;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code millrace}: a night of ERP extracts in, decisions out. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Takes a night of ERP extracts into a lake, and gives the ERP decisions to act on in the morning.",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            RunCommand.class,
            BackfillCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            TablesCommand.class,
            SqlCommand.class,
            ModelsCommand.class,
            HeldCommand.class,
            RemapCommand.class,
            RedriveCommand.class,
            MaintainCommand.class,
            ReplayCommand.class,
            ReportCommand.class,
            FeaturesCommand.class,
            EvaluateCommand.class,
            SimulateCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 a bug in Millrace, 2 wrong usage, 3 configuration refused, 4 data refused and nothing",
            "published, 5 an outside system is not reachable, 6 another run holds the lock."
        })
public final class Main implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @CommandLine.Mixin
    private Shared shared;

    /** What the options that every command takes say. */
    Shared shared() {
        return shared;
    }

    public static void main(String[] args) {
        int code = run(args);
        System.out.flush();
        System.err.flush();
        // Under spark-submit a normal return is success; anything else must reach the scheduler.
        if (code != 0 || System.getProperty("spark.submit.deployMode") == null) {
            System.exit(code);
        }
    }

    /** Runs a command line in this JVM and gives its exit code. */
    public static int run(String... args) {
        return commandLine().execute(args);
    }

    /** The commands, and what becomes of what they throw. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .registerConverter(LocalDate.class, Main::date)
                .setParameterExceptionHandler((e, arguments) -> explain(e))
                .setExecutionExceptionHandler((e, line, parsed) -> explain(e, line, parsed));
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new CommandLine.TypeConversionException("'" + text + "' is no date; write it as in 2026-01-31");
        }
    }

    /** What is wrong with the words of a command, and where its options are told. */
    private static int explain(CommandLine.ParameterException e) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println(e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
        err.flush();
        return Failure.Kind.USAGE.exitCode();
    }

    private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        Failure failure = Failure.within(e);
        if (failure == null) {
            err.println("This is a bug in Millrace " + CodeVersion.get() + ":");
            e.printStackTrace(err);
        } else {
            err.println(failure.getMessage());
            if (parsed.originalArgs().contains("-v")) {
                e.printStackTrace(err);
            }
        }
        err.flush();
        return failure == null ? 1 : failure.kind().exitCode();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }

    /** The version as the build wrote it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"millrace " + CodeVersion.get()};
        }
    }
}
