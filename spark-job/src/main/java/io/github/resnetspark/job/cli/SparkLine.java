package io.github.resnetspark.job.cli;

import io.github.resnetspark.message.job.CommandFailures;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;

/**
 * The releases of Spark that one jar runs with. Classes that were compiled for one line do not run with the other: their
 * Scala libraries differ, and Java reports that as a missing class or method somewhere in the middle of a command. So the
 * main class compares versions before it does anything else, and before a class of Spark or Scala is loaded.
 */
enum SparkLine {
    SPARK_3("3.5", "2.12", "resnet-spark.jar", "mvn -B -DskipTests package"),
    SPARK_4("4.1 or 4.2", "2.13", "resnet-spark-spark4.jar", "mvn -B -Pspark-4 -DskipTests package");

    /** The resources in which Spark and Scala state their versions. */
    private static final String SPARK = "spark-version-info.properties";

    private static final String SCALA = "library.properties";

    private final String releases;
    private final String scala;
    private final String jar;
    private final String build;

    SparkLine(String releases, String scala, String jar, String build) {
        this.releases = releases;
        this.scala = scala;
        this.jar = jar;
        this.build = build;
    }

    /** Ends the process with exit code 2 if this jar is for another line than the Spark that runs it. */
    static void require(PrintStream err) {
        ClassLoader loader = SparkLine.class.getClassLoader();
        BuiltFor.LINE
                .refusal(version(loader, SPARK, "version"), version(loader, SCALA, "version.number"))
                .ifPresent(sentence -> {
                    err.println(sentence);
                    System.exit(2);
                });
    }

    /**
     * Why a jar for this line does not run.
     *
     * @param ofSpark version of Spark, empty if unknown
     * @param ofScala version of its Scala library, empty if unknown
     */
    Optional<String> refusal(Optional<String> ofSpark, Optional<String> ofScala) {
        if (runsOn(ofSpark, ofScala)) {
            return Optional.empty();
        }
        String required = name(releases, scala);
        String found = name(ofSpark.orElse("of an unknown version"), ofScala.orElse("of an unknown version"));
        return Optional.of(Arrays.stream(values())
                .filter(other -> other.runsOn(ofSpark, ofScala))
                .findFirst()
                .map(other -> CommandFailures.jarForOtherSpark(required, found, other.jar, other.build))
                .orElseGet(() -> CommandFailures.jarForOtherSpark(required, found)));
    }

    private boolean runsOn(Optional<String> ofSpark, Optional<String> ofScala) {
        return ofSpark.map(version -> major(version).equals(major(releases))).orElse(true)
                && ofScala.map(version -> version.startsWith(scala + ".")).orElse(true);
    }

    private static String name(String spark, String scala) {
        return "Spark " + spark + " with Scala " + scala;
    }

    private static String major(String version) {
        return version.substring(0, Math.max(0, version.indexOf('.')));
    }

    private static Optional<String> version(ClassLoader loader, String resource, String key) {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(in);
            return Optional.ofNullable(properties.getProperty(key)).filter(version -> version.indexOf('.') > 0);
        } catch (IOException e) {
            // Then Spark says what is wrong.
            return Optional.empty();
        }
    }
}
