package io.github.resnetspark.job.cli;

import io.github.resnetspark.recipe.RecipeException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options.CreateOpts;
import org.apache.hadoop.fs.Options.Rename;
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
            throw new RecipeException(List.of("--result " + target + " cannot be written (" + e.getMessage()
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

        Path path = new Path(target);
        FileContext files = FileContext.getFileContext(new Configuration());
        Path aside = new Path(files.makeQualified(path).getParent(), "." + path.getName() + "." + UUID.randomUUID());
        try (OutputStream out = files.create(aside, EnumSet.of(CreateFlag.CREATE), CreateOpts.createParent())) {
            out.write(bytes);
        }
        files.rename(aside, path, Rename.OVERWRITE);
    }
}
