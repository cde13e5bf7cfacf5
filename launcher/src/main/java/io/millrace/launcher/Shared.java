package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.features.FeatureViews;
import io.millrace.lake.Lake;
import io.millrace.lake.LakeSettings;
import io.millrace.lake.Sessions;
import io.millrace.launcher.demo.DemoPostgres;
import io.millrace.nightly.database.Database;
import io.millrace.nightly.plan.Events;
import io.millrace.nightly.plan.LakeLock;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.plan.NightRun;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.settings.SettingsReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before or behind its name. */
final class Shared {

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder with millrace.yaml and sources/. Default: conf")
    private Path conf;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            scope = ScopeType.INHERIT,
            description = "Sets one key of the configuration, as in lake.partitions=8")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            description = "How events are written to standard error")
    private Events.Format logFormat = Events.Format.TEXT;

    @Option(
            names = "-v",
            scope = ScopeType.INHERIT,
            description = "Tells more: the log of the libraries, and where an error came from")
    private boolean verbose;

    /** Whether words of a command ask for JSON, which holds for what is wrong with them too. */
    static boolean isJson(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equalsIgnoreCase("--log-format=json")
                    || word.equals("--log-format")
                            && i + 1 < words.size()
                            && words.get(i + 1).equalsIgnoreCase("json")) {
                return true;
            }
        }
        return false;
    }

    /** The folder given, or {@code conf} where that exists. */
    Path confFolder() {
        return conf != null ? conf : Path.of("conf");
    }

    /** Uses {@code folder} as if it had been given with --conf. */
    void at(Path folder) {
        conf = folder;
    }

    Settings settings() {
        if (logFormat == Events.Format.JSON) {
            Configurator.reconfigure(URI.create("classpath:log4j2-json.properties"));
        }
        Configurator.setRootLevel(verbose ? Level.INFO : Level.ERROR);
        if (!verbose) {
            // A task that fails ends in an error of its own that is told once; these print its stack trace before.
            for (String logger : List.of(
                    "org.apache.spark.executor.Executor",
                    "org.apache.spark.scheduler.TaskSetManager",
                    "org.apache.spark.util.Utils",
                    "org.apache.spark.sql.delta.files.DeltaFileFormatWriter")) {
                Configurator.setLevel(logger, Level.OFF);
            }
        }
        Path folder = conf != null || Files.isDirectory(Path.of("conf")) ? confFolder() : null;
        return SettingsReader.read(folder, sets);
    }

    /** The feature views that are shipped, and the user's own. */
    FeatureViews views(ContractCatalog tables) {
        return FeatureViews.load(tables, confFolder().resolve(FeatureViews.USERS));
    }

    Events events() {
        // The launcher script says how wide the terminal is, and nothing if standard error is none.
        return new Events(System.err, logFormat, Integer.getInteger("millrace.columns", 0));
    }

    NightRun nights(Settings settings) {
        return new NightRun(settings, confFolder(), events());
    }

    /**
     * Holds the lake while {@code work} writes to it.
     *
     * @param what  the command, for whoever waits for the lake
     * @throws Failure of kind LOCKED if somebody else holds it
     */
    static <T> T holding(Settings settings, String what, ContractCatalog contracts, Function<Lake, T> work) {
        LakeSettings place = settings.lake();
        try (LakeLock lock = LakeLock.take(place.root(), what, place.hadoop())) {
            Lake lake = new Lake(Sessions.writing("millrace " + what, place), contracts, place);
            try {
                lake.guardedBy(lock::requireHeld);
                lake.tenure(Ledger.open(place.root(), place.hadoop()).begin(lock::requireHeld));
                return work.apply(lake);
            } finally {
                Sessions.stop(lake.spark());
            }
        }
    }

    /** {@code work} with the addresses of the embedded PostgreSQL filled in where the configuration names it; it is started and stopped. */
    <T> T withDatabases(Settings settings, Function<Settings, T> work) {
        String folder = embedded(settings);
        if (folder == null) {
            return work.apply(settings);
        }
        try (DemoPostgres postgres = DemoPostgres.open(Path.of(folder))) {
            return work.apply(at(settings, postgres.jdbcUrl()));
        }
    }

    /**
     * A date mistyped into the future would supersede what waits at the ERP, and its rows would beat every later correction.
     *
     * @param isMeant whether somebody said that the date is meant
     * @throws Failure of kind USAGE for a date more than a day ahead of the clock; time zones are a day apart at most
     */
    static void requireReached(LocalDate date, boolean isMeant) {
        if (!isMeant && date.isAfter(LocalDate.now().plusDays(1))) {
            throw Failure.usage(
                    "%s is in the future: what such a night decides and takes in beats all that comes before it. Where it is meant: --future"
                            .formatted(date));
        }
    }

    private static String embedded(Settings settings) {
        List<Database> databases = new ArrayList<>();
        settings.sources().values().forEach(s -> databases.add(s.database()));
        databases.add(settings.staging().database());
        return databases.stream()
                .filter(d -> d != null && d.embeddedFolder() != null)
                .map(Database::embeddedFolder)
                .findFirst()
                .orElse(null);
    }

    private static Settings at(Settings s, String url) {
        Map<String, Settings.Source> sources = new LinkedHashMap<>();
        s.sources().forEach((name, source) -> sources.put(name, source.at(at(source.database(), url))));
        return s.at(
                sources,
                new Settings.Staging(s.staging().schema(), at(s.staging().database(), url)));
    }

    private static Database at(Database database, String url) {
        return database == null || database.embeddedFolder() == null ? database : database.at(url);
    }
}
