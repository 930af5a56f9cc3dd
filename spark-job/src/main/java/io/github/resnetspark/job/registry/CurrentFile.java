package io.github.resnetspark.job.registry;

import io.github.resnetspark.job.registry.VersionStore.VersionNumber;
import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.storage.AtomicFile;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The file that says which version is current: its number is on the first line, and below it are the earlier current versions, the
 * newest first. One rename replaces the whole file.
 */
final class CurrentFile {
    static final String NAME = "CURRENT";
    /** Longer than anyone wants to go back. */
    private static final int LONGEST = 100;

    private final Storage storage;
    private final Path file;

    /** @param home the directory of the model's versions */
    CurrentFile(Storage storage, Path home) {
        this.storage = storage;
        this.file = new Path(home, NAME);
    }

    /** The current version, then those before it; empty if nothing was ever promoted. */
    List<String> history() throws IOException {
        try {
            List<String> lines = new String(storage.read(file), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            for (String line : lines) {
                if (!VersionNumber.isOne(line)) {
                    throw new RegistryException(RegistryFailures.notAVersionNumber(file.toString(), line));
                }
            }
            return lines;
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /** When it was last written; 1970 if it never was. */
    Instant written() throws IOException {
        try {
            return Instant.ofEpochMilli(storage.status(file).getModificationTime());
        } catch (FileNotFoundException e) {
            return Instant.EPOCH;
        }
    }

    void write(List<String> history) throws IOException {
        String text = String.join("\n", history.subList(0, Math.min(LONGEST, history.size()))) + "\n";
        new AtomicFile(storage, file).replace(text.getBytes(StandardCharsets.UTF_8));
    }
}
