package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.ThisBuild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar for spark-submit. */
class FatJarIT {
    @Test
    void leavesOutTheClassesOfSpark() throws IOException {
        // dl4j-spark has one of its own classes in Spark's package.
        assertThat(entries())
                .filteredOn(entry -> entry.endsWith(".class") && !entry.contains("TaskContextHelper"))
                .noneMatch(entry -> entry.startsWith("org/apache/spark/"))
                .noneMatch(entry -> entry.startsWith("org/apache/hadoop/"))
                .noneMatch(entry -> entry.startsWith("org/apache/parquet/"))
                .noneMatch(entry -> entry.startsWith("org/apache/logging/"))
                .noneMatch(entry -> entry.startsWith("org/slf4j/"))
                .noneMatch(entry -> entry.startsWith("scala/"));
        assertThat(ThisBuild.sparkClassPath())
                .contains(
                        "spark-core_" + ThisBuild.SCALA, "hadoop-client-runtime", "parquet-hadoop", "log4j-slf4j2-impl")
                .doesNotContain("deeplearning4j", "nd4j");
    }

    @Test
    void hasNativeLibrariesOfOnePlatformOnly() throws IOException {
        List<String> natives = entries().stream()
                .filter(entry -> entry.matches(".*\\.(so|so\\.[0-9.]+|dll|dylib|jnilib|a)"))
                .toList();

        assertThat(natives)
                .anyMatch(entry -> entry.endsWith("libnd4jcpu.so"))
                .anyMatch(entry -> entry.endsWith("libonnxruntime.so"));
        assertThat(natives).allMatch(entry -> entry.matches(".*/linux-x(86[-_])?64.*"));
    }

    @Test
    void hasNoSignaturesAndMergesServicesAndReferenceConfiguration() throws IOException {
        assertThat(entries()).noneMatch(entry -> entry.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"));
        assertThat(text("META-INF/services/org.nd4j.linalg.factory.Nd4jBackend"))
                .contains("org.nd4j.linalg.cpu.nativecpu.CpuBackend");
    }

    @Test
    void startsWithTheCommandLine() throws IOException {
        try (JarFile jar = new JarFile(ThisBuild.JAR.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo(ResNetSpark.class.getName());
            assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .isNotEmpty();
        }
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(ThisBuild.JAR.toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    private static String text(String entry) throws IOException {
        try (JarFile jar = new JarFile(ThisBuild.JAR.toFile())) {
            return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
