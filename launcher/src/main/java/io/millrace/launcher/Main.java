package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.plan.Events;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import picocli.AutoComplete;
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
            SchemaCommand.class,
            TablesCommand.class,
            SqlCommand.class,
            SqlServerCommand.class,
            ModelsCommand.class,
            ExplainCommand.class,
            HeldCommand.class,
            RemapCommand.class,
            TakeBackCommand.class,
            RedriveCommand.class,
            MaintainCommand.class,
            ReplayCommand.class,
            ReportCommand.class,
            FeaturesCommand.class,
            EvaluateCommand.class,
            SimulateCommand.class,
            AutoComplete.GenerateCompletion.class
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
                .setParameterExceptionHandler(Main::explain)
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
    private static int explain(CommandLine.ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        String help = "Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'";
        if (Shared.isJson(List.of(arguments))) {
            err.println(Events.error(Failure.Kind.USAGE.exitCode(), e.getMessage() + ". " + help, null));
        } else {
            err.println(e.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
            err.println(help);
        }
        err.flush();
        return Failure.Kind.USAGE.exitCode();
    }

    private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        Failure failure = Failure.within(e);
        int code = failure == null ? 1 : failure.kind().exitCode();
        String text = failure == null ? "This is a bug in Millrace " + CodeVersion.get() + ":" : failure.getMessage();
        boolean isTraced = failure == null || parsed.originalArgs().contains("-v");
        if (Shared.isJson(parsed.originalArgs())) {
            err.println(Events.error(code, text, isTraced ? trace(e) : null));
        } else {
            err.println(text);
            if (isTraced) {
                err.print(trace(e));
            }
        }
        err.flush();
        return code;
    }

    private static String trace(Exception e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
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
