package io.github.resnetspark.job.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Reads a stage that {@link ResNetModelWriter} wrote, or makes one from a model directory. */
final class ResNetModelReader extends MLReader<ResNetModel> {
    /** Where Spark ML has the parameters of a stage, below its directory. */
    private static final String METADATA = "metadata";
    /** Where the model directory is, below the stage's. */
    static final String MODEL = "model";

    @Override
    public ResNetModel load(String path) {
        ResNetModel stage =
                new DefaultParamsReader<ResNetModel>().session(sparkSession()).load(path);
        try {
            return stage.opening(new Path(path, MODEL).toUri(), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stage or a model directory, whichever is there. */
    ResNetModel open(String uri) throws IOException {
        Path place = new Path(uri);
        FileSystem files = place.getFileSystem(configuration());
        // HDFS refuses to look below a file, such as CURRENT.
        boolean stage = files.exists(place)
                && files.getFileStatus(place).isDirectory()
                && files.exists(new Path(place, METADATA));
        return stage ? load(uri) : ResNetModel.of(place.toUri(), configuration());
    }

    private Configuration configuration() {
        return sparkSession().sparkContext().hadoopConfiguration();
    }
}
