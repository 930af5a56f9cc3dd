package io.github.resnetspark.job.tensorboard;

import java.io.IOException;
import java.time.Instant;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.UnknownFieldSet;
import org.tensorflow.framework.Summary;

/**
 * One record of an event file: TensorFlow's message {@code Event}. ND4J has the classes of its {@code Summary}, but not
 * of {@code Event} itself, so this names the numbers of its fields.
 *
 * @param wallTime when it was written, in seconds since 1970
 * @param step position on the horizontal axis
 * @param summary what happened
 */
record Event(double wallTime, long step, Summary summary) {
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;

    /** What the first record of every file says. */
    private static final String VERSION = "brain.Event:2";

    static Event now(long step, Summary summary) {
        return new Event(secondsNow(), step, summary);
    }

    /** The first record of a file. */
    static byte[] version() {
        return UnknownFieldSet.newBuilder()
                .addField(WALL_TIME, fixed(secondsNow()))
                .addField(FILE_VERSION, bytes(ByteString.copyFromUtf8(VERSION)))
                .build()
                .toByteArray();
    }

    /** Reads a record. The first one of a file has an empty summary. */
    static Event parse(byte[] record) throws IOException {
        UnknownFieldSet fields = UnknownFieldSet.parseFrom(record);
        Summary.Builder summary = Summary.newBuilder();
        for (ByteString part : fields.getField(SUMMARY).getLengthDelimitedList()) {
            summary.mergeFrom(part);
        }
        return new Event(
                fields.getField(WALL_TIME).getFixed64List().stream()
                        .mapToDouble(Double::longBitsToDouble)
                        .findFirst()
                        .orElse(0),
                fields.getField(STEP).getVarintList().stream().findFirst().orElse(0L),
                summary.build());
    }

    byte[] toBytes() {
        return UnknownFieldSet.newBuilder()
                .addField(WALL_TIME, fixed(wallTime))
                .addField(
                        STEP, UnknownFieldSet.Field.newBuilder().addVarint(step).build())
                .addField(SUMMARY, bytes(summary.toByteString()))
                .build()
                .toByteArray();
    }

    static double secondsNow() {
        return seconds(Instant.now());
    }

    /** A time as TensorBoard writes it. */
    static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    private static UnknownFieldSet.Field fixed(double value) {
        return UnknownFieldSet.Field.newBuilder()
                .addFixed64(Double.doubleToRawLongBits(value))
                .build();
    }

    private static UnknownFieldSet.Field bytes(ByteString value) {
        return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
    }
}
