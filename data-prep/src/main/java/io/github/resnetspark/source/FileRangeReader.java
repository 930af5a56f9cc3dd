package io.github.resnetspark.source;

import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.message.data.SourceNotices;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.source.PictureReader.PictureSink;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.storage.Storage;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads pictures that are byte ranges of files: whole files, or parts of archives. One picture is in memory at a time.
 *
 * @param root the folder that the examples' files are relative to
 */
public record FileRangeReader(String root) implements PictureReader {
    private static final long LONGEST_PICTURE = 256L << 20;

    @Override
    public void read(List<SourceExample> examples, Storage storage, PictureSink sink) throws IOException {
        try (OpenFile open = new OpenFile(new Path(root), storage)) {
            for (SourceExample example : examples) {
                if (example.bytes() > LONGEST_PICTURE) {
                    sink.reject(new Quarantined(
                            example.path(), SourceNotices.pictureTooLarge(example.bytes(), LONGEST_PICTURE)));
                } else {
                    sink.encoded(example.path(), example.label(), open.read(example));
                }
            }
        }
    }

    /** Keeps the last file open, because the next picture is likely to be in the same archive. */
    private static final class OpenFile implements Closeable {
        private final Path root;
        private final Storage storage;
        private String name = "";
        private FSDataInputStream stream;

        OpenFile(Path root, Storage storage) {
            this.root = root;
            this.storage = storage;
        }

        byte[] read(SourceExample example) throws IOException {
            if (stream == null || !name.equals(example.file())) {
                close();
                stream = storage.open(new Path(root, example.file()));
                name = example.file();
            }
            byte[] bytes = new byte[Math.toIntExact(example.bytes())];
            try {
                stream.readFully(example.offset(), bytes);
            } catch (EOFException e) {
                throw new SourceException(SourceFailures.shrunk(new Path(root, name).toString()), e);
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            if (stream != null) {
                stream.close();
                stream = null;
            }
        }
    }
}
