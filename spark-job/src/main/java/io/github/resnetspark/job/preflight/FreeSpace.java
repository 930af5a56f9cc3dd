package io.github.resnetspark.job.preflight;

import java.io.IOException;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How much more a file system takes. */
final class FreeSpace {
    private FreeSpace() {}

    /** Free bytes where {@code place} is or will be; nothing where the file system does not count them. */
    static OptionalLong at(Path place, Configuration configuration) throws IOException {
        FileSystem files = place.getFileSystem(configuration);
        Path there = files.makeQualified(place);
        while (!there.isRoot() && !files.exists(there)) {
            there = there.getParent();
        }
        long free = files.getStatus(there).getRemaining();
        return free == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(free);
    }
}
