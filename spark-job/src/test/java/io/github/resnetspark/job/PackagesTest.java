package io.github.resnetspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between packages: each may use only what the last paragraph of its {@code package-info} says. */
class PackagesTest {
    private static final String ROOT = "io.github.resnetspark";
    private static final int MOST_CLASSES = 25;
    private static final List<String> MODULES = List.of("model", "data-prep", "spark-job");
    private static final Pattern MAY_USE = Pattern.compile("<p>May use (?<names>.*?)\\. \\*/ package ");
    private static final Pattern NAME = Pattern.compile("\\{@code ([a-z0-9.]+)}");

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes =
                new ClassFileImporter().withImportOption(ThisBuild::isMainCode).importPackages(ROOT);
    }

    @Test
    void everyPackageUsesWhatItsDescriptionSaysAndNothingElse() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> others = used.computeIfAbsent(name(type.getPackage()), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .forEach(target -> others.add(name(target.getPackage())));
        }
        used.forEach((name, others) -> others.remove(name));

        SoftAssertions all = new SoftAssertions();
        used.forEach((name, others) -> all.assertThat(described(name))
                .as("what the package-info of %s says that it may use", name)
                .isEqualTo(others));
        all.assertAll();
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void noPackageHoldsMoreThanOneCanOverlook() {
        Map<String, Long> large = classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(type -> name(type.getPackage()), TreeMap::new, Collectors.counting()));
        large.values().removeIf(count -> count <= MOST_CLASSES);

        assertThat(large).isEmpty();
    }

    @Test
    void whatIsPureOrReadsAheadKnowsNoSpark() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".job.plan", ROOT + ".job.schedule", ROOT + ".job.averaging", ROOT + ".job.input")
                .should()
                .dependOnClassesThat(spark(".*")
                        .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("SerializableConfiguration"))))
                .check(classes);
    }

    @Test
    void onlyTheExchangeTouchesSparksInternals() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".job.exchange")
                // Each explains why in a comment.
                .and()
                .doNotHaveSimpleName("ShardwiseJob")
                .and()
                .doNotHaveSimpleName("ClusterSurvey")
                .and()
                .doNotHaveSimpleName("SparkEnd")
                .and()
                .doNotHaveSimpleName("SparkMetrics")
                .and()
                .doNotHaveSimpleName("ExecutorWatch")
                .should()
                .dependOnClassesThat(spark("\\.(?:storage|shuffle|network|serializer|scheduler|rdd|metrics)(?:\\..*)?"))
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> spark(String packages) {
        Pattern pattern = Pattern.compile("org\\.apache\\.spark(?:" + packages + ")?");
        return DescribedPredicate.describe(
                "are Spark's",
                type -> !type.getPackageName().equals("org.apache.spark")
                        ? pattern.matcher(type.getPackageName()).matches()
                        : packages.equals(".*"));
    }

    private static String name(JavaPackage of) {
        return of.getName().equals(ROOT) ? "" : of.getName().substring(ROOT.length() + 1);
    }

    private static Set<String> described(String name) {
        Matcher sentence = MAY_USE.matcher(description(name));
        return sentence.find()
                ? NAME.matcher(sentence.group("names"))
                        .results()
                        .map(MatchResult::group)
                        .map(code -> code.substring("{@code ".length(), code.length() - 1))
                        .collect(Collectors.toCollection(TreeSet::new))
                : Set.of("nothing is said");
    }

    private static String description(String name) {
        Path file =
                Path.of(ROOT.replace('.', '/')).resolve(name.replace('.', '/')).resolve("package-info.java");
        return MODULES.stream()
                .map(module -> Path.of("..", module, "src", "main"))
                .flatMap(sources -> Stream.of(sources.resolve("java"), sources.resolve(ThisBuild.LINE_SOURCES)))
                .map(sources -> sources.resolve(file))
                .filter(Files::exists)
                .findFirst()
                .map(PackagesTest::text)
                .orElse("");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).replaceAll("\\n \\*(?!/)", " ").replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
