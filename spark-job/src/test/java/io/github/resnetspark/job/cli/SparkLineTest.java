package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.message.job.CommandFailures;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which jar runs on which Spark. */
class SparkLineTest {
    private static final String FOR_3 = "Spark 3.5 with Scala 2.12";
    private static final String FOR_4 = "Spark 4.1 or 4.2 with Scala 2.13";

    @ParameterizedTest
    @CsvSource({"SPARK_3,3.5.9,2.12.18", "SPARK_3,3.4.1,2.12.17", "SPARK_4,4.1.3,2.13.17", "SPARK_4,4.2.0,2.13.18"})
    void aJarRunsOnItsOwnLine(SparkLine line, String spark, String scala) {
        assertThat(line.refusal(Optional.of(spark), Optional.of(scala))).isEmpty();
    }

    @Test
    void aJarForAnotherLineNamesTheRightOne() {
        assertThat(SparkLine.SPARK_3.refusal(Optional.of("4.1.3"), Optional.of("2.13.17")))
                .contains(CommandFailures.jarForOtherSpark(
                        FOR_3,
                        "Spark 4.1.3 with Scala 2.13.17",
                        "resnet-spark-spark4.jar",
                        "mvn -B -Pspark-4 -DskipTests package"));
        assertThat(SparkLine.SPARK_4.refusal(Optional.of("3.5.9"), Optional.of("2.12.18")))
                .contains(CommandFailures.jarForOtherSpark(
                        FOR_4, "Spark 3.5.9 with Scala 2.12.18", "resnet-spark.jar", "mvn -B -DskipTests package"));
    }

    @Test
    void thereIsNoJarForSpark35WithAnotherScala() {
        assertThat(SparkLine.SPARK_3.refusal(Optional.of("3.5.9"), Optional.of("2.13.8")))
                .contains(CommandFailures.jarForOtherSpark(FOR_3, "Spark 3.5.9 with Scala 2.13.8"));
    }

    @Test
    void scalaDecidesIfSparksVersionIsUnknown() {
        assertThat(SparkLine.SPARK_3.refusal(Optional.empty(), Optional.of("2.12.18")))
                .isEmpty();
        assertThat(SparkLine.SPARK_4.refusal(Optional.empty(), Optional.of("2.12.18")))
                .isNotEmpty();
        assertThat(SparkLine.SPARK_4.refusal(Optional.empty(), Optional.empty()))
                .isEmpty();
    }

    @Test
    void theTestsRunOnTheLineThatTheyWereCompiledFor() {
        assertThat(BuiltFor.LINE.refusal(
                        Optional.of(org.apache.spark.package$.MODULE$.SPARK_VERSION()),
                        Optional.of(scala.util.Properties.versionNumberString())))
                .isEmpty();
    }
}
