package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.storage.AtomicFile;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** The file of {@code --result}. It is always complete. */
final class ResultFile {
    private ResultFile() {}

    /**
     * Writes {@code {"command", "status": "running"}} over the result of an earlier run. This also checks that the file can be
     * written.
     *
     * @throws RecipeException if it cannot
     */
    static void begin(URI target, String command) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", command);
        result.put("status", "running");
        try {
            put(target, result);
        } catch (IOException | RuntimeException e) {
            throw new RecipeException(
                    List.of(CommandFailures.resultNotWritable(UriText.shown(target), e.getMessage())));
        }
    }

    /**
     * Writes {@code {"command", "status", "exitCode", <key>: <content>}} over an older file. If there is no room for both, as on a
     * full disk, the older one is deleted first, because it says that the command is still running.
     *
     * @throws IOException if the file system refuses it
     */
    static void write(URI target, String command, ExitStatus status, String key, Object content) throws IOException {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", command);
        result.put("status", status.word());
        result.put("exitCode", status.code());
        result.put(key, content);
        try {
            put(target, result);
        } catch (IOException e) {
            overwrite(target, result, e);
        }
    }

    private static void put(URI target, Map<String, Object> result) throws IOException {
        Storage storage = storage();
        new AtomicFile(storage, storage.qualified(new Path(target))).replace(bytes(result));
    }

    private static void overwrite(URI target, Map<String, Object> result, IOException cause) throws IOException {
        Storage storage = storage();
        Path file = storage.qualified(new Path(target));
        try {
            try (OutputStream out = storage.create(file)) {
                out.write(bytes(result));
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
            storage.delete(file);
            throw cause;
        }
    }

    private static Storage storage() {
        return Storage.of(SparkStart.hadoopConfiguration());
    }

    private static byte[] bytes(Map<String, Object> result) {
        return (Outcome.json(result) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
