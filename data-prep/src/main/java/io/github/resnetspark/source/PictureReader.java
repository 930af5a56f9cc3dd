package io.github.resnetspark.source;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Reads pictures of a source. Runs in Spark tasks. */
public interface PictureReader extends Serializable {
    /**
     * Reads pictures.
     *
     * @param examples which ones
     * @param storage how to reach them
     * @param sink receives each of them, in that order
     */
    void read(List<SourceExample> examples, Storage storage, PictureSink sink) throws IOException;

    /** Receives the pictures that a {@link PictureReader} reads. */
    interface PictureSink {
        /**
         * An encoded picture as the source has it. It may turn out to be damaged.
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

        /** A picture that cannot be read. */
        void reject(Quarantined picture);
    }
}
