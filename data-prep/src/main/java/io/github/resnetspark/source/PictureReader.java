package io.github.resnetspark.source;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.source.SourceListing.SourceExample;
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

    /** Takes what a {@link PictureReader} reads. */
    interface PictureSink {
        /**
         * A picture as it stands in the source; it may turn out to be none.
         *
         * @param path what shards call it
         * @param label the number of its class
         * @param encoded its bytes
         */
        void encoded(String path, int label, byte[] encoded) throws IOException;

        /**
         * A picture of a source that has pixels without an encoding.
         *
         * @param path what shards call it
         * @param label the number of its class
         * @param image its pixels
         */
        void pixels(String path, int label, RgbImage image) throws IOException;

        /** A picture that cannot be read at all. */
        void reject(Quarantined picture);
    }
}
