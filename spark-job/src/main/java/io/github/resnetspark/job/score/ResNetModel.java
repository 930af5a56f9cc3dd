package io.github.resnetspark.job.score;

import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.message.job.ScoreFailures;
import io.github.resnetspark.message.job.ScoreNotices;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained model as a stage of Spark ML: classifies the pictures of a DataFrame.
 *
 * <pre>{@code
 * Dataset<Row> scored = ResNetModel.load("hdfs://namenode:8020/models/resnet50").transform(pictures);
 * }</pre>
 *
 * <p>The column {@code image}, or the one that {@link #setInputCol} names, has the bytes of JPEG, PNG, BMP or WebP
 * files, or structs with a field {@code bytes}, such as this project's shards and Hugging Face's data sets, or the
 * structs of Spark's source {@code image}. Four columns are appended:
 *
 * <ul>
 *   <li>{@code prediction}: the number of the most probable class, a double as everywhere in Spark ML;
 *   <li>{@code predictedLabel}: its name;
 *   <li>{@code probability}: the probabilities of all classes, a vector;
 *   <li>{@code error}: why there is no prediction; null if there is one.
 * </ul>
 *
 * <p>Nothing is computed before Spark needs the rows. Each task slot of an executor has one network, which it keeps
 * for later tasks.
 */
public final class ResNetModel extends Transformer implements MLWritable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ResNetModel.class);

    private static final List<String> PRECISIONS = Arrays.stream(Precision.values())
            .map(format -> format.name().toLowerCase(Locale.ROOT))
            .toList();

    private final String uid;
    /** Shared by all copies; null until it is read. */
    private transient Source source;

    private final Param<String> inputCol;
    private final Param<String> predictionCol;
    private final Param<String> predictedLabelCol;
    private final Param<String> probabilityCol;
    private final Param<String> errorCol;
    private final IntParam batchSize;
    private final Param<String> precision;

    /** Without a model, for Spark's own reader of pipelines. Use {@link #load}. */
    public ResNetModel(String uid) {
        this.uid = uid;
        this.inputCol = new Param<>(this, "inputCol", "the column with the pictures");
        this.predictionCol = new Param<>(this, "predictionCol", "the new column for the number of the class");
        this.predictedLabelCol = new Param<>(this, "predictedLabelCol", "the new column for the name of the class");
        this.probabilityCol = new Param<>(this, "probabilityCol", "the new column for the probabilities");
        this.errorCol = new Param<>(this, "errorCol", "the new column for why there is no prediction");
        this.batchSize = new IntParam(
                this,
                "batchSize",
                "pictures that go through the network together, at least 1",
                ParamValidators.gtEq(1));
        this.precision = new Param<>(
                this, "precision", "the number format of the layers: f32 or bf16", ParamValidators.inArray(PRECISIONS));
        setDefault(inputCol, "image");
        setDefault(predictionCol, "prediction");
        setDefault(predictedLabelCol, "predictedLabel");
        setDefault(probabilityCol, "probability");
        setDefault(errorCol, "error");
        setDefault(batchSize, 64);
        setDefault(precision, "f32");
    }

    /** A model in memory, and a copy of its files, so that a stage is saved as it was read, whatever became of the original. */
    private static final class Source {
        private static final Cleaner CLEANER = Cleaner.create();

        final Path files;
        final ScoringModel model;
        /** Identifies its replicas on the executors. */
        final String run = UUID.randomUUID().toString();

        private SparkContext context;
        private Broadcast<ScoringModel> broadcast;

        Source(ModelDirectory directory) throws IOException {
            TemporaryDirectory copy = TemporaryDirectory.create();
            CLEANER.register(this, () -> delete(copy));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(copy), "model-copy-remover"));
            this.files = copy.resolve("model");
            directory.copyTo(files);
            this.model = ScoringModel.read(files);
        }

        private static void delete(TemporaryDirectory copy) {
            try {
                if (Files.exists(copy.path())) {
                    copy.close();
                }
            } catch (IOException e) {
                LOG.debug("{}", ScoreNotices.copyNotDeleted(copy.path().toString(), e.toString()));
            }
        }

        /** Sent to each executor at most once. */
        synchronized Broadcast<ScoringModel> broadcast(SparkContext spark) {
            if (context != spark) {
                context = spark;
                broadcast = new JavaSparkContext(spark).broadcast(model);
            }
            return broadcast;
        }
    }

    /**
     * Opens a model directory, the file {@code CURRENT} of a registry, or what {@link #write} wrote.
     *
     * @param uri on any file system that Hadoop reaches
     * @throws IOException if it cannot be read, or is damaged
     */
    public static ResNetModel load(String uri) throws IOException {
        return new ResNetModelReader().open(uri);
    }

    /** Reads what {@link #write} wrote. Spark finds this method by its name. */
    public static MLReader<ResNetModel> read() {
        return new ResNetModelReader();
    }

    /** Writes the parameters of this stage together with the model directory. */
    @Override
    public MLWriter write() {
        return new ResNetModelWriter(this);
    }

    /** Opens a model directory in a new stage. */
    static ResNetModel of(URI model, Configuration configuration) throws IOException {
        return new ResNetModel(Identifiable.randomUID("resNetModel")).opening(model, configuration);
    }

    /** Gives this stage its model. */
    ResNetModel opening(URI model, Configuration configuration) throws IOException {
        source = new Source(new ModelDirectory(model, configuration));
        return this;
    }

    /** The files of the model, on a local disk. */
    Path files() {
        return source().files;
    }

    private Source source() {
        if (source == null) {
            throw new IllegalStateException(ScoreFailures.noModelInStage());
        }
        return source;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = dataset.schema();
        StructType result = transformSchema(schema);
        SparkContext spark = dataset.sparkSession().sparkContext();
        RowClassifier classifier = new RowClassifier(
                ReplicaSpec.forEvaluation(
                        source().run + "-" + getPrecision(),
                        source().model.network(),
                        new AccelSettings(
                                AccelSettings.DEFAULT.kernels(),
                                Precision.valueOf(getPrecision().toUpperCase(Locale.ROOT)))),
                source().broadcast(spark),
                PictureColumn.of(schema, getInputCol()).orElseThrow(),
                getBatchSize());
        return dataset.toDF().mapPartitions(classifier, Encoders.row(result));
    }

    /**
     * The schema with the four new columns.
     *
     * @throws IllegalArgumentException if there is no column with pictures, or one of the new columns exists
     */
    @Override
    public StructType transformSchema(StructType schema) {
        List<String> names = Arrays.asList(schema.fieldNames());
        if (!names.contains(getInputCol())) {
            throw new IllegalArgumentException(ScoreFailures.noColumn(getInputCol(), names));
        }
        if (PictureColumn.of(schema, getInputCol()).isEmpty()) {
            throw new IllegalArgumentException(ScoreFailures.columnWithoutPictures(
                    getInputCol(), schema.apply(getInputCol()).dataType().simpleString()));
        }
        StructType result = schema;
        for (NewColumn column : newColumns()) {
            String name = getOrDefault(column.param());
            if (Arrays.asList(result.fieldNames()).contains(name)) {
                throw new IllegalArgumentException(
                        ScoreFailures.columnExists(name, column.param().name()));
            }
            result = result.add(name, column.type(), true);
        }
        return result;
    }

    private record NewColumn(Param<String> param, DataType type) {}

    /** In the order in which {@link RowClassifier} appends their values. */
    private List<NewColumn> newColumns() {
        return List.of(
                new NewColumn(predictionCol, DataTypes.DoubleType),
                new NewColumn(predictedLabelCol, DataTypes.StringType),
                new NewColumn(probabilityCol, SQLDataTypes.VectorType()),
                new NewColumn(errorCol, DataTypes.StringType));
    }

    /** The model is shared with the copy. */
    @Override
    public ResNetModel copy(ParamMap extra) {
        ResNetModel copy = new ResNetModel(uid);
        copy.source = source;
        return copyValues(copy, extra);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The parameter {@link #getInputCol}. */
    public Param<String> inputCol() {
        return inputCol;
    }

    /** The column with the pictures. */
    public String getInputCol() {
        return getOrDefault(inputCol);
    }

    /** Names the column with the pictures; {@code image} if not set. */
    public ResNetModel setInputCol(String value) {
        set(inputCol, value);
        return this;
    }

    /** The parameter {@link #getPredictionCol}. */
    public Param<String> predictionCol() {
        return predictionCol;
    }

    /** The column for the number of the class. */
    public String getPredictionCol() {
        return getOrDefault(predictionCol);
    }

    /** Names the column for the number of the class; {@code prediction} if not set. */
    public ResNetModel setPredictionCol(String value) {
        set(predictionCol, value);
        return this;
    }

    /** The parameter {@link #getPredictedLabelCol}. */
    public Param<String> predictedLabelCol() {
        return predictedLabelCol;
    }

    /** The column for the name of the class. */
    public String getPredictedLabelCol() {
        return getOrDefault(predictedLabelCol);
    }

    /** Names the column for the name of the class; {@code predictedLabel} if not set. */
    public ResNetModel setPredictedLabelCol(String value) {
        set(predictedLabelCol, value);
        return this;
    }

    /** The parameter {@link #getProbabilityCol}. */
    public Param<String> probabilityCol() {
        return probabilityCol;
    }

    /** The column for the probabilities. */
    public String getProbabilityCol() {
        return getOrDefault(probabilityCol);
    }

    /** Names the column for the probabilities; {@code probability} if not set. */
    public ResNetModel setProbabilityCol(String value) {
        set(probabilityCol, value);
        return this;
    }

    /** The parameter {@link #getErrorCol}. */
    public Param<String> errorCol() {
        return errorCol;
    }

    /** The column for what is wrong with a picture. */
    public String getErrorCol() {
        return getOrDefault(errorCol);
    }

    /** Names the column for what is wrong with a picture; {@code error} if not set. */
    public ResNetModel setErrorCol(String value) {
        set(errorCol, value);
        return this;
    }

    /** The parameter {@link #getPrecision}. */
    public Param<String> precision() {
        return precision;
    }

    /** The number format of the layers. */
    public String getPrecision() {
        return getOrDefault(precision);
    }

    /** Sets the number format of the layers: {@code f32}, or {@code bf16} on CPUs that support it; {@code f32} if not set. */
    public ResNetModel setPrecision(String value) {
        set(precision, value);
        return this;
    }

    /** The parameter {@link #getBatchSize}. */
    public IntParam batchSize() {
        return batchSize;
    }

    /** The number of pictures that go through the network together. */
    public int getBatchSize() {
        return (int) getOrDefault(batchSize);
    }

    /** Sets the number of pictures that go through the network together, at least 1; 64 if not set. */
    public ResNetModel setBatchSize(int value) {
        set(batchSize, value);
        return this;
    }
}
