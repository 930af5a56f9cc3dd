package io.github.resnetspark.job.score;

import io.github.resnetspark.job.registry.ModelDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/**
 * Writes the parameters of a stage as Spark ML does, and a copy of its model directory below them. Spark may have
 * deleted what the stage was read from by then, because it overwrites by deleting.
 */
final class ResNetModelWriter extends MLWriter {
    private final ResNetModel stage;

    ResNetModelWriter(ResNetModel stage) {
        this.stage = stage;
    }

    @Override
    public void saveImpl(String path) {
        try {
            new DefaultParamsWriter(stage).session(sparkSession()).save(path);
            Path copy = new Path(path, ResNetModelReader.MODEL);
            new ModelDirectory(copy.toUri(), sparkSession().sparkContext().hadoopConfiguration())
                    .publish(stage.files());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
