package io.github.resnetspark.prepare;

import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.spark.LocalSpark;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A preparation in a Java process of its own, which tests may kill. */
final class PrepareProcess {
    private PrepareProcess() {}

    /** Source, shards, shard size in bytes, rows per row group, pictures that may be rejected. */
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

    /** Starts it; what it logs goes to a file. */
    static Process start(Path log, String heap, Path source, String shards, long shardSize, int rowGroup)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens")
                        || argument.startsWith("-XX:+IgnoreUnrecognizedVMOptions")
                        || argument.startsWith("-Djdk.reflect"))
                .forEach(command::add);
        // What lives for seconds is not worth the optimising compiler.
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
