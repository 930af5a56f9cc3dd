package io.github.resnetspark.job.master;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.common.loader.Source;

/** A path as a loader of Deeplearning4j takes it: opened when it is read, if it is read at all. */
record StoredMinibatch(String path, Configuration configuration) implements Source {

    @Override
    public InputStream getInputStream() throws IOException {
        Path file = new Path(path);
        return file.getFileSystem(configuration).open(file);
    }

    @Override
    public String getPath() {
        return path;
    }
}
