package io.github.resnetspark.source;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Quarantined;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.Storage;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Pictures that are files: their bytes are stored as they are, once it is known that they decode.
 *
 * @param root what the examples' files are relative to
 */
record PictureFileReader(String root) implements PictureReader {
    private static final long LONGEST_FILE = 256L << 20;

    @Override
    public void read(List<SourceExample> examples, Storage storage, PictureSink sink) throws IOException {
        ImageCodec codec = new ImageCodec();
        for (SourceExample example : examples) {
            if (example.bytes() > LONGEST_FILE) {
                sink.reject(new Quarantined(
                        example.path(),
                        "The file has " + example.bytes() + " bytes, more than the limit of " + LONGEST_FILE + "."));
                continue;
            }
            byte[] bytes = storage.read(new Path(root, example.file()));
            try {
                RgbImage image = codec.decode(bytes);
                sink.accept(new ShardRow(bytes, example.path(), example.label(), image.width(), image.height()), image);
            } catch (ImageException e) {
                sink.reject(new Quarantined(example.path(), e.getMessage()));
            }
        }
    }
}
