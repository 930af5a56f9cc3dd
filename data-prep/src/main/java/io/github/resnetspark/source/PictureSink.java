package io.github.resnetspark.source;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Quarantined;
import io.github.resnetspark.shard.ShardRow;
import java.io.IOException;

/** Takes what a {@link PictureReader} reads. */
public interface PictureSink {
    /**
     * A picture that can be used.
     *
     * @param row what is stored
     * @param decoded its pixels
     */
    void accept(ShardRow row, RgbImage decoded) throws IOException;

    /** A picture that cannot be decoded. */
    void reject(Quarantined picture);
}
