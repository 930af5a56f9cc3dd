package io.github.resnetspark.job.tensorboard;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.regex.Pattern;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.UnknownFieldSet;
import org.nd4j.shade.protobuf.Value;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;

/**
 * The settings of a run for TensorBoard's page that compares runs. Its messages belong to TensorBoard, and no library
 * has them for Java, so this names the numbers of their fields, as in its {@code plugin_data.proto}.
 */
final class Hyperparameters {
    private static final int SESSION_START = 3;
    private static final int SESSION_END = 4;

    private static final int START_HPARAMS = 1;
    private static final int START_TIME = 5;
    private static final int END_STATUS = 1;
    private static final int END_TIME = 2;
    private static final int MAP_KEY = 1;
    private static final int MAP_VALUE = 2;

    private static final int SUCCESS = 1;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?");

    private Hyperparameters() {}

    /** The run began, with these settings. */
    static Summary begun(NavigableMap<String, String> settings, Instant when) {
        UnknownFieldSet.Field.Builder hparams = UnknownFieldSet.Field.newBuilder();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            hparams.addLengthDelimited(UnknownFieldSet.newBuilder()
                    .addField(MAP_KEY, bytes(ByteString.copyFromUtf8(setting.getKey())))
                    .addField(MAP_VALUE, bytes(value(setting.getValue()).toByteString()))
                    .build()
                    .toByteString());
        }
        return summary(
                "session_start_info",
                SESSION_START,
                UnknownFieldSet.newBuilder()
                        .addField(START_HPARAMS, hparams.build())
                        .addField(START_TIME, time(when))
                        .build());
    }

    /** The run is complete. */
    static Summary done(Instant when) {
        return summary(
                "session_end_info",
                SESSION_END,
                UnknownFieldSet.newBuilder()
                        .addField(
                                END_STATUS,
                                UnknownFieldSet.Field.newBuilder()
                                        .addVarint(SUCCESS)
                                        .build())
                        .addField(END_TIME, time(when))
                        .build());
    }

    private static Value value(String text) {
        // A list of one number, such as that of averaging.every, is a number.
        String plain = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (NUMBER.matcher(plain).matches()) {
            return Value.newBuilder().setNumberValue(Double.parseDouble(plain)).build();
        }
        return switch (text) {
            case "true", "false" ->
                Value.newBuilder().setBoolValue(Boolean.parseBoolean(text)).build();
            default -> Value.newBuilder().setStringValue(text).build();
        };
    }

    private static Summary summary(String tag, int field, UnknownFieldSet message) {
        ByteString content = UnknownFieldSet.newBuilder()
                .addField(field, bytes(message.toByteString()))
                .build()
                .toByteString();
        return Summary.newBuilder()
                .addValue(Summary.Value.newBuilder()
                        .setTag("_hparams_/" + tag)
                        .setMetadata(Summaries.plugin("hparams", content))
                        // TensorBoard ignores summaries without a value.
                        .setTensor(TensorProto.newBuilder()
                                .setDtype(DataType.DT_FLOAT)
                                .setTensorShape(TensorShapeProto.getDefaultInstance())
                                .addFloatVal(0)))
                .build();
    }

    private static UnknownFieldSet.Field time(Instant when) {
        return UnknownFieldSet.Field.newBuilder()
                .addFixed64(Double.doubleToRawLongBits(Event.seconds(when)))
                .build();
    }

    private static UnknownFieldSet.Field bytes(ByteString value) {
        return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
    }
}
