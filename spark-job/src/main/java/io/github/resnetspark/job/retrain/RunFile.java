package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.message.job.RetrainFailures;
import io.github.resnetspark.storage.AtomicFile;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A JSON object in the directory of a run. A rename replaces the whole file. */
final class RunFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Storage storage;
    private final Path path;

    RunFile(Storage storage, Path path) {
        this.storage = storage;
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * Its contents; nothing if the file does not exist.
     *
     * @throws RunsDirectory.DamagedRunException if it is not a JSON object
     */
    Optional<ObjectNode> read() throws IOException {
        try {
            return Optional.of(JSON.readValue(storage.read(path), ObjectNode.class));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new RunsDirectory.DamagedRunException(
                    RetrainFailures.notAJsonObject(name(), e.getLocation().getLineNr()), e);
        }
    }

    void write(ObjectNode json) throws IOException {
        new AtomicFile(storage, path).replace((json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** {@code <model>/runs/<run id>/<file>}. The folders above add nothing and may contain a password. */
    private String name() {
        Path run = path.getParent();
        Path runs = run.getParent();
        return String.join("/", runs.getParent().getName(), runs.getName(), run.getName(), path.getName());
    }
}
