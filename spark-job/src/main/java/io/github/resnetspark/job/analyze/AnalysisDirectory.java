package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.chart.Picture;
import io.github.resnetspark.storage.AtomicFile;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;

/** The directory of an analysis. Each file is written under a temporary name and renamed, so it is always complete. */
final class AnalysisDirectory {
    private final Storage storage;
    private final Path path;

    AnalysisDirectory(Storage storage, URI uri) {
        this(storage, new Path(uri));
    }

    private AnalysisDirectory(Storage storage, Path path) {
        this.storage = storage;
        this.path = path;
    }

    AnalysisDirectory folder(String name) {
        return new AnalysisDirectory(storage, new Path(path, name));
    }

    Path path() {
        return path;
    }

    boolean has(String name) throws IOException {
        return storage.exists(new Path(path, name));
    }

    String read(String name) throws IOException {
        return new String(storage.read(new Path(path, name)), StandardCharsets.UTF_8);
    }

    void write(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The picture as {@code <name>.svg} and {@code <name>.png}. */
    void write(String name, Picture picture) throws IOException {
        write(name + ".svg", picture.svg());
        write(name + ".png", picture.png());
    }

    void delete() throws IOException {
        storage.delete(path);
    }

    private void write(String name, byte[] bytes) throws IOException {
        new AtomicFile(storage, new Path(path, name)).replace(bytes);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
