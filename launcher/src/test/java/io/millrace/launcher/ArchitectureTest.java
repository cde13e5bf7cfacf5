package io.millrace.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of the house and the direction of the arrows between them. */
@AnalyzeClasses(packages = "io.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("launcher").definedBy("io.millrace.launcher..")
            .layer("nightly").definedBy("io.millrace.nightly..")
            .layer("features").definedBy("io.millrace.features..")
            .layer("registry").definedBy("io.millrace.registry..")
            .layer("lake").definedBy("io.millrace.lake..")
            .layer("contracts").definedBy("io.millrace.contracts..")
            .layer("models").definedBy("io.millrace.models..")
            .layer("decisions").definedBy("io.millrace.decisions..")
            .whereLayer("launcher").mayNotBeAccessedByAnyLayer()
            .whereLayer("nightly").mayOnlyBeAccessedByLayers("launcher")
            .whereLayer("features").mayOnlyBeAccessedByLayers("nightly", "launcher")
            .whereLayer("registry").mayOnlyBeAccessedByLayers("nightly", "launcher")
            .whereLayer("lake").mayOnlyBeAccessedByLayers("features", "registry", "nightly", "launcher")
            .whereLayer("models").mayOnlyBeAccessedByLayers("nightly", "launcher")
            .whereLayer("decisions").mayOnlyBeAccessedByLayers("nightly", "launcher");

    @ArchTest
    static final ArchRule ARITHMETIC_WITHOUT_SPARK = noClasses()
            .that()
            .resideInAnyPackage("io.millrace.contracts..", "io.millrace.models..", "io.millrace.decisions..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "io.delta..", "scala..");

    @ArchTest
    static final ArchRule ARITHMETIC_STANDS_ALONE = noClasses()
            .that()
            .resideInAnyPackage("io.millrace.models..", "io.millrace.decisions..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.millrace.contracts..", "io.millrace.lake..", "io.millrace.nightly..");

    @ArchTest
    static final ArchRule ONLY_THE_LAKE_KNOWS_DELTA = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.lake..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.delta..", "org.apache.spark.sql.delta..");

    @ArchTest
    static final ArchRule ONLY_THE_LAKE_WRITES_TABLES = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.lake..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.apache\\.spark\\.sql\\.DataFrameWriter.*");

    @ArchTest
    static final ArchRule STAGES_ARE_NAMED_AS_SUCH = classes()
            .that()
            .implement("io.millrace.nightly.plan.Stage")
            .should()
            .haveSimpleNameEndingWith("Stage");

    @ArchTest
    static final ArchRule NO_EMPTY_NAMES = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)$");
}
