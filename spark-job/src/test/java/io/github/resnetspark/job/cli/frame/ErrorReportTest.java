package io.github.resnetspark.job.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.message.data.LockFailures;
import io.github.resnetspark.message.data.StorageFailures;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.SpecException;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardsUnavailableException;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.spark.TaskFailedException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorReportTest {
    private static final String END = System.lineSeparator();

    private final StringWriter err = new StringWriter();

    /** Any command. */
    @Command(name = "any")
    private static final class AnyCommand {}

    @Test
    void shardsThatMayBeAvailableLaterAreAFailureThatARetryMayFix() {
        int code = report(new ShardsUnavailableException(
                "hdfs:/shards/manifest.json cannot be read (no DataNode answers). Check the file system.",
                new IOException()));

        assertThat(code).isEqualTo(1);
        assertThat(err)
                .hasToString("hdfs:/shards/manifest.json cannot be read (no DataNode answers). Check the file system."
                        + System.lineSeparator());
    }

    @Test
    void damagedShardsAreRefused() {
        assertThat(report(new ShardException("hdfs:/shards holds other things.")))
                .isEqualTo(2);
    }

    /** The exit code of each of our exceptions, and whether line breaks in its message are kept or escaped. */
    @ParameterizedTest
    @CsvSource({
        "bundle.BundleException, 2, lines",
        "image.ImageException, 1, lines",
        "image.Preprocessing$PreprocessingException, 1, lines",
        "onnx.OnnxException, 1, lines",
        "shard.ShardException, 2, line",
        "shard.ShardException$DamagedShardException, 1, line",
        "shard.ShardsUnavailableException, 1, lines",
        "source.SourceException, 2, line",
        "storage.StorageException, 2, line",
        "spark.Attempts$ExecutorsLostException, 1, lines",
        "weights.WeightsFormatException, 2, lines",
        "job.exchange.SliceBlocks$LostSliceException, 1, lines",
        "job.registry.RegistryException, 1, lines",
        "job.retrain.RunsDirectory$DamagedRunException, 2, lines",
    })
    void ourExceptionsAreReportedWithoutTheirType(String type, int code, String form)
            throws ReflectiveOperationException {
        int told = report(ours(type, "hdfs:/x\ny is wrong"));

        assertThat(err).hasToString((form.equals("line") ? "hdfs:/x\\ny is wrong." : "hdfs:/x\ny is wrong.") + END);
        assertThat(told).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void onlyAFailureOfUsageIsRefused(Kind kind) {
        int code = report(new FailureException(kind, "x\ny is wrong"));

        assertThat(err).hasToString("x\ny is wrong." + END);
        assertThat(code).isEqualTo(kind == Kind.USAGE ? 2 : 1);
    }

    @Test
    void picturesFoundToBeUnusableInATaskAreAFailureNotRefused() {
        int code = report(new SourceException(Kind.DATA, "file:/x\ny: 2 pictures cannot be used"));

        assertThat(err).hasToString("file:/x\\ny: 2 pictures cannot be used." + END);
        assertThat(code).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFailureInATaskIsNeverRefused(Kind kind) {
        FailureException inTask = new FailureException(kind, "x\ny is wrong");

        int code = report(TaskFailedException.of(new IllegalStateException(inTask), "Writing"));

        assertThat(err).hasToString("x\ny is wrong." + END);
        assertThat(code).isEqualTo(1);
    }

    @Test
    void everyProblemOfARecipeIsOneLine() {
        int code = report(
                new RecipeException(List.of("a.conf:1: x\ny is 0. Set it to 1", "a.conf:2: y is 0. Set it to 1.")));

        assertThat(err).hasToString("a.conf:1: x\\ny is 0. Set it to 1" + END + "a.conf:2: y is 0. Set it to 1." + END);
        assertThat(code).isEqualTo(2);
    }

    @Test
    void valuesThatMakeNoNetworkAreReportedTogether() {
        int code = report(catchThrowableOfType(SpecException.class, () -> ResNetSpec.imageNet(51, 0)));

        assertThat(err.toString().lines())
                .satisfiesExactly(depth -> assertThat(depth).startsWith("depth is 51 "), classes -> assertThat(classes)
                        .startsWith("classes is 0 "));
        assertThat(code).isEqualTo(1);
    }

    @Test
    void aUriWithoutAFileSystemIsReportedWithoutAType() {
        int code = report(catchThrowableOfType(
                IOException.class, () -> Storage.of(new Configuration(false)).exists(new Path("nowhere:/x"))));

        assertThat(err.toString()).startsWith(StorageFailures.noFileSystem("nowhere:/x", "nowhere"));
        assertThat(code).isEqualTo(1);
    }

    @Test
    void aLockOfAnotherRunIsReportedWithoutAType(@TempDir java.nio.file.Path folder) throws IOException {
        Storage storage = Storage.of(new Configuration());
        Path file = new Path(folder.toUri().toString(), "lock");
        try (StorageLock held = StorageLock.take(storage, file)) {
            int code = report(catchThrowableOfType(RuntimeException.class, () -> StorageLock.take(storage, file)));

            assertThat(err.toString()).startsWith(file + " is held by process ");
            assertThat(code).isEqualTo(1);
            storage.delete(file);
            assertThat(report(catchThrowableOfType(RuntimeException.class, held::requireHeld)))
                    .isEqualTo(1);
            assertThat(err.toString().lines().skip(1))
                    .singleElement(STRING)
                    .isEqualTo(LockFailures.lost(file.toString()));
        }
    }

    @Test
    void otherExceptionsAreReportedWithTheirType() {
        int code = report(new IllegalStateException("x\ny"));

        assertThat(err)
                .hasToString("IllegalStateException: x\ny. Add --verbose to see where the error comes from." + END);
        assertThat(code).isEqualTo(1);
    }

    private static Exception ours(String type, String message) throws ReflectiveOperationException {
        Class<?> ours = Class.forName("io.github.resnetspark." + type);
        for (Constructor<?> each : ours.getDeclaredConstructors()) {
            List<Class<?>> wants = List.of(each.getParameterTypes());
            each.setAccessible(true);
            if (wants.equals(List.of(String.class))) {
                return (Exception) each.newInstance(message);
            } else if (wants.equals(List.of(String.class, Throwable.class))) {
                return (Exception) each.newInstance(message, new IOException());
            }
        }
        throw new NoSuchMethodException(type);
    }

    private int report(Exception exception) {
        CommandLine line = new CommandLine(new AnyCommand()).setErr(new PrintWriter(err, true));
        return new ErrorReport().handleExecutionException(exception, line, null);
    }
}
