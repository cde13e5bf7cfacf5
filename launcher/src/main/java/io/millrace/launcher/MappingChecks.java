package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.source.Fixture;
import io.millrace.contracts.source.SourceSystem;
import io.millrace.contracts.yaml.Problems;
import io.millrace.lake.Lake;
import io.millrace.lake.LakeSettings;
import io.millrace.lake.Sessions;
import io.millrace.nightly.refine.Mappings;
import io.millrace.nightly.rehearse.Rehearsal;
import io.millrace.nightly.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;

/** What {@code doctor} says of mappings. They are tried on an empty lake in a folder that is thrown away: no night has to have run. */
final class MappingChecks {

    private final Path confFolder;
    private final Settings settings;
    private final DoctorCommand.Checks checks;
    private final ContractCatalog contracts = ContractCatalog.load();

    /** @param checks takes the name of a check and what it looks at, and says whether it passed */
    MappingChecks(Path confFolder, Settings settings, DoctorCommand.Checks checks) {
        this.confFolder = confFolder;
        this.settings = settings;
        this.checks = checks;
    }

    /** Analyses every SELECT. @param systems source → its system */
    void analyse(Map<String, SourceSystem> systems) {
        Map<String, SourceSystem> once = once(systems);
        if (!once.isEmpty()) {
            inScratch(once, (spark, scratch) -> once.values().forEach(system -> isUnderstood(system, spark, scratch)));
        }
    }

    /**
     * Analyses every SELECT, and runs the fixtures of the systems whose SELECTs are understood.
     *
     * @param source  whose system is tested, or empty for all
     * @param systems source → its system
     * @throws Failure of kind USAGE if there is no such source or no fixture
     */
    void test(String source, Map<String, SourceSystem> systems) {
        if (!source.isEmpty() && !systems.containsKey(source)) {
            throw Failure.usage(
                    "There is no source '%s'%s".formatted(source, Problems.didYouMean(source, systems.keySet())));
        }
        Map<String, SourceSystem> tested = source.isEmpty() ? once(systems) : Map.of(source, systems.get(source));
        Map<String, List<Fixture>> fixtures = new LinkedHashMap<>();
        tested.forEach((name, system) -> checks.look("tests of " + system.name(), () -> {
            Problems problems = new Problems();
            fixtures.put(name, Fixture.load(system, confFolder.resolve("sources"), contracts, problems));
            problems.refuse("The tests");
            return fixtures.get(name).size() + " found";
        }));
        if (fixtures.values().stream().allMatch(List::isEmpty)) {
            throw Failure.usage("There is no test to run: a test is a file %s"
                    .formatted(confFolder.resolve("sources/<system>/tests/<name>.yaml")));
        }
        inScratch(
                tested,
                (spark, scratch) -> tested.forEach((name, system) -> {
                    if (isUnderstood(system, spark, scratch)) {
                        Rehearsal rehearsal = new Rehearsal(settings, confFolder, name, system);
                        List<Fixture> runs = fixtures.getOrDefault(name, List.of());
                        for (int i = 0; i < runs.size(); i++) {
                            run(rehearsal, runs.get(i), scratch.resolve(system.name() + "-" + i));
                        }
                    }
                }));
    }

    /** Several sources may have one system: it is looked at with the first. */
    private static Map<String, SourceSystem> once(Map<String, SourceSystem> systems) {
        Map<String, SourceSystem> once = new LinkedHashMap<>();
        List<String> seen = new ArrayList<>();
        systems.forEach((source, system) -> {
            if (!seen.contains(system.name())) {
                seen.add(system.name());
                once.put(source, system);
            }
        });
        return once;
    }

    private boolean isUnderstood(SourceSystem system, SparkSession spark, Path scratch) {
        return checks.look("SELECTs of " + system.name(), () -> {
            Lake empty = new Lake(
                    spark,
                    contracts,
                    settings.inScratch(scratch.resolve("none")).lake());
            Mappings.failures(empty, settings, system).stream()
                    .reduce(Failure::and)
                    .ifPresent(failure -> {
                        throw failure;
                    });
            return system.fills().size() + " are understood";
        });
    }

    private void run(Rehearsal rehearsal, Fixture fixture, Path scratch) {
        checks.look("test " + fixture.file(), () -> {
            List<String> differences = rehearsal.differences(fixture, scratch);
            if (!differences.isEmpty()) {
                throw Failure.data(fixture.about() + "\n" + String.join("\n", differences));
            }
            return fixture.about();
        });
    }

    private void inScratch(Map<String, SourceSystem> systems, BiConsumer<SparkSession, Path> work) {
        Path scratch;
        try {
            scratch = Files.createTempDirectory("millrace-doctor");
        } catch (IOException e) {
            throw Failure.outside("No folder for temporary files: " + e, e);
        }
        String any = systems.keySet().iterator().next();
        LakeSettings lake = settings.rehearsing(any, scratch, List.of()).lake();
        SparkSession spark = Sessions.reading("millrace doctor", lake);
        try {
            work.accept(spark, scratch);
        } finally {
            Sessions.stop(spark);
            FileUtil.fullyDelete(scratch.toFile());
        }
    }
}
