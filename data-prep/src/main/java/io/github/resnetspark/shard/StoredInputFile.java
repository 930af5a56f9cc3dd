package io.github.resnetspark.shard;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file of a known length for Parquet to read. */
record StoredInputFile(Storage storage, Path path, long length) implements InputFile {
    @Override
    public long getLength() {
        return length;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return HadoopStreams.wrap(storage.open(path));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
