package io.github.resnetspark.source;

import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Reads pictures of a source, in the tasks. */
public interface PictureReader extends Serializable {
    /**
     * Reads pictures.
     *
     * @param examples which ones
     * @param storage how to reach them
     * @param sink is given each of them, in that order
     */
    void read(List<SourceExample> examples, Storage storage, PictureSink sink) throws IOException;
}
