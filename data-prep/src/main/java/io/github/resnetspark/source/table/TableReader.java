package io.github.resnetspark.source.table;

import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.source.FileRangeReader;
import io.github.resnetspark.source.PictureReader;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the pictures of a table, and rejects the rows that have none.
 *
 * @param files reads the files that the rows name, or to which their pictures were copied
 */
record TableReader(FileRangeReader files) implements PictureReader {
    @Override
    public void read(List<SourceExample> examples, Storage storage, PictureSink sink) throws IOException {
        List<SourceExample> pictures = new ArrayList<>();
        for (SourceExample example : examples) {
            Optional<TableFlaw> flaw = TableFlaw.of(example);
            if (flaw.isEmpty()) {
                pictures.add(example);
            } else {
                files.read(pictures, storage, sink);
                pictures.clear();
                sink.reject(new Quarantined(example.path(), flaw.get().reason()));
            }
        }
        files.read(pictures, storage, sink);
    }
}
