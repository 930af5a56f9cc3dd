package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.storage.AtomicFile;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A JSON object in the directory of a run, replaced as a whole by a rename. */
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
     * What it holds; nothing if it is not there.
     *
     * @throws RunsDirectory.DamagedRunException if that is no JSON object
     */
    Optional<ObjectNode> read() throws IOException {
        try {
            return Optional.of(JSON.readValue(storage.read(path), ObjectNode.class));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new RunsDirectory.DamagedRunException(
                    name() + " is not a JSON object (line " + e.getLocation().getLineNr()
                            + "). Put the file right, or delete that run's directory.",
                    e);
        }
    }

    void write(ObjectNode json) throws IOException {
        new AtomicFile(storage, path).replace((json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** {@code <model>/runs/<run id>/<file>}: what is above that may hold a password, and adds nothing. */
    private String name() {
        Path run = path.getParent();
        Path runs = run.getParent();
        return String.join("/", runs.getParent().getName(), runs.getName(), run.getName(), path.getName());
    }
}
