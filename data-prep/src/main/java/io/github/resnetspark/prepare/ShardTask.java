package io.github.resnetspark.prepare;

import io.github.resnetspark.source.SourceExample;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One shard to be written.
 *
 * @param name its file name
 * @param examples its pictures in order
 */
record ShardTask(String name, List<SourceExample> examples) implements Serializable {
    ShardTask {
        examples = new ArrayList<>(examples);
    }
}
