package io.github.resnetspark.job.tensorboard;

import io.github.resnetspark.job.evaluate.NotablePictures;
import io.github.resnetspark.job.evaluate.NotablePictures.Notable;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener.TrainingError;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.text.ShownText;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.nd4j.shade.protobuf.ByteString;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.SummaryMetadata;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;

/** The figures of a run as TensorFlow's summaries. Names are those of {@code metrics.jsonl}, in groups. */
final class Summaries {
    private static final String ROUND = "round/";
    private static final String SECONDS = "seconds/";
    private static final String VALIDATION = "validation/";
    private static final String TRAINING_ERROR = "training-error/";

    private Summaries() {}

    /** Whether a summary has the figures of a round. */
    static boolean isRound(Summary summary) {
        return begins(summary, ROUND);
    }

    /** Whether a summary has the figures of a validation, or the training error. */
    static boolean isValidation(Summary summary) {
        return begins(summary, VALIDATION) || begins(summary, TRAINING_ERROR);
    }

    private static boolean begins(Summary summary, String group) {
        return summary.getValueCount() > 0 && summary.getValue(0).getTag().startsWith(group);
    }

    /** @param batchSize pictures per minibatch and replica */
    static Summary of(RoundMetrics round, int batchSize) {
        Summary.Builder summary = Summary.newBuilder();
        add(summary, ROUND + "loss", round.loss());
        add(summary, ROUND + "learningRate", round.learningRate());
        add(summary, ROUND + "imagesPerSecond", round.imagesPerSecond());
        add(summary, ROUND + "minibatches", Math.ceil((double) round.replicas().mostExamples() / batchSize));
        add(summary, ROUND + "workers", round.workers());
        add(summary, ROUND + "epoch", round.epochsDone());
        add(summary, SECONDS + "round", round.seconds());
        add(summary, SECONDS + "broadcast", round.broadcastSeconds());
        add(summary, SECONDS + "load", round.loadSeconds());
        add(summary, SECONDS + "compute", round.computeSeconds());
        add(summary, SECONDS + "wait", round.waitSeconds());
        add(summary, SECONDS + "serialize", round.serializeSeconds());
        add(summary, SECONDS + "shuffle", round.shuffleSeconds());
        add(summary, SECONDS + "reduce", round.reduceSeconds());
        add(summary, SECONDS + "driver", round.driverSeconds());
        add(summary, SECONDS + "average", round.averageSeconds());
        return summary.build();
    }

    static Summary of(ValidationMetrics validation) {
        String group = VALIDATION + validation.weights().key();
        Summary.Builder summary = Summary.newBuilder();
        add(summary, group + "/top1", validation.top1());
        add(summary, group + "/top5", validation.top5());
        add(summary, group + "/loss", validation.loss());
        return summary.build();
    }

    static Summary of(TrainingError error) {
        Summary.Builder summary = Summary.newBuilder();
        add(summary, TRAINING_ERROR + "top1", error.top1());
        add(summary, TRAINING_ERROR + "loss", error.loss());
        return summary.build();
    }

    /** The settings as a table in Markdown. */
    static Summary of(NavigableMap<String, String> settings) {
        String table = settings.entrySet().stream()
                .map(setting ->
                        "| `" + setting.getKey() + "` | `" + setting.getValue().replace("|", "\\|") + "` |\n")
                .collect(Collectors.joining("", "| setting | value |\n|---|---|\n", ""));
        TensorProto text = TensorProto.newBuilder()
                .setDtype(DataType.DT_STRING)
                .setTensorShape(TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
                .addStringVal(ByteString.copyFromUtf8(table))
                .build();
        return Summary.newBuilder()
                .addValue(Summary.Value.newBuilder()
                        .setTag("recipe")
                        .setMetadata(plugin("text", ByteString.EMPTY))
                        .setTensor(text))
                .build();
    }

    static Summary of(ConfusionPicture picture) {
        return Summary.newBuilder()
                .addValue(Summary.Value.newBuilder()
                        .setTag("confusion")
                        .setImage(Summary.Image.newBuilder()
                                .setWidth(picture.size())
                                .setHeight(picture.size())
                                .setColorspace(3)
                                .setEncodedImageString(ByteString.copyFrom(picture.png()))))
                .build();
    }

    /**
     * The most confident mistakes, as pictures whose names say what each is and what it was taken for.
     *
     * @param names of the classes, in the order of their numbers
     */
    static Summary ofMistakes(NotablePictures pictures, List<String> names) throws IOException {
        Summary.Builder summary = Summary.newBuilder();
        int number = 0;
        for (Notable mistake : pictures.mistakes()) {
            byte[] encoded = Base64.getDecoder()
                    .decode(mistake.thumbnail().substring(mistake.thumbnail().indexOf(',') + 1));
            BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(encoded));
            summary.addValue(Summary.Value.newBuilder()
                    .setTag(String.format(
                            Locale.ROOT,
                            "mistakes/%02d %s, taken for %s (%.1f %%)",
                            ++number,
                            ShownText.line(names.get(mistake.label())),
                            ShownText.line(names.get(mistake.predicted())),
                            100 * mistake.probability()))
                    .setImage(Summary.Image.newBuilder()
                            .setWidth(decoded.getWidth())
                            .setHeight(decoded.getHeight())
                            .setColorspace(3)
                            .setEncodedImageString(ByteString.copyFrom(encoded))));
        }
        return summary.build();
    }

    /** A summary for one of TensorBoard's plugins. */
    static SummaryMetadata plugin(String name, ByteString content) {
        return SummaryMetadata.newBuilder()
                .setPluginData(SummaryMetadata.PluginData.newBuilder()
                        .setPluginName(name)
                        .setContent(content))
                .build();
    }

    private static void add(Summary.Builder to, String tag, double value) {
        to.addValue(Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value));
    }
}
