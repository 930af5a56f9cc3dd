package io.github.resnetspark.source;

import io.github.resnetspark.shard.Storage;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The task: lists the pictures of one archive within another.
 *
 * @param archive the outer one
 * @param configuration how to reach it
 */
record IndexSynset(String archive, SerializableConfiguration configuration)
        implements Function<TarMember, List<TarMember>> {
    @Override
    public List<TarMember> call(TarMember inner) throws IOException {
        return new TarIndex(new Storage(configuration.value()), new Path(archive)).members(inner);
    }
}
