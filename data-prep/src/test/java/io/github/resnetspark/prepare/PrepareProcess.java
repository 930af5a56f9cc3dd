package io.github.resnetspark.prepare;

import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.spark.LocalSpark;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A preparation in a separate Java process, which tests may kill. */
final class PrepareProcess {
    private PrepareProcess() {}

    /**
     * The arguments are the source, the shards, the shard size in bytes, the rows per row group, and the limit of
     * rejected pictures.
     */
    public static void main(String[] arguments) throws IOException {
        PrepareSettings settings = new PrepareSettings(
                arguments[0],
                SourceFormat.AUTO,
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]),
                1,
                Integer.parseInt(arguments[4]),
                List.of());
        PrepareReport report = new PrepareJob(LocalSpark.context()).run(settings, arguments[1]);
        System.out.println(report);
        LocalSpark.session().stop();
    }

    /** Starts the process with its log in a file. */
    static Process start(Path log, String heap, Path source, String shards, long shardSize, int rowGroup)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens")
                        || argument.startsWith("-XX:+IgnoreUnrecognizedVMOptions")
                        || argument.startsWith("-Djdk.reflect"))
                .forEach(command::add);
        // The optimizing compiler does not pay off within seconds.
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(
                PrepareProcess.class.getName(),
                source.toUri().toString(),
                shards,
                Long.toString(shardSize),
                Integer.toString(rowGroup),
                "5"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
