package io.github.resnetspark.job;

import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build under test has put its files, and which line of Spark it is for. */
public final class ThisBuild {
    /** Folder of this module's build: {@code target}, for Spark 4 {@code target/spark-4}. */
    public static final Path FOLDER = folder();

    private static final boolean SPARK_4 = FOLDER.endsWith("spark-4");

    /** The same, relative to a module. */
    public static final Path TARGET = SPARK_4 ? Path.of("target", "spark-4") : Path.of("target");

    /** The jar for spark-submit. */
    public static final Path JAR = FOLDER.resolve(SPARK_4 ? "resnet-spark-spark4.jar" : "resnet-spark.jar");

    /** The command that builds it, as messages have it. */
    public static final String BUILD = SPARK_4 ? "mvn -B -Pspark-4 -DskipTests package" : "mvn -B -DskipTests package";

    /** The part of Scala's version that is in the names of Spark's jars. */
    public static final String SCALA = SPARK_4 ? "2.13" : "2.12";

    /** Sources that only this line of Spark has, relative to those of all. */
    public static final String LINE_SOURCES = SPARK_4 ? "spark-4" : "spark-3";

    private ThisBuild() {}

    /** The jars of Spark for the launcher that runs without a Spark installation. */
    public static String sparkClassPath() throws IOException {
        return Files.readString(FOLDER.resolve("spark-classpath.txt"));
    }

    /** For {@code @EnabledIf}. */
    public static boolean isForSpark3() {
        return !SPARK_4;
    }

    /** For ArchUnit, whose own options know the folder target only. */
    public static boolean isMainCode(Location location) {
        return !location.contains("/test-classes/");
    }

    private static Path folder() {
        try {
            return Path.of(ThisBuild.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
