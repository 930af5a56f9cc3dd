package io.github.resnetspark.job.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.WireFormat;
import org.tensorflow.framework.Summary;

/** Reads event files with code of its own, and fails if a byte is not as TensorFlow specifies it. */
public final class EventRecords {
    private EventRecords() {}

    /** A record; {@code version} is empty in all but the first. */
    public record Read(double wallTime, long step, String version, Summary summary) {
        String tag() {
            return summary.getValueCount() == 0 ? "" : summary.getValue(0).getTag();
        }
    }

    /** A figure at a step. */
    public record Point(long step, float value) {}

    /** The records of the only event file of a run directory. */
    public static List<Read> ofRun(Path runDirectory) throws IOException {
        try (Stream<Path> files = Files.list(runDirectory.resolve("tensorboard"))) {
            List<Path> all = files.toList();
            if (all.size() != 1) {
                throw new AssertionError("not one file: " + all);
            }
            return of(Files.readAllBytes(all.get(0)));
        }
    }

    /** The scalars by tag, in the order of the file. */
    public static Map<String, List<Point>> scalars(List<Read> records) {
        Map<String, List<Point>> points = new TreeMap<>();
        for (Read record : records) {
            for (Summary.Value value : record.summary().getValueList()) {
                if (value.getValueCase() == Summary.Value.ValueCase.SIMPLE_VALUE) {
                    points.computeIfAbsent(value.getTag(), tag -> new ArrayList<>())
                            .add(new Point(record.step(), value.getSimpleValue()));
                }
            }
        }
        return points;
    }

    /** The records of a file. */
    public static List<Read> of(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Read> records = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            requireChecksum(length, in.getInt());
            byte[] data = new byte
                    [Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())];
            in.get(data);
            requireChecksum(data, in.getInt());
            records.add(parse(data));
        }
        return records;
    }

    private static void requireChecksum(byte[] data, int masked) {
        // TensorFlow's unmasking, and the checksum bit by bit.
        int rotated = masked - 0xa282ead8;
        int crc = (rotated >>> 17) | (rotated << 15);
        int register = ~0;
        for (byte one : data) {
            register ^= one & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                register = (register >>> 1) ^ ((register & 1) == 0 ? 0 : 0x82F63B78);
            }
        }
        if (crc != ~register) {
            throw new AssertionError("wrong checksum of " + data.length + " bytes");
        }
    }

    private static Read parse(byte[] data) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(data);
            double wallTime = 0;
            long step = 0;
            String version = "";
            Summary summary = Summary.getDefaultInstance();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> wallTime = in.readDouble();
                    case 2 -> step = in.readInt64();
                    case 3 -> version = in.readString();
                    case 5 -> summary = Summary.parseFrom(in.readBytes());
                    default -> throw new AssertionError("unknown field in tag " + tag);
                }
            }
            return new Read(wallTime, step, version, summary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
