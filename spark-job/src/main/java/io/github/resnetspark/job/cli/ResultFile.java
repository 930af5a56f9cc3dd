package io.github.resnetspark.job.cli;

import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.recipe.UriText;
import io.github.resnetspark.shard.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** The file of {@code --result}: there as a whole or not at all. */
final class ResultFile {
    private ResultFile() {}

    /**
     * Writes {@code {"command", "status": "running"}} in place of what an earlier run left there, which also shows that the
     * place can be written to.
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
                    List.of("--result " + UriText.shown(target) + " cannot be written (" + e.getMessage()
                            + "). Give --result a file that this command may write, e.g. file:/tmp/result.json."));
        }
    }

    /**
     * Writes {@code {"command", "status", "exitCode", <key>: <content>}}, in place of an older file of that name.
     *
     * @throws IOException if the file system refuses it
     */
    static void write(URI target, String command, ExitStatus status, String key, Object content) throws IOException {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("command", command);
        result.put("status", status.word());
        result.put("exitCode", status.code());
        result.put(key, content);
        put(target, result);
    }

    private static void put(URI target, Map<String, Object> result) throws IOException {
        byte[] bytes = (Json.text(result) + "\n").getBytes(StandardCharsets.UTF_8);
        Storage storage = new Storage(HadoopSettings.ofSpark());
        storage.replace(storage.qualified(new Path(target)), bytes);
    }
}
