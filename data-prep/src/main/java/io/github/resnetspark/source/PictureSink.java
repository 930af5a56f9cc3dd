package io.github.resnetspark.source;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Quarantined;
import java.io.IOException;

/** Takes what a {@link PictureReader} reads. */
public interface PictureSink {
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
