package io.github.resnetspark.job.score;

import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.job.registry.ModelDirectory;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Writes the parameters of a stage as Spark ML does, and a copy of its model directory below them. */
final class ResNetModelWriter extends MLWriter {
    private final ResNetModel stage;

    ResNetModelWriter(ResNetModel stage) {
        this.stage = stage;
    }

    @Override
    public void saveImpl(String path) {
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            java.nio.file.Path model = stage.directory().local(scratch.path());
            new DefaultParamsWriter(stage).session(sparkSession()).save(path);
            Path copy = new Path(path, ResNetModelReader.MODEL);
            new ModelDirectory(copy.toUri(), sparkSession().sparkContext().hadoopConfiguration()).publish(model);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
