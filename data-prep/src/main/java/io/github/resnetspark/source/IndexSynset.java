package io.github.resnetspark.source;

import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The task: lists the pictures of one archive, which may stand within another.
 *
 * @param configuration how to reach it
 */
record IndexSynset(SerializableConfiguration configuration) implements Function<SynsetArchive, List<TarMember>> {
    @Override
    public List<TarMember> call(SynsetArchive archive) throws IOException {
        return new TarIndex(Storage.of(configuration.value()), new Path(archive.file())).members(archive.place());
    }
}
