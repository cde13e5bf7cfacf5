package io.millrace.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rooms of the house and the direction of the arrows between them. */
class ArchitectureTest {

    private static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("launcher")
            .definedBy("io.millrace.launcher..")
            .layer("nightly")
            .definedBy("io.millrace.nightly..")
            .layer("features")
            .definedBy("io.millrace.features..")
            .layer("registry")
            .definedBy("io.millrace.registry..")
            .layer("lake")
            .definedBy("io.millrace.lake..")
            .layer("contracts")
            .definedBy("io.millrace.contracts..")
            .layer("models")
            .definedBy("io.millrace.models..")
            .layer("decisions")
            .definedBy("io.millrace.decisions..")
            .whereLayer("launcher")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("nightly")
            .mayOnlyBeAccessedByLayers("launcher")
            .whereLayer("features")
            .mayOnlyBeAccessedByLayers("nightly", "launcher")
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers("nightly", "launcher")
            .whereLayer("lake")
            .mayOnlyBeAccessedByLayers("features", "registry", "nightly", "launcher")
            .whereLayer("models")
            .mayOnlyBeAccessedByLayers("nightly", "launcher")
            .whereLayer("decisions")
            .mayOnlyBeAccessedByLayers("nightly", "launcher");

    private static final ArchRule ARITHMETIC_WITHOUT_SPARK = noClasses()
            .that()
            .resideInAnyPackage("io.millrace.contracts..", "io.millrace.models..", "io.millrace.decisions..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "io.delta..", "scala..");

    private static final ArchRule ARITHMETIC_STANDS_ALONE = noClasses()
            .that()
            .resideInAnyPackage("io.millrace.models..", "io.millrace.decisions..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.millrace.contracts..", "io.millrace.lake..", "io.millrace.nightly..");

    private static final ArchRule ONLY_THE_LAKE_KNOWS_DELTA = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.lake..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.delta..", "org.apache.spark.sql.delta..");

    private static final ArchRule ONLY_THE_LAKE_WRITES_TABLES = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.lake..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.apache\\.spark\\.sql\\.DataFrameWriter.*");

    private static final ArchRule STAGES_ARE_NAMED_AS_SUCH = classes()
            .that()
            .implement("io.millrace.nightly.plan.Stage")
            .should()
            .haveSimpleNameEndingWith("Stage");

    private static final ArchRule NO_EMPTY_NAMES =
            noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)$");

    @TestFactory
    Stream<DynamicTest> theHouseStands() {
        JavaClasses house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.millrace");
        Map<String, ArchRule> rules = new TreeMap<>(Map.of(
                "arrows point downwards", ARROWS,
                "arithmetic knows no Spark", ARITHMETIC_WITHOUT_SPARK,
                "arithmetic stands alone", ARITHMETIC_STANDS_ALONE,
                "only the lake knows Delta", ONLY_THE_LAKE_KNOWS_DELTA,
                "only the lake writes tables", ONLY_THE_LAKE_WRITES_TABLES,
                "stages are named as such", STAGES_ARE_NAMED_AS_SUCH,
                "no name says nothing", NO_EMPTY_NAMES));
        return rules.entrySet().stream()
                .map(r -> DynamicTest.dynamicTest(r.getKey(), () -> r.getValue().check(house)));
    }
}
