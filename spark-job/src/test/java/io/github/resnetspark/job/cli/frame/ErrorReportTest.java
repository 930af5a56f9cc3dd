package io.github.resnetspark.job.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardsUnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorReportTest {
    private final StringWriter err = new StringWriter();

    /** Any command. */
    @Command(name = "any")
    private static final class AnyCommand {}

    @Test
    void shardsThatMayBeThereLaterAreWorthAnotherTry() {
        int code = report(new ShardsUnavailableException(
                "hdfs:/shards/manifest.json cannot be read (no DataNode answers). Check the file system.",
                new IOException()));

        assertThat(code).isEqualTo(1);
        assertThat(err)
                .hasToString("hdfs:/shards/manifest.json cannot be read (no DataNode answers). Check the file system."
                        + System.lineSeparator());
    }

    @Test
    void shardsThatAreWrongAreNot() {
        assertThat(report(new ShardException("hdfs:/shards holds other things.")))
                .isEqualTo(2);
    }

    private int report(Exception exception) {
        CommandLine line = new CommandLine(new AnyCommand()).setErr(new PrintWriter(err, true));
        return new ErrorReport().handleExecutionException(exception, line, null);
    }
}
